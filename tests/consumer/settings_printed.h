/* What is printed of settings, as a text. */
#ifndef TESTS_CONSUMER_SETTINGS_PRINTED_H
#define TESTS_CONSUMER_SETTINGS_PRINTED_H

#include "consumer/settings.h"

/* To be freed by the caller. */
char *settings_printed(const struct settings *settings);

#endif
