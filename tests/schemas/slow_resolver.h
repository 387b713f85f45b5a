/* The resolution of schemas once more: over JSON documents, value by value, with nothing compiled and nothing shared
 * with schemas/. Slow, and close to the text of the specification; what it prints is what dump.h prints. */
#ifndef TESTS_SCHEMAS_SLOW_RESOLVER_H
#define TESTS_SCHEMAS_SLOW_RESOLVER_H

#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

/* Whether some value of WRITER's can be read as READER. */
bool slow_fits(const json_t *writer, const json_t *reader);

/* Prints DATUM, a value of WRITER's, as READER sees it; false: this value can not be read as that. */
bool slow_resolve(const json_t *writer, const json_t *datum, const json_t *reader, const char *shown, FILE *out);

#endif
