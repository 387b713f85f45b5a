#include "candidates.h"

/* The day, the one before and the one after. */
static void add_candidate(struct candidates *candidates, struct day day)
{
    if (day_is_absent(day) || day_is_never(day))
        return;
    for (int around = -1; around <= 1 && candidates->count < CANDIDATES_MAX; around++) {
        struct day near = {day.number + around};
        if (!day_before(near, DAY_FIRST) && !day_before(DAY_LAST, near))
            candidates->days[candidates->count++] = near;
    }
}

/* Days near those on which a child of that birth date comes of an age. */
static void add_birthdays(struct candidates *candidates, const struct almanac *almanac, const struct norms *norms,
                          struct day birth_date)
{
    if (day_is_absent(birth_date))
        return;
    struct day fifth = almanac_add_months(almanac, birth_date, norms->school_age_months);
    add_candidate(candidates, almanac_first_of_next_month(almanac, fifth));
    add_candidate(candidates, almanac_add_months(almanac, birth_date, norms->adult_months));
    add_candidate(candidates, almanac_add_months(almanac, birth_date, norms->aged_out_months));
}

void candidates_find(struct candidates *candidates, struct lab *lab, const struct story *story,
                     struct random_source *random)
{
    candidates->count = 0;
    struct day last = DAY_FIRST;
    for (size_t i = 0; i < story->count; i++) {
        add_candidate(candidates, story->versions[i].occurred_on);
        if (i == 0) /* usually the arrival */
            add_birthdays(candidates, lab_almanac(lab, story), &story->norms, story->versions[i].birth_date);
        last = day_later(last, story->versions[i].occurred_on);
    }
    struct day late = day_earlier(DAY_LAST, (struct day){last.number + random_between(random, 0, 600)});
    size_t count;
    const struct alert *alerts = lab_expected(lab, story, late, &count);
    for (int weight = 0; weight < 2; weight++) {
        for (size_t i = 0; i < count; i++) {
            add_candidate(candidates, alerts[i].raised_on);
            add_candidate(candidates, alerts[i].violation_on);
            add_candidate(candidates, alerts[i].due_on);
            add_candidate(candidates, alerts[i].resolved_on);
        }
    }
    add_candidate(candidates, late);
}

struct day candidates_random(const struct candidates *candidates, struct random_source *random)
{
    return candidates->days[random_between(random, 0, (int)candidates->count - 1)];
}
