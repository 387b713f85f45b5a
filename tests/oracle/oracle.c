#include "oracle.h"

#include <assert.h>
#include <stdlib.h>

#include "oracle_child.h"

#define DAYS_MAX 110000 /* from 1899-12-31 to 2199-12-31 and then some; pages never touched cost nothing */

struct oracle *oracle_new(void)
{
    struct oracle *oracle = calloc(1, sizeof *oracle);
    struct child_day *days = malloc(DAYS_MAX * sizeof *days);
    if (oracle == NULL || days == NULL) {
        free(oracle);
        free(days);
        return NULL;
    }
    oracle->days = days;
    return oracle;
}

void oracle_free(struct oracle *oracle)
{
    if (oracle == NULL)
        return;
    free(oracle->versions);
    free(oracle->facts);
    free(oracle->days);
    free(oracle->findings);
    free(oracle->alerts);
    free(oracle);
}

/* The highest level reached before the end, and by today. */
static enum level level_reached(const struct oracle *oracle, const struct finding *finding)
{
    enum level reached = finding->reported_anyway ? LEVEL_VIOLATION : LEVEL_NOTICE;
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (finding->from[level].number < finding->end.number && finding->from[level].number <= oracle->today.number)
            reached = (enum level)level;
    return reached;
}

static struct day earlier(struct day a, struct day b)
{
    return a.number < b.number ? a : b;
}

/* rules.md 5: what a finding is today; false where it is no alert. */
static bool alert_of(const struct oracle *oracle, const struct finding *finding, struct alert *alert)
{
    struct day severe_or_violation = earlier(finding->from[LEVEL_VIOLATION], finding->from[LEVEL_SEVERE]);
    struct day raised = earlier(finding->from[LEVEL_NOTICE], severe_or_violation);
    if (raised.number > oracle->today.number || (finding->end.number <= raised.number && !finding->reported_anyway))
        return false;
    bool resolved = finding->end.number <= oracle->today.number;
    *alert = (struct alert){.cause = finding->cause->event_id,
                            .rule = finding->rule,
                            .level = level_reached(oracle, finding),
                            .state = resolved ? ALERT_RESOLVED : ALERT_OPEN,
                            .raised_on = raised,
                            .violation_on = DAY_ABSENT,
                            .due_on = finding->due_on,
                            .resolved_on = resolved ? finding->end : DAY_ABSENT,
                            .resolution = resolved ? finding->resolution : RESOLUTION_NONE,
                            .norm_months = finding->norm_months,
                            .unaccompanied = oracle->unaccompanied};
    if (alert->level != LEVEL_NOTICE)
        alert->violation_on = severe_or_violation;
    struct day spoken_of = oracle->today;
    if (resolved && raised.number < finding->end.number)
        spoken_of = day_before_it(finding->end);
    else if (resolved)
        spoken_of = raised;
    alert->place = *day_row(oracle, spoken_of)->home;
    return true;
}

static int by_rule_then_cause(const void *left, const void *right)
{
    const struct alert *a = left, *b = right;
    return a->rule != b->rule ? a->rule - b->rule : uuid_compare(&a->cause, &b->cause);
}

bool oracle_look(struct oracle *oracle, const struct fact *versions, size_t version_count, const struct norms *norms,
                 const struct almanac *almanac, struct day today)
{
    oracle->norms = norms;
    oracle->almanac = almanac;
    oracle->today = today;
    oracle->finding_count = 0;
    oracle_choose_facts(oracle, versions, version_count);
    oracle_read_profile(oracle);
    if (oracle->fact_count == 0 || oracle->facts[0].occurred_on.number > today.number)
        return false;
    oracle->first = day_before_it(oracle->facts[0].occurred_on);
    assert(today.number - oracle->first.number < DAYS_MAX);
    oracle_walk(oracle);
    oracle_apply_rules(oracle);
    return true;
}

const struct alert *oracle_alerts(struct oracle *oracle, const struct fact *versions, size_t version_count,
                                  const struct norms *norms, const struct almanac *almanac, struct day today,
                                  size_t *count)
{
    *count = 0;
    if (!oracle_look(oracle, versions, version_count, norms, almanac, today))
        return oracle->alerts;
    oracle->alerts = realloc(oracle->alerts, (oracle->finding_count + 1) * sizeof *oracle->alerts);
    assert(oracle->alerts != NULL);
    for (size_t i = 0; i < oracle->finding_count; i++)
        *count += alert_of(oracle, &oracle->findings[i], &oracle->alerts[*count]);
    qsort(oracle->alerts, *count, sizeof *oracle->alerts, by_rule_then_cause);
    return oracle->alerts;
}
