/* The texts of JSON: UTF-8 and escapes (json_scan.h). */
#ifndef SCHEMAS_JSON_TEXT_H
#define SCHEMAS_JSON_TEXT_H

#include "schemas/json_scan.h"

/* This is not JSON: nothing more is read. Always false. */
bool json_fail(struct json_scan *scan);

/* Passes over C if that is what comes next. */
bool json_pass_char(struct json_scan *scan, char c);

/* The text after an opening quote, without its closing quote and escapes. */
struct text json_scan_text(struct json_scan *scan);

#endif
