/* What texts some settings take: the checks of their rows (settings_table.c). */
#ifndef CONSUMER_SETTINGS_CHECK_H
#define CONSUMER_SETTINGS_CHECK_H

#include "consumer/settings_table.h"

/* A name as Kafka has them. False: WHY says what is expected, as of all checks. */
bool name_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* A name in the Dutch namespace, urn:nld:…, or "". */
bool urn_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* The address of a page of each alert, http or https and with {alert_id} in it, or "". */
bool link_check(const char *text, char why[static SETTING_WHY_SIZE]);

/* Says in WHY that TEXT is not what is EXPECTED; returns false. */
bool setting_refuse(char why[static SETTING_WHY_SIZE], const char *text, const char *expected);

#endif
