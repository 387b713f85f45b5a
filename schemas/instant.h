/* Instants, milliseconds since 1970 UTC, as text (RFC 3339). */
#ifndef SCHEMAS_INSTANT_H
#define SCHEMAS_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INSTANT_FIRST_MS (INT64_C(-25567) * 86400000)   /* the start of 1900 */
#define INSTANT_LAST_MS (INT64_C(84006) * 86400000 - 1) /* the end of 2199 */
#define INSTANT_TEXT_SIZE 25                            /* "YYYY-MM-DDThh:mm:ss.mmmZ" and its NUL */

/* T and Z in either case, any offset, seconds 00-59, fractions cut to milliseconds, within the bounds above. False
 * leaves *MS alone. */
bool instant_parse(const char *text, size_t length, int64_t *ms);

/* Writes the form of INSTANT_TEXT_SIZE; MS must be within the bounds above. */
void instant_format(int64_t ms, char text[static INSTANT_TEXT_SIZE]);

#endif
