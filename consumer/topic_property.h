/* The table of what each topic's properties on the broker are to be: `topics create` sets them, `topics check` and the
 * start of the service hold the broker's against them.
 */
#ifndef CONSUMER_TOPIC_PROPERTY_H
#define CONSUMER_TOPIC_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>

#include "consumer/settings.h"

enum demand {
    DEMAND_MUST_BE,      /* anything else is a fault */
    DEMAND_SHOULD_BE,    /* anything else deserves advice */
    DEMAND_SHOULD_REACH, /* less deserves advice; -1 is without limit */
    DEMAND_NONE          /* set at creation only */
};

#define TOPIC_PROPERTY_VALUE_SIZE 24

struct topic_property {
    unsigned topics; /* topic_set.h */
    const char *name;
    const char *value; /* NULL: of the settings, by value_of, in TEXT or a constant */
    const char *(*value_of)(const struct settings *settings, char text[static TOPIC_PROPERTY_VALUE_SIZE]);
    enum demand demand;
    const char *why; /* goes on after "because" */
};

extern const struct topic_property topic_properties[];
extern const size_t topic_property_count;

bool topic_property_is_of(const struct topic_property *property, enum topic topic);

/* The value that is to be, in TEXT or a constant; NULL: the broker's default. */
const char *topic_property_value(const struct topic_property *property, const struct settings *settings,
                                 char text[static TOPIC_PROPERTY_VALUE_SIZE]);

/* Whether FOUND, which a broker says, is as demanded of WANTED. */
bool topic_property_holds(const struct topic_property *property, const char *wanted, const char *found);

#endif
