/* W3C Trace Context: which trace a record belongs to, as its header `traceparent` says. */
#ifndef SCHEMAS_TRACEPARENT_H
#define SCHEMAS_TRACEPARENT_H

#include <stdbool.h>

#include "rules/text.h"

#define TRACEPARENT_HEADER "traceparent"
#define TRACEPARENT_LENGTH 55 /* of version 00: two, 32, 16 and two hexadecimal digits, and three hyphens */

/* Whether TEXT is a traceparent of version 00: small hexadecimal digits, and neither the trace nor the parent all
 * zeros. Versions to come may say more than we know how to pass on, so they are none. */
bool traceparent_is_valid(struct text text);

#endif
