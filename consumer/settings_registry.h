/* The settings under `registry.`: as the client takes them, and whether they make sense together. */
#ifndef CONSUMER_SETTINGS_REGISTRY_H
#define CONSUMER_SETTINGS_REGISTRY_H

#include "consumer/settings.h"
#include "schemas/registry.h"

/* Whether a schema registry is configured. */
bool settings_have_registry(const struct settings *settings);

/* What a client is made of; its texts are those of SETTINGS. */
struct registry_settings settings_registry(const struct settings *settings);

/* Whether they fit each other, and their files can be read. False: said on ERRORS. */
bool settings_registry_fit(const struct settings *settings, FILE *errors);

/* What is unwise, as settings_advise says it. */
void settings_registry_advise(const struct settings *settings, FILE *out);

#endif
