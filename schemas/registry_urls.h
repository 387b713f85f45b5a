/* The addresses of a schema registry, as they stand in the settings: separated by commas. */
#ifndef SCHEMAS_REGISTRY_URLS_H
#define SCHEMAS_REGISTRY_URLS_H

#include "schemas/registry.h"

struct registry_urls {
    char *text;                                /* holds the items */
    const char *items[REGISTRY_ADDRESSES_MAX]; /* without the "/" at their end */
    size_t count;
};

/* False: URLS is empty, and WHY says what is wrong with TEXT, or that memory is short. */
bool registry_urls_init(struct registry_urls *urls, const char *text, char why[static REGISTRY_WHY_SIZE]);
void registry_urls_fini(struct registry_urls *urls);

#endif
