/* The places of a tally and the groups they are in, found by what they are.
 *
 * A group is a place with parts left open: no location_id, LOCATION_KIND_COUNT, REGION_COUNT mean any. With all three
 * left open it is everybody, with none it is a place by itself.
 */
#ifndef ALERTS_TALLY_PLACES_H
#define ALERTS_TALLY_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "alerts/tally_crowd.h"

enum family {
    FAMILY_ALL,
    FAMILY_REGION,
    FAMILY_LOCATION,
    FAMILY_KIND,
    FAMILY_SITE, /* a location within a region */
    FAMILY_PLACE,
    FAMILY_COUNT
};

struct group {
    struct place place;
    size_t index; /* in groups */
    struct crowd crowd;
    uint64_t last; /* number of the child counted last */
    char location_id[ID_LENGTH_MAX];
};

/* One day of a place. While children are added: differences from the day before. */
struct tally_day {
    int32_t counts[FIGURE_COUNT]; /* children are fewer than two thousand million; of EMERGENCY_DAYS: how many */
    int64_t emergency_days;       /* sum of the days since which; once finished, of the days that gives */
};

struct leaf { /* a place */
    struct place place;
    struct group *groups[FAMILY_COUNT];
    struct tally_day *days[CROWD_SIDES];     /* one more than the days of the tally; NULL: nobody was there */
    int64_t sums[CROWD_SIDES][FIGURE_COUNT]; /* over all days, once finished */
};

struct tally_places {
    struct group **groups;
    size_t group_count, group_capacity;
    size_t *slots; /* a hash table of indices into groups, plus one; 0: free */
    size_t slot_count;
    struct leaf **leaves; /* by the index of their group of FAMILY_PLACE; NULL: a group of another family */
    size_t leaf_count;
};

void tally_places_init(struct tally_places *places);
void tally_places_fini(struct tally_places *places);

/* The leaf of PLACE, made where it is new. NULL: no memory. */
struct leaf *tally_places_leaf(struct tally_places *places, const struct place *place);

/* The group that is the place, or NULL. */
struct group *tally_places_group(const struct tally_places *places, const struct place *place);

#endif
