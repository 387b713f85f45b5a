/* The topics as an AsyncAPI 3.0 document (asyncapi.com), for tools that make documentation or clients of it: made of
 * the settings and the program's tables, and the same for the same settings.
 */
#ifndef CONSUMER_ASYNCAPI_H
#define CONSUMER_ASYNCAPI_H

#include <stdbool.h>
#include <stdio.h>

#include "consumer/settings.h"

/* False: memory is short, a setting is not UTF-8, or OUT failed. */
bool asyncapi_print(const struct settings *settings, FILE *out);

#endif
