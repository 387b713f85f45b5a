/* What if the norms were others: a second table of norms, to hold one history against both.
 *
 * It is written as the `rules:` section of a configuration, with only what differs:
 *
 *     rules:
 *       school_months: 2
 */
#ifndef CONSUMER_SETTINGS_COMPARE_H
#define CONSUMER_SETTINGS_COMPARE_H

#include <stdbool.h>
#include <stdio.h>

#include "consumer/settings.h"

/* Fills NORMS with those of SETTINGS and what the YAML file PATH says on top. Every mistake is written to ERRORS as
 * "file:line: what", also a setting that is no norm, since nothing else can be compared; false if there was any (NORMS
 * is then not to be used), or the file could not be read (errno is then its error, else 0). */
bool settings_compare_read(const struct settings *settings, const char *path, struct norms *norms, FILE *errors);

#endif
