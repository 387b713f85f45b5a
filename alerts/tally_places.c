#include "alerts/tally_places.h"

#include <stdlib.h>
#include <string.h>

#include "rules/hash.h"

#define GROUPS_AT_FIRST 64

void tally_places_init(struct tally_places *places)
{
    memset(places, 0, sizeof(*places));
}

void tally_places_fini(struct tally_places *places)
{
    for (size_t i = 0; i < places->group_count; i++) {
        struct leaf *leaf = places->leaves[i];
        for (int side = 0; leaf != NULL && side < CROWD_SIDES; side++)
            free(leaf->days[side]);
        free(leaf);
        free(places->groups[i]);
    }
    free(places->leaves);
    free(places->groups);
    free(places->slots);
    memset(places, 0, sizeof(*places));
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

static uint64_t place_hash(const struct place *place)
{
    uint64_t hash = hash_bytes(HASH_START, place->location_id.bytes, place->location_id.length);
    return hash_bytes(hash, (uint8_t[]){(uint8_t)place->kind, (uint8_t)place->region}, 2);
}

/* Unlike place_equal it tells apart places without a location. */
static bool is_same(const struct place *a, const struct place *b)
{
    return a->kind == b->kind && a->region == b->region && text_equal(a->location_id, b->location_id);
}

/* The slot of PLACE: that of its group, or the free one where it belongs. There is always a free one. */
static size_t *slot_of(const struct tally_places *places, const struct place *place)
{
    size_t at = place_hash(place) & (places->slot_count - 1);
    while (places->slots[at] != 0 && !is_same(&places->groups[places->slots[at] - 1]->place, place))
        at = (at + 1) & (places->slot_count - 1);
    return &places->slots[at];
}

struct group *tally_places_group(const struct tally_places *places, const struct place *place)
{
    const size_t slot = places->slot_count == 0 ? 0 : *slot_of(places, place);
    return slot == 0 ? NULL : places->groups[slot - 1];
}

/* --- making ------------------------------------------------------------------------------------------------------- */

static bool slots_double(struct tally_places *places)
{
    const size_t count = places->group_capacity * 2;
    size_t *slots = calloc(count, sizeof(*slots));
    if (slots == NULL)
        return false;
    free(places->slots);
    places->slots = slots;
    places->slot_count = count;
    for (size_t i = 0; i < places->group_count; i++)
        *slot_of(places, &places->groups[i]->place) = i + 1;
    return true;
}

static bool room_make(struct tally_places *places)
{
    if (places->group_count < places->group_capacity)
        return true;
    const size_t capacity = places->group_capacity == 0 ? GROUPS_AT_FIRST : 2 * places->group_capacity;
    struct group **groups = realloc(places->groups, capacity * sizeof(struct group *));
    if (groups != NULL)
        places->groups = groups;
    struct leaf **leaves = realloc(places->leaves, capacity * sizeof(struct leaf *));
    if (leaves != NULL)
        places->leaves = leaves;
    if (groups == NULL || leaves == NULL)
        return false;
    places->group_capacity = capacity;
    return slots_double(places);
}

static struct group *group_of(struct tally_places *places, const struct place *place)
{
    struct group *group = tally_places_group(places, place);
    if (group != NULL)
        return group;
    if (!room_make(places) || (group = calloc(1, sizeof(*group))) == NULL)
        return NULL;
    if (place->location_id.length > 0)
        memcpy(group->location_id, place->location_id.bytes, place->location_id.length);
    group->place = *place;
    group->place.location_id.bytes = group->location_id;
    group->index = places->group_count;
    *slot_of(places, place) = group->index + 1;
    places->leaves[group->index] = NULL;
    places->groups[places->group_count++] = group;
    return group;
}

static struct place place_of_family(const struct place *place, enum family family)
{
    const bool has_location = family == FAMILY_LOCATION || family == FAMILY_SITE || family == FAMILY_PLACE;
    const bool has_kind = family == FAMILY_KIND || family == FAMILY_PLACE;
    const bool has_region = family == FAMILY_REGION || family == FAMILY_SITE || family == FAMILY_PLACE;
    return (struct place){.location_id = has_location ? place->location_id : (struct text){"", 0},
                          .kind = has_kind ? place->kind : LOCATION_KIND_COUNT,
                          .region = has_region ? place->region : REGION_COUNT};
}

static struct leaf *leaf_make(struct tally_places *places, struct group *group)
{
    struct leaf *leaf = calloc(1, sizeof(*leaf));
    if (leaf == NULL)
        return NULL;
    leaf->place = group->place;
    for (int family = 0; family < FAMILY_COUNT; family++) {
        const struct place wider = place_of_family(&group->place, (enum family)family);
        leaf->groups[family] = group_of(places, &wider);
        if (leaf->groups[family] == NULL) {
            free(leaf);
            return NULL;
        }
    }
    places->leaf_count++;
    return places->leaves[group->index] = leaf;
}

struct leaf *tally_places_leaf(struct tally_places *places, const struct place *place)
{
    struct group *group = group_of(places, place);
    if (group == NULL)
        return NULL;
    return places->leaves[group->index] != NULL ? places->leaves[group->index] : leaf_make(places, group);
}
