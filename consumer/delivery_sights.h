/* How subscriptions stand, as records of the topic `deliveries` say: those of the settings, and others of which
 * something is kept, since they were taken out of the settings, or their name there has a mistake.
 */
#ifndef CONSUMER_DELIVERY_SIGHTS_H
#define CONSUMER_DELIVERY_SIGHTS_H

#include "consumer/settings_subscription.h"
#include "schemas/delivery_record.h"

struct delivery_sight {
    char name[SUBSCRIPTION_NAME_LENGTH_MAX + 1];
    bool is_in_settings;
    bool is_known; /* notify has ever followed for it */
    struct delivery_standing standing;
    struct delivery_wish wish; /* asked_at_ms 0: none */
    int64_t *next;             /* by partition of the alerts topic */
    int64_t behind;            /* records of the alerts topic that it was not told of, or need not be told of */
};

struct delivery_sights {
    struct delivery_sight *of; /* the settings' subscriptions, in their order; then others */
    size_t count;
    int32_t partition_count; /* of the alerts topic */
};

/* False: memory is short. Either way to be fini'ed. */
bool delivery_sights_init(struct delivery_sights *sights, const struct settings *settings, int32_t partition_count);
void delivery_sights_fini(struct delivery_sights *sights);

/* Sees a record; VALUE NULL: a tombstone. False: memory is short. */
bool delivery_sights_see(struct delivery_sights *sights, struct text key, const uint8_t *value, size_t length);

/* All were seen: of those that the settings do not have only those are left of which something is kept. */
void delivery_sights_end(struct delivery_sights *sights);

#endif
