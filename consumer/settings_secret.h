/* Passwords and keys: from files of their own, wiped when they are no longer needed, and never shown. */
#ifndef CONSUMER_SETTINGS_SECRET_H
#define CONSUMER_SETTINGS_SECRET_H

#include "consumer/settings_table.h"

/* A secret of TEXT, as it stands among the settings. False: WHY, which never repeats a secret, and nothing to fini. */
bool secret_init(struct setting_secret *secret, const char *text, char why[static SETTING_WHY_SIZE]);

/* Likewise of what the file PATH holds, without the line ends behind it, as editors and secret stores leave them. */
bool secret_init_file(struct setting_secret *secret, const char *path, char why[static SETTING_WHY_SIZE]);

void secret_fini(struct setting_secret *secret);

/* Whether it stands among the settings themselves, so that who can read those knows it. */
bool secret_is_open(const struct setting_secret *secret);

/* What may be shown instead of an open one; "" where it is empty or of a file. */
const char *secret_shown(const struct setting_secret *secret);

/* Of a row of SETTING_SECRET and of SETTING_SECRET_FILE; PLACE is its struct setting_secret. */
bool secret_parse(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE]);
bool secret_parse_file(const struct setting_row *row, void *place, const char *path, char why[static SETTING_WHY_SIZE]);
const char *secret_format(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE]);
const char *secret_format_file(const struct setting_row *row, const void *place,
                               char buffer[static SETTING_VALUE_SIZE]);
void secret_free(void *place);

#endif
