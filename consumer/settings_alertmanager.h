/* The settings under `alertmanager.`: whether they make sense together. */
#ifndef CONSUMER_SETTINGS_ALERTMANAGER_H
#define CONSUMER_SETTINGS_ALERTMANAGER_H

#include "consumer/settings.h"

/* Whether they fit each other, and their files can be read. False: said on ERRORS. */
bool settings_alertmanager_fit(const struct settings *settings, FILE *errors);

/* What is unwise, as settings_advise says it. */
void settings_alertmanager_advise(const struct settings *settings, FILE *out);

#endif
