/* Which alerts a subscription asks for: by rule, level, region and location, each a list of what is let through. */
#ifndef ALERTS_SUBSCRIPTION_FILTER_H
#define ALERTS_SUBSCRIPTION_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/alert.h"

#define SUBSCRIPTION_WHY_SIZE 512

struct subscription_filter {
    uint32_t rules, levels, regions; /* a bit each, by their index */
    char *locations_text;            /* holds the locations */
    struct text *locations;          /* sorted */
    size_t location_count;           /* 0: any is right */
};

/* What the lists ask for, names apart by commas; "" lets all through. False: nothing to fini, and WHY says what is
 * wrong, or that memory is short. */
bool subscription_filter_init(struct subscription_filter *filter, const char *rules, const char *levels,
                              const char *regions, const char *locations, char why[static SUBSCRIPTION_WHY_SIZE]);
void subscription_filter_fini(struct subscription_filter *filter);

/* Whether ALERT is asked for, whatever its state: one that was told of as open is told of as resolved, too. */
bool subscription_filter_takes(const struct subscription_filter *filter, const struct alert *alert);

/* Whether LIST is one that is understood; else WHY says what can stand there. "" is right. */
bool subscription_rules_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE]);
bool subscription_levels_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE]);
bool subscription_regions_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE]);
bool subscription_locations_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE]);

#endif
