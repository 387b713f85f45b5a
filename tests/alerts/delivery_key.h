/* Which notes of deliveries take each other's place in a compacted topic. */
#ifndef TESTS_ALERTS_DELIVERY_KEY_H
#define TESTS_ALERTS_DELIVERY_KEY_H

#include <stdbool.h>

#include "schemas/delivery_record.h"

static inline bool is_of_same_key(const struct delivery_record *a, const struct delivery_record *b)
{
    return a->kind == b->kind && a->partition == b->partition && uuid_equal(&a->alert_id, &b->alert_id);
}

#endif
