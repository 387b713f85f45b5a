/* The settings under `mail.` and the quiet hours: what their texts take, and whether they make sense together. */
#ifndef CONSUMER_SETTINGS_MAIL_H
#define CONSUMER_SETTINGS_MAIL_H

#include "alerts/quiet_hours.h"
#include "consumer/settings_table.h"

/* "HH:MM-HH:MM", or "" for none. False: WHY says what is expected, as of all checks. */
bool quiet_hours_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* "HH:MM". */
bool time_of_day_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* A plain address (mail_address.h), or "". */
bool mail_address_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* "HOST:PORT", or "". */
bool smarthost_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* The quiet hours that SETTINGS have. */
struct quiet_hours settings_quiet_hours(const struct settings *settings);

/* When the digest begins, in minutes since midnight. */
int settings_digest_at(const struct settings *settings);

/* Whether they fit each other. False: said on ERRORS. */
bool settings_mail_fit(const struct settings *settings, FILE *errors);

/* What is unwise, as settings_advise says it. */
void settings_mail_advise(const struct settings *settings, FILE *out);

#endif
