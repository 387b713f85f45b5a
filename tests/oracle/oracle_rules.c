#include "oracle_rules.h"

#include <assert.h>
#include <stdlib.h>

struct finding *find(struct oracle *oracle, int rule, const struct fact *cause)
{
    if (oracle->finding_count == oracle->finding_capacity) {
        oracle->finding_capacity = 2 * oracle->finding_capacity + 16;
        oracle->findings = realloc(oracle->findings, oracle->finding_capacity * sizeof *oracle->findings);
        assert(oracle->findings != NULL);
    }
    struct finding *finding = &oracle->findings[oracle->finding_count++];
    *finding = (struct finding){.rule = (uint8_t)rule,
                                .cause = cause,
                                .from = {DAY_NEVER, DAY_NEVER, DAY_NEVER},
                                .end = DAY_NEVER,
                                .due_on = DAY_ABSENT};
    return finding;
}

const struct dated_norm *norm_in_force(const struct dated_norms *norms, struct day day)
{
    const struct dated_norm *in_force = &norms->norms[0];
    for (int i = 1; i < norms->count; i++)
        if (norms->norms[i].from.number <= day.number)
            in_force = &norms->norms[i];
    return in_force;
}

struct day first_day_over(const struct oracle *oracle, const struct dated_norms *norms, struct day start,
                          struct day earliest)
{
    struct day day = earliest;
    while (day.number <= almanac_add_months(oracle->almanac, start, norm_in_force(norms, day)->months).number)
        day = next_day(day);
    return day;
}

void oracle_apply_rules(struct oracle *oracle)
{
    oracle->finding_count = 0;
    for (struct day day = next_day(oracle->first); until_today(oracle, day); day = next_day(day)) {
        if (day_row(oracle, day)->home == NULL)
            continue;
        if (starts_emergency_stay(oracle, day))
            emergency_stay(oracle, day);
        if (day_row(oracle, day)->opener != NULL)
            no_school(oracle, day);
        if (interrupts_school(oracle, day))
            school_move(oracle, day);
        if (loses_school(oracle, day))
            school_gap(oracle, day);
        if (starts_repeated_moves(oracle, day))
            repeated_moves(oracle, day);
    }
}
