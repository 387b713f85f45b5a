#include "history_generator.h"

#include <time.h>

#include "random_norms.h"
#include "teller.h"

static void tell_home(struct teller *teller, enum fact_kind kind, struct place place)
{
    fact_tell(teller, kind)->place = place;
    teller->home = place;
}

static void tell_school(struct teller *teller, enum fact_kind kind, struct text school)
{
    fact_tell(teller, kind)->school_id = school;
    teller->school = kind == FACT_ENROLLED ? school : (struct text){0};
}

static void pass(struct teller *teller, int days)
{
    teller->day = day_clamped(teller->day.number + days * teller->pace);
}

/* To about the day on which the child comes of school age, turns eighteen or nineteen, if that is still to come. */
static bool pass_to_birthday(struct teller *teller)
{
    const struct norms *norms = &teller->story->norms;
    const int ages[] = {norms->school_age_months, norms->adult_months, norms->adult_months, norms->aged_out_months};
    int months = ages[random_between(&teller->random, 0, LENGTH(ages) - 1)];
    if (day_is_absent(teller->birth_date))
        return false;
    time_t birth = (time_t)teller->birth_date.number * 86400;
    struct tm born;
    gmtime_r(&birth, &born);
    bool of_school_age = months == norms->school_age_months; /* from the first of the next month */
    struct day birthday = of_school_age ? day_of_date(born.tm_year + 1900, born.tm_mon + 2 + months, 1)
                                        : day_of_date(born.tm_year + 1900, born.tm_mon + 1 + months, born.tm_mday);
    birthday.number += random_between(&teller->random, -2, 1);
    if (day_before(birthday, teller->day) || birthday.number > teller->day.number + 1000)
        return false;
    teller->day = day_clamped(birthday.number);
    return true;
}

static void pass_some(struct teller *teller)
{
    struct random_source *random = &teller->random;
    if (random_chance(random, 10) && pass_to_birthday(teller))
        return;
    int most = ONE_OF(random, 0, 0, 1, 3, 8, 8, 30, 60, 130, 200, 400);
    pass(teller, random_between(random, random_chance(random, 10) ? -most : 0, most));
}

/* --- what happens to children ------------------------------------------------------------------------------------ */

static void arrive(struct teller *teller)
{
    struct random_source *random = &teller->random;
    if (random_chance(random, 15))
        tell_school(teller, FACT_ENROLLED, school_random(random));
    pass(teller, ONE_OF(random, 0, 0, 2));
    bool back = !place_is_absent(&teller->home) && random_chance(random, 30);
    tell_home(teller, random_chance(random, 90) ? FACT_ARRIVED : FACT_MOVED,
              back ? teller->home : place_random(random));
    if (random_chance(random, 10))
        tell_home(teller, FACT_ARRIVED, place_random(random));
}

static void move(struct teller *teller)
{
    struct random_source *random = &teller->random;
    struct place left = teller->home;
    tell_home(teller, FACT_MOVED, place_elsewhere(random, &left));
    if (random_chance(random, 15))
        tell_home(teller, FACT_MOVED, random_chance(random, 50) ? left : place_random(random));
    if (random_chance(random, 40)) {
        pass(teller, ONE_OF(random, 0, 0, 1, 6, 20, 40));
        tell_school(teller, FACT_ENROLLED, school_random(random));
    }
}

static void change_in_place(struct teller *teller)
{
    struct random_source *random = &teller->random;
    struct place place = teller->home;
    if (random_chance(random, 60))
        place.kind = (enum location_kind)random_between(random, 0, LOCATION_KIND_COUNT - 1);
    if (random_chance(random, 60))
        place.region = (enum region)random_between(random, 0, REGION_COUNT - 1);
    if (!place_is_absent(&place))
        tell_home(teller, random_chance(random, 50) ? FACT_MOVED : FACT_ARRIVED, place);
}

static void depart(struct teller *teller)
{
    struct random_source *random = &teller->random;
    struct fact *departed = fact_tell(teller, FACT_DEPARTED);
    if (random_chance(random, 40))
        departed->place = teller->home;
}

static void transfer(struct teller *teller)
{
    struct random_source *random = &teller->random;
    struct place left = teller->home;
    bool moves_at_once = random_chance(random, 20);
    if (moves_at_once)
        tell_home(teller, FACT_MOVED, place_random(random));
    struct fact *departed = fact_tell(teller, FACT_DEPARTED);
    departed->place = random_chance(random, 50) ? left : random_chance(random, 50) ? teller->home : (struct place){0};
    pass(teller, 0);
    teller->day = day_clamped(teller->day.number + random_between(random, 0, teller->story->norms.transfer_days + 2));
    tell_home(teller, random_chance(random, 70) ? FACT_ARRIVED : FACT_MOVED, place_random(random));
}

static void enroll(struct teller *teller)
{
    struct random_source *random = &teller->random;
    tell_school(teller, FACT_ENROLLED, school_random(random));
    if (random_chance(random, 10)) /* and at once away again */
        tell_school(teller, FACT_WITHDRAWN, teller->school);
}

static void withdraw(struct teller *teller)
{
    struct random_source *random = &teller->random;
    bool from_another = teller->school.length == 0 || random_chance(random, 15);
    tell_school(teller, FACT_WITHDRAWN, from_another ? school_random(random) : teller->school);
    if (random_chance(random, 20))
        tell_school(teller, FACT_ENROLLED, school_random(random));
}

static void taken_out_and_moved(struct teller *teller)
{
    struct random_source *random = &teller->random;
    withdraw(teller);
    teller->day = day_clamped(teller->day.number + random_between(random, 0, 6));
    if (random_chance(random, 15)) { /* one more school, for less than a day */
        tell_school(teller, FACT_ENROLLED, school_random(random));
        tell_school(teller, FACT_WITHDRAWN, teller->school);
    }
    teller->day = day_clamped(teller->day.number + random_between(random, 0, 6));
    move(teller);
}

static void anything(struct teller *teller)
{
    fact_tell(teller, (enum fact_kind)random_between(&teller->random, 0, FACT_KIND_COUNT - 1));
}

static void go_on(struct teller *teller)
{
    static void (*const happenings[])(struct teller *) = {
        move,   move,     move,     change_in_place,     depart, transfer, enroll,
        enroll, withdraw, withdraw, taken_out_and_moved, arrive, anything};
    happenings[random_between(&teller->random, 0, LENGTH(happenings) - 1)](teller);
}

/* --- who the child is, and when ---------------------------------------------------------------------------------- */

/* Turning 5, 18 or 19 under way, or any age; on any day, on a month's last, on 29 February. */
static struct day random_birth_date(struct random_source *random, int year)
{
    if (random_chance(random, 6))
        return DAY_ABSENT;
    int born = year - ONE_OF(random, 3, 4, 5, 16, 17, 17, 18, 19, random_between(random, 0, 20));
    if (random_chance(random, 15))
        return day_of_date(born / 4 * 4, 2, 29);
    int month = random_between(random, 1, 12);
    return random_chance(random, 20) ? day_of_date(born, month + 1, 0)
                                     : day_of_date(born, month, random_between(random, 1, 28));
}

static struct day random_begin(struct random_source *random, int year)
{
    int month = random_between(random, 1, 12);
    return random_chance(random, 25) ? day_of_date(year, month + 1, 0)
                                     : day_of_date(year, month, random_between(random, 1, 28));
}

static void begin(struct teller *teller)
{
    struct random_source *random = &teller->random;
    int year = random_between(random, 2022, 2026);
    teller->pace = 1;
    if (random_chance(random, 1) && random_chance(random, 40)) { /* forty years */
        year = random_between(random, 1985, 1990);
        teller->pace = 12;
    } else if (random_chance(random, 1) && random_chance(random, 10)) { /* the ends of time */
        year = random_chance(random, 50) ? 1900 : 2199;
    }
    teller->day = random_begin(random, year);
    teller->birth_date = random_birth_date(random, year);
}

void story_tell(struct story *story, uint64_t seed)
{
    struct teller teller = {.random = {seed}, .story = story};
    struct random_source *random = &teller.random;
    story->seed = seed;
    story->count = 0;
    story->calendar = random_bits(random);
    random_norms(random, &story->norms);
    begin(&teller);
    if (random_chance(random, 95))
        arrive(&teller);
    int happenings = random_between(random, 0, random_chance(random, 2) ? 60 : 12);
    for (int i = 0; i < happenings; i++) {
        pass_some(&teller);
        go_on(&teller);
    }
    if (story->count == 0)
        anything(&teller);
    size_t facts = story->count;
    for (size_t i = 0; i < facts && random_chance(random, 90); i++)
        for (int more = random_chance(random, 20) ? random_between(random, 1, 3) : 0; more > 0; more--)
            fact_tell_again(&teller, &story->versions[i]);
}

size_t random_calendar(struct random_source *random, struct calendar_row rows[static RANDOM_ROWS_MAX])
{
    size_t count = (size_t)random_between(random, 0, RANDOM_ROWS_MAX);
    int earliest = day_of_date(2022, 1, 1).number, latest = day_of_date(2029, 12, 31).number;
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct calendar_row){.vacation = random_chance(random, 60)};
        rows[i].regions[random_between(random, 0, REGION_COUNT - 1)] = true;
        for (int region = 0; region < REGION_COUNT; region++)
            rows[i].regions[region] = rows[i].regions[region] || random_chance(random, 40);
        rows[i].from = (struct day){random_between(random, earliest, latest)};
        rows[i].to = day_clamped(rows[i].from.number + ONE_OF(random, 0, 0, 1, 4, 8, 8, 15, 44, 300));
    }
    return count;
}
