/* The settings under `registry.`: as the client takes them. */
#ifndef CONSUMER_SETTINGS_REGISTRY_H
#define CONSUMER_SETTINGS_REGISTRY_H

#include "consumer/settings.h"
#include "schemas/registry.h"

/* Whether a schema registry is configured. */
bool settings_have_registry(const struct settings *settings);

/* What a client is made of; its texts are those of SETTINGS. */
struct registry_settings settings_registry(const struct settings *settings);

#endif
