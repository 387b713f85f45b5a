#include "trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_norms.h"
#include "show.h"

uint64_t trial_setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* Leaves out whatever the failure does not need. */
static void shrink(struct lab *lab, const struct property *property, struct story *story, struct day today)
{
    static struct story smaller; /* large */
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < story->count && story->count > 1; i++) {
            smaller = *story;
            memmove(&smaller.versions[i], &smaller.versions[i + 1], (smaller.count - i - 1) * sizeof *smaller.versions);
            smaller.count--;
            if (property->holds(lab, &smaller, today))
                continue;
            *story = smaller;
            again = true;
            i--;
        }
    }
    smaller = *story;
    smaller.calendar = 1; /* none */
    if (!property->holds(lab, &smaller, today))
        *story = smaller;
    default_norms(&smaller.norms);
    if (!property->holds(lab, &smaller, today))
        *story = smaller;
}

static void tell_failure(struct lab *lab, const struct property *property, const struct story *story, struct day today)
{
    const struct almanac *almanac = lab_almanac(lab, story);
    property->holds(lab, story, today); /* for its reason */
    fprintf(stderr, "\n%s: %s\nseed %llu, today ", property->name, lab->why, (unsigned long long)story->seed);
    show_day(stderr, almanac, today);
    fprintf(stderr, " = day %d, calendar %llu; again with PA_SEED=%llu PA_ROUNDS=1\n", today.number,
            (unsigned long long)story->calendar, (unsigned long long)story->seed);
    show_norms(stderr, almanac, &story->norms);
    for (size_t i = 0; i < story->count; i++)
        show_fact(stderr, almanac, &story->versions[i]);
    if (property->tell != NULL)
        property->tell(lab, story, today);
}

bool trial_holds(struct lab *lab, const struct property *property, const struct story *story, struct day today)
{
    if (property->holds(lab, story, today))
        return true;
    static struct story shrunk; /* large */
    shrunk = *story;
    shrink(lab, property, &shrunk, today);
    tell_failure(lab, property, &shrunk, today);
    return false;
}
