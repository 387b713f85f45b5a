/* Comparing alerts field by field, and printing a child's story so that a person can follow it. */
#ifndef TESTS_ORACLE_SHOW_H
#define TESTS_ORACLE_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "almanac.h"
#include "rules/alert.h"
#include "rules/fact.h"
#include "rules/norms.h"

/* Whether two alerts agree in rule, cause and every field of rules.md 5; revision fields are not looked at. */
bool same_alert(const struct alert *a, const struct alert *b);
bool same_alerts(const struct alert *a, size_t a_count, const struct alert *b, size_t b_count);

void show_day(FILE *out, const struct almanac *almanac, struct day day);
void show_fact(FILE *out, const struct almanac *almanac, const struct fact *fact);
void show_alert(FILE *out, const struct almanac *almanac, const struct alert *alert);
void show_alerts(FILE *out, const struct almanac *almanac, const char *title, const struct alert *alerts, size_t count);
void show_norms(FILE *out, const struct almanac *almanac, const struct norms *norms);

#endif
