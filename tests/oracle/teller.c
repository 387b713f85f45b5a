#include "teller.h"

#include <time.h>

#define MS_OF_A_DAY 86400000LL

/* Where stories take place. An address usually has the kind and region it has here. */
static const struct place addresses[] = {
    {{"a", 1}, LOCATION_EMERGENCY, REGION_NORTH}, {{"b", 1}, LOCATION_MUNICIPAL_EMERGENCY, REGION_MIDDLE},
    {{"c", 1}, LOCATION_CENTRE, REGION_SOUTH},    {{"ab", 2}, LOCATION_CRISIS_EMERGENCY, REGION_SOUTH},
    {{"d", 1}, LOCATION_MINORS, REGION_NORTH},
};

static const struct text schools[] = {{"s1", 2}, {"s2", 2}, {"s11", 3}};

struct day day_clamped(int number)
{
    if (number < DAY_FIRST.number)
        return DAY_FIRST;
    return number > DAY_LAST.number ? DAY_LAST : (struct day){number};
}

struct day day_of_date(int year, int month, int day)
{
    struct tm civil = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return day_clamped((int)(timegm(&civil) / 86400));
}

struct place place_random(struct random_source *random)
{
    struct place place = addresses[random_between(random, 0, LENGTH(addresses) - 1)];
    if (random_chance(random, 10))
        place.kind = (enum location_kind)random_between(random, 0, LOCATION_KIND_COUNT - 1);
    if (random_chance(random, 10))
        place.region = (enum region)random_between(random, 0, REGION_COUNT - 1);
    return place;
}

struct place place_elsewhere(struct random_source *random, const struct place *than)
{
    struct place place = place_random(random);
    while (text_equal(place.location_id, than->location_id))
        place = place_random(random);
    return place;
}

struct text school_random(struct random_source *random)
{
    return schools[random_between(random, 0, LENGTH(schools) - 1)];
}

/* Most are recorded at nine on their day, so that many share an instant; some late, some long before. */
/* What an event can say. */
static int64_t instant_clamped(int64_t ms)
{
    const int64_t first = DAY_FIRST.number * MS_OF_A_DAY, end = (DAY_LAST.number + 1) * MS_OF_A_DAY;
    return ms < first ? first : ms >= end ? end - 1 : ms;
}

static int64_t random_recording(struct random_source *random, struct day day)
{
    int delay = ONE_OF(random, 0, 0, 0, 0, 0, 0, 1, 1, 3, 30, 200, -1, -10, -60);
    int64_t hour = ONE_OF(random, 0, 9, 9, 9, 9, 9, 9, 10, 23) * 3600000LL;
    return instant_clamped((day.number + delay) * MS_OF_A_DAY + hour + ONE_OF(random, 0, 0, 0, 0, 0, 0, 1, -1));
}

static struct day recording_day(int64_t ms)
{
    return day_clamped((int)(ms / MS_OF_A_DAY) - (ms % MS_OF_A_DAY < 0));
}

static void random_arrival(struct teller *teller, struct fact *fact)
{
    struct random_source *random = &teller->random;
    fact->birth_date = random_chance(random, 75) ? teller->birth_date : DAY_ABSENT;
    if (random_chance(random, 8))
        fact->birth_date = day_clamped(fact->occurred_on.number - random_between(random, 1, 19 * 366));
    if (random_chance(random, 3))
        fact->birth_date = day_clamped(recording_day(fact->recorded_at_ms).number + random_between(random, 0, 3));
    fact->unaccompanied = (enum answer)ONE_OF(random, ANSWER_UNKNOWN, ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES);
    if (random_chance(random, 40))
        fact->applied_on = day_clamped(fact->occurred_on.number +
                                       ONE_OF(random, -400, -100, -60, -20, -3, -1, 0, 1, 2, 20));
    if (random_chance(random, 5))
        fact->applied_on = day_clamped(recording_day(fact->recorded_at_ms).number + random_between(random, 0, 3));
}

static struct uuid random_event_id(struct random_source *random)
{
    struct uuid id;
    for (int i = 0; i < 16; i++)
        id.bytes[i] = (uint8_t)(i < 8 ? 0x11 : random_bits(random));
    return id;
}

/* Gives a fact what its kind needs. */
static void fill(struct teller *teller, struct fact *fact)
{
    struct random_source *random = &teller->random;
    fact->birth_date = fact->applied_on = DAY_ABSENT;
    fact->unaccompanied = ANSWER_UNKNOWN;
    fact->place = (struct place){0};
    fact->school_id = (struct text){0};
    if (fact->kind == FACT_ARRIVED)
        random_arrival(teller, fact);
    if (fact->kind == FACT_ARRIVED || fact->kind == FACT_MOVED)
        fact->place = place_random(random);
    if (fact->kind == FACT_ENROLLED || fact->kind == FACT_WITHDRAWN)
        fact->school_id = school_random(random);
    if (fact->kind == FACT_DEPARTED && random_chance(random, 25))
        fact->place = place_random(random);
}

static struct fact *add_version(struct teller *teller, const struct fact *version)
{
    struct story *story = teller->story;
    struct fact *added = &story->versions[story->count];
    story->count += story->count < STORY_VERSIONS_MAX - 1; /* the last place is overwritten from then on */
    *added = *version;
    added->first_recorded_at_ms = added->recorded_at_ms;
    return added;
}

/* So that of two versions with one instant any single field decides. */
static void change_one_field(struct random_source *random, struct fact *version)
{
    bool has_place = !place_is_absent(&version->place), arrived = version->kind == FACT_ARRIVED;
    int field = random_between(random, 0, 5);
    if (field == 0 && has_place)
        version->place.location_id = place_random(random).location_id;
    if (field == 1 && has_place)
        version->place.kind = (enum location_kind)random_between(random, 0, LOCATION_KIND_COUNT - 1);
    if (field == 2 && has_place)
        version->place.region = (enum region)random_between(random, 0, REGION_COUNT - 1);
    if (field == 3 && arrived)
        version->birth_date = day_clamped(version->occurred_on.number - random_between(random, 0, 7000));
    if (field == 4 && arrived)
        version->unaccompanied = (enum answer)random_between(random, ANSWER_UNKNOWN, ANSWER_YES);
    if (field == 5 && arrived)
        version->applied_on = day_clamped(version->occurred_on.number + random_between(random, -200, 2));
    if (version->school_id.length > 0 && field < 3)
        version->school_id = school_random(random);
}

void fact_tell_again(struct teller *teller, const struct fact *fact)
{
    struct random_source *random = &teller->random;
    struct fact version = *fact;
    static const int64_t shifts[] = {0, 0, 0, 1, 1, 3600000, 5 * MS_OF_A_DAY, 90 * MS_OF_A_DAY, -1, -MS_OF_A_DAY};
    version.recorded_at_ms = instant_clamped(version.recorded_at_ms +
                                             shifts[random_between(random, 0, LENGTH(shifts) - 1)]);
    if (random_chance(random, 30)) {
        change_one_field(random, &version);
    } else if (random_chance(random, 10)) {
        version.kind = (enum fact_kind)random_between(random, 0, FACT_KIND_COUNT - 1);
        fill(teller, &version);
    } else if (random_chance(random, 30)) {
        fill(teller, &version);
    }
    if (random_chance(random, 40))
        version.occurred_on = day_clamped(version.occurred_on.number + ONE_OF(random, -30, -3, -1, 1, 1, 2, 7, 40));
    version.retracted = random_chance(random, 25);
    if (version.retracted && random_chance(random, 50)) {
        version.place = (struct place){0};
        version.school_id = (struct text){0};
    }
    add_version(teller, &version);
}

struct fact *fact_tell(struct teller *teller, enum fact_kind kind)
{
    struct random_source *random = &teller->random;
    struct fact fact = {.event_id = random_event_id(random), .occurred_on = teller->day, .kind = kind};
    fact.recorded_at_ms = random_recording(random, teller->day);
    fill(teller, &fact);
    return add_version(teller, &fact);
}
