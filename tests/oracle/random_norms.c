#include "random_norms.h"

#define FIRST_OF_2022 18993
#define FIRST_OF_2029 21550
#define MIDDLE_OF_JUNE_2026 20616 /* the 12th: two months instead of three */

void default_norms(struct norms *norms)
{
    *norms = (struct norms){
        .adult_months = 216,
        .aged_out_months = 228,
        .school_age_months = 60,
        .transfer_days = 3,
        .move_ends_enrollment = true,
        .stay_scope = STAY_SCOPE_CONTINUOUS,
        .stay_months = {.norms = {{DAY_FIRST, 6, false}}, .count = 1},
        .stay_notice_days = 30,
        .stay_severe_months = 12,
        .school_months = {.norms = {{DAY_FIRST, 3, false}, {{MIDDLE_OF_JUNE_2026}, 2, true}}, .count = 2},
        .school_notice_days = 30,
        .school_severe_months = 6,
        .gap_grace_school_days = 5,
        .severe_school_days = 20,
        .repeated_moves = 3,
        .repeated_moves_months = 12,
    };
}

static void random_dated(struct random_source *random, struct dated_norms *norms, bool may_defer)
{
    norms->count = random_between(random, 1, 4);
    bool soon_after_each_other = random_chance(random, 50);
    int most = soon_after_each_other ? 90 : (FIRST_OF_2029 - FIRST_OF_2022) / 3;
    int first = random_between(random, FIRST_OF_2022, FIRST_OF_2029);
    struct day from = DAY_FIRST;
    for (int i = 0; i < norms->count; i++) {
        norms->norms[i] = (struct dated_norm){from, random_between(random, 1, 9),
                                              random_chance(random, 50) && may_defer};
        from = (struct day){i == 0 ? first : from.number + random_between(random, 1, most)};
    }
}

/* Each number keeps its default in some stories, so that one odd value is also seen among usual ones. */
static void change(struct random_source *random, int *norm, int least, int most)
{
    if (random_chance(random, 50))
        *norm = random_between(random, least, most);
}

void random_norms(struct random_source *random, struct norms *norms)
{
    default_norms(norms);
    if (random_chance(random, 35))
        return;
    norms->stay_scope = random_chance(random, 50) ? STAY_SCOPE_LOCATION : STAY_SCOPE_CONTINUOUS;
    norms->move_ends_enrollment = random_chance(random, 70);
    if (random_chance(random, 60))
        random_dated(random, &norms->stay_months, false);
    if (random_chance(random, 60))
        random_dated(random, &norms->school_months, true);
    change(random, &norms->transfer_days, 0, 10);
    change(random, &norms->stay_notice_days, 0, 90);
    change(random, &norms->stay_severe_months, 1, 24);
    change(random, &norms->school_notice_days, 0, 90);
    change(random, &norms->school_severe_months, 1, 12);
    change(random, &norms->gap_grace_school_days, 0, 12);
    change(random, &norms->severe_school_days, 0, 40);
    change(random, &norms->repeated_moves, 1, 5);
    change(random, &norms->repeated_moves_months, 1, 24);
    if (random_chance(random, 20)) {
        norms->adult_months = random_between(random, 200, 230);
        norms->aged_out_months = norms->adult_months + random_between(random, -6, 24);
        norms->school_age_months = random_between(random, 1, 84);
    }
}
