/* What is not wrong with the settings, but unwise: for `check` to say before a night shows it. */
#ifndef CONSUMER_SETTINGS_ADVICE_H
#define CONSUMER_SETTINGS_ADVICE_H

#include <stdio.h>

#include "consumer/settings.h"

/* Each piece is a line on OUT, "advice: …". FILE is where the settings were read from, or NULL. */
void settings_advise(const struct settings *settings, const char *file, FILE *out);

#endif
