/* Reads one worked example of the rules (tests/cases): a child's story and the alerts it must give. */
#ifndef TESTS_ORACLE_CASE_FILE_H
#define TESTS_ORACLE_CASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "rules/alert.h"
#include "rules/fact.h"
#include "rules/norms.h"

struct case_file {
    json_t *json; /* keeps the texts of facts and alerts */
    const char *name;
    struct day as_of;
    struct norms norms;
    struct fact *versions;
    size_t version_count;
    struct alert *alerts; /* expected: revision fields zero */
    size_t alert_count;
};

/* False, with a line on stderr: PATH can not be read as a case. */
bool case_read(struct case_file *file, const char *path);
void case_fini(struct case_file *file);

#endif
