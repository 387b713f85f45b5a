/* Setting one setting by its path, and saying where it stood when that fails: shared by the file and the command line.
 */
#ifndef CONSUMER_SETTINGS_ASSIGN_H
#define CONSUMER_SETTINGS_ASSIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "consumer/settings.h"

struct setting_source {
    FILE *errors;
    const char *file; /* NULL: the command line */
    size_t line;
    const char *section; /* only settings below it are taken ("rules."); NULL: all */
};

/* Sets PATH from VALUE; false: the mistake is said. */
bool setting_assign(struct settings *settings, const struct setting_source *source, const char *path,
                    const char *value);

/* settings_read, of the settings below SECTION ("rules.") alone; NULL: of all. */
bool settings_read_section(struct settings *settings, const char *path, const char *section, FILE *errors);

/* Says a mistake with its place, as a line; returns false. */
bool setting_complain(const struct setting_source *source, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says of a path that is a section that it has no value; returns false. */
bool setting_complain_section(const struct setting_source *source, const char *path);

/* Says that the secret SECTION and NAME does not stand on the command line; returns false. */
bool setting_complain_open(const struct setting_source *source, const char *section, const char *name);

/* Whether settings stand below PATH, so that it has no value itself. */
bool setting_is_section(const char *path);

#endif
