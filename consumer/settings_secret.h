/* Passwords: from files of their own, and never shown. */
#ifndef CONSUMER_SETTINGS_SECRET_H
#define CONSUMER_SETTINGS_SECRET_H

#include "consumer/settings_table.h"

/* The text of a file without the line ends behind it, as editors and secret stores leave them; to be freed. NULL:
 * errno. */
char *secret_read(const char *path);

/* Of a row of SETTING_SECRET and of SETTING_SECRET_FILE; PLACE is its struct setting_secret. */
bool secret_parse(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE]);
bool secret_parse_file(const struct setting_row *row, void *place, const char *path, char why[static SETTING_WHY_SIZE]);
const char *secret_format(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE]);
const char *secret_format_file(const struct setting_row *row, const void *place,
                               char buffer[static SETTING_VALUE_SIZE]);
void secret_free(void *place);

#endif
