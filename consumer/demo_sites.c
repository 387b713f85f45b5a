#include "consumer/demo_sites.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const struct town {
    const char *name;
    enum region region; /* of its school vacations */
} towns[] = {
    {"groningen", REGION_NORTH},   {"assen", REGION_NORTH},       {"emmen", REGION_NORTH},
    {"leeuwarden", REGION_NORTH},  {"drachten", REGION_NORTH},    {"heerenveen", REGION_NORTH},
    {"zwolle", REGION_NORTH},      {"deventer", REGION_NORTH},    {"enschede", REGION_NORTH},
    {"almelo", REGION_NORTH},      {"almere", REGION_NORTH},      {"lelystad", REGION_NORTH},
    {"dronten", REGION_NORTH},     {"amsterdam", REGION_NORTH},   {"haarlem", REGION_NORTH},
    {"alkmaar", REGION_NORTH},     {"hoorn", REGION_NORTH},       {"purmerend", REGION_NORTH},
    {"utrecht", REGION_MIDDLE},    {"amersfoort", REGION_MIDDLE}, {"zeist", REGION_MIDDLE},
    {"rotterdam", REGION_MIDDLE},  {"den-haag", REGION_MIDDLE},   {"leiden", REGION_MIDDLE},
    {"delft", REGION_MIDDLE},      {"gouda", REGION_MIDDLE},      {"dordrecht", REGION_MIDDLE},
    {"apeldoorn", REGION_MIDDLE},  {"ede", REGION_MIDDLE},        {"harderwijk", REGION_MIDDLE},
    {"doetinchem", REGION_MIDDLE}, {"katwijk", REGION_MIDDLE},    {"eindhoven", REGION_SOUTH},
    {"tilburg", REGION_SOUTH},     {"breda", REGION_SOUTH},       {"roosendaal", REGION_SOUTH},
    {"helmond", REGION_SOUTH},     {"oss", REGION_SOUTH},         {"venlo", REGION_SOUTH},
    {"roermond", REGION_SOUTH},    {"maastricht", REGION_SOUTH},  {"heerlen", REGION_SOUTH},
    {"sittard", REGION_SOUTH},     {"weert", REGION_SOUTH},       {"middelburg", REGION_SOUTH},
    {"goes", REGION_SOUTH},        {"arnhem", REGION_SOUTH},      {"nijmegen", REGION_SOUTH},
};
#define TOWNS ((int)(sizeof towns / sizeof towns[0]))

static const struct batch {
    const char *prefix; /* of the location_id */
    enum location_kind kind;
    bool unaccompanied;
    int count;
} batches[] = {
    {"noodopvang-amv", LOCATION_EMERGENCY, true, DEMO_SITES_UNACCOMPANIED},
    {"noodopvang", LOCATION_EMERGENCY, false, 84},
    {"gemeente", LOCATION_MUNICIPAL_EMERGENCY, false, 39},
    {"crisis", LOCATION_CRISIS_EMERGENCY, false, 18},
    /* regular */
    {"col", LOCATION_CENTRAL, false, 1},
    {"pol", LOCATION_PROCESS, false, 6},
    {"azc", LOCATION_CENTRE, false, 60},
    {"gl", LOCATION_FAMILY, false, 5},
    {"amv", LOCATION_MINORS, true, 22},
    /* emergency sites that open later */
    {"noodopvang-amv", LOCATION_EMERGENCY, true, 12},
    {"noodopvang", LOCATION_EMERGENCY, false, 34},
    {"gemeente", LOCATION_MUNICIPAL_EMERGENCY, false, 14},
};
#define BATCHES ((int)(sizeof batches / sizeof batches[0]))

/* A third of the residents lived in April 2025 in sites due to close before August: 62 of 186. Some days are in term,
 * some in a vacation; afterwards sites go on closing, more slowly. */
static const struct wave {
    struct civil_date on;
    int sites;
} closures[] =
    {
        {{2025, 4, 14}, 4}, {{2025, 5, 1}, 8},   {{2025, 5, 19}, 4},  {{2025, 6, 2}, 10}, {{2025, 6, 16}, 4},
        {{2025, 7, 1}, 12}, {{2025, 7, 15}, 8},  {{2025, 7, 28}, 12}, {{2025, 9, 1}, 5},  {{2025, 10, 1}, 4},
        {{2025, 11, 3}, 3}, {{2025, 12, 22}, 4}, {{2026, 1, 5}, 4},   {{2026, 2, 16}, 3}, {{2026, 3, 2}, 4},
        {{2026, 4, 1}, 5},  {{2026, 5, 1}, 4},   {{2026, 6, 1}, 4},   {{2026, 7, 1}, 5},  {{2026, 7, 20}, 5},
},
  conversions[] = {
      {{2025, 9, 15}, 3},
      {{2026, 1, 12}, 2},
      {{2026, 5, 11}, 2},
};
#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static const struct spread sizes = {{8, 14, 20, 26, 31, 36, 42, 50, 62, 80, 130}};

/* The ordinal of a new site among those of the same prefix and town. */
static int ordinal(const struct demo_sites *sites, uint32_t count, const char *stem)
{
    int found = 1;
    for (uint32_t i = 0; i < count; i++)
        found += strncmp(sites->sites[i].location_id, stem, strlen(stem)) == 0;
    return found;
}

static void name_site(struct demo_sites *sites, uint32_t index, const char *prefix, const char *town,
                      struct demo_random *random)
{
    struct demo_site *site = &sites->sites[index];
    char stem[32];
    snprintf(stem, sizeof stem, "%s-%s-", prefix, town);
    snprintf(site->location_id, sizeof site->location_id, "%s%02d", stem, ordinal(sites, index, stem));
    snprintf(site->primary_school, sizeof site->primary_school, "bo-%s-%02d", town, demo_random_between(random, 1, 6));
    snprintf(site->transition_school, sizeof site->transition_school, "isk-%s-01", town);
    site->place.location_id = (struct text){site->location_id, (uint32_t)strlen(site->location_id)};
}

static void make_site(struct demo_sites *sites, uint32_t index, const struct batch *batch, struct demo_random *random)
{
    struct demo_site *site = &sites->sites[index];
    const struct town *town = &towns[demo_random_below(random, TOWNS)];
    name_site(sites, index, batch->prefix, town->name, random);
    site->place.kind = batch->kind;
    site->place.region = town->region;
    site->unaccompanied = batch->unaccompanied;
    site->size = demo_random_spread(random, &sizes);
    site->opens_on = DAY_FIRST;
    site->closes_on = site->converts_on = DAY_NEVER;
}

static void make_entrance(struct demo_site *site)
{
    strcpy(site->location_id, "col-ter-apel");
    site->place = (struct place){
        {site->location_id, (uint32_t)strlen(site->location_id)}, LOCATION_CENTRAL, REGION_NORTH};
    site->size = 0; /* nobody is sent there from elsewhere */
}

static void shuffle(uint32_t *order, int count, struct demo_random *random)
{
    for (int i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (int i = count - 1; i > 0; i--) {
        int j = demo_random_below(random, i + 1);
        uint32_t swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
    }
}

static void plan_endings(struct demo_sites *sites, struct demo_random *random)
{
    uint32_t order[DEMO_SITES_EMERGENCY];
    shuffle(order, DEMO_SITES_EMERGENCY, random);
    int next = 0;
    for (size_t wave = 0; wave < COUNT(closures); wave++)
        for (int i = 0; i < closures[wave].sites; i++)
            sites->sites[order[next++]].closes_on = day_from_civil(closures[wave].on);
    for (size_t wave = 0; wave < COUNT(conversions); wave++)
        for (int i = 0; i < conversions[wave].sites; i++)
            sites->sites[order[next++]].converts_on = day_from_civil(conversions[wave].on);
    assert(next < DEMO_SITES_EMERGENCY);
}

static void plan_openings(struct demo_sites *sites, struct demo_random *random)
{
    struct day first = day_from_civil((struct civil_date){2025, 4, 14});
    for (uint32_t i = DEMO_SITES_EMERGENCY + DEMO_SITES_REGULAR; i < DEMO_SITES; i++) {
        struct day day = day_plus(first, demo_random_below(random, 420));
        sites->sites[i].opens_on = day_weekday(day) > 4 ? day_plus(day, 2) : day;
    }
}

/* Residents of a closing site go together to one of a few, one of them regular. */
static void plan_successors(struct demo_sites *sites, struct demo_random *random)
{
    for (uint32_t i = 0; i < DEMO_SITES; i++) {
        struct demo_site *site = &sites->sites[i];
        for (int n = 0; n < DEMO_SUCCESSORS && !day_is_never(site->closes_on); n++)
            site->successors[n] = demo_sites_pick(sites, random, n > 0, site->unaccompanied, site->closes_on);
    }
}

void demo_sites_init(struct demo_sites *sites, uint64_t seed)
{
    struct demo_random random = demo_random_of(seed, UINT64_MAX - 1);
    memset(sites, 0, sizeof *sites);
    uint32_t index = 0;
    for (int batch = 0; batch < BATCHES; batch++)
        for (int i = 0; i < batches[batch].count; i++)
            make_site(sites, index++, &batches[batch], &random);
    assert(index == DEMO_SITES);
    make_entrance(&sites->sites[DEMO_SITE_ENTRANCE]);
    plan_endings(sites, &random);
    plan_openings(sites, &random);
    plan_successors(sites, &random);
}

bool demo_site_is_open(const struct demo_site *site, struct day day)
{
    return !day_before(day, site->opens_on) && day_before(day, site->closes_on);
}

bool demo_site_is_emergency(const struct demo_site *site, struct day day)
{
    return location_kind_is_emergency(site->place.kind) && day_before(day, site->converts_on);
}

struct place demo_site_place(const struct demo_site *site, struct day day)
{
    struct place place = site->place;
    if (!day_before(day, site->converts_on))
        place.kind = LOCATION_CENTRE;
    return place;
}

uint32_t demo_sites_pick(const struct demo_sites *sites, struct demo_random *random, bool emergency, bool unaccompanied,
                         struct day day)
{
    int weights[DEMO_SITES], total = 0;
    for (uint32_t i = 0; i < DEMO_SITES; i++) {
        const struct demo_site *site = &sites->sites[i];
        bool fits = demo_site_is_open(site, day) && site->unaccompanied == unaccompanied &&
                    demo_site_is_emergency(site, day) == emergency;
        weights[i] = fits ? site->size : 0;
        total += weights[i];
    }
    int drawn = demo_random_below(random, total);
    uint32_t i = 0;
    for (; drawn >= weights[i]; i++)
        drawn -= weights[i];
    return i;
}
