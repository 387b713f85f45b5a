#include "random_child.h"

#include <stdlib.h>
#include <string.h>

#include "schemas/instant.h"

#define POOL 24

static char pool[POOL][ID_LENGTH_MAX + 1];

void random_child_texts(struct random *random)
{
    for (int i = 0; i < POOL; i++) {
        size_t length = random_chance(random, 5) ? ID_LENGTH_MAX : 1 + random_below(random, 12);
        for (size_t c = 0; c < length; c++)
            pool[i][c] = "abcdefghijklmnopqrstuvwxyz-0123456789"[random_below(random, 37)];
        pool[i][length] = '\0';
    }
}

static struct day random_day(struct random *random)
{
    if (random_chance(random, 3))
        return random_chance(random, 50) ? DAY_FIRST : DAY_LAST;
    return (struct day){19800 + (int32_t)random_below(random, 900)};
}

static struct day random_optional_day(struct random *random)
{
    return random_chance(random, 40) ? DAY_ABSENT : random_day(random);
}

static struct place random_place(struct random *random)
{
    return (struct place){text_of(pool[random_below(random, POOL)]),
                          (enum location_kind)random_below(random, LOCATION_KIND_COUNT),
                          (enum region)random_below(random, REGION_COUNT)};
}

static int64_t instant_clamped(int64_t ms)
{
    return ms < INSTANT_FIRST_MS ? INSTANT_FIRST_MS : ms > INSTANT_LAST_MS ? INSTANT_LAST_MS : ms;
}

static struct fact random_fact(struct random *random)
{
    struct fact fact = {.kind = (enum fact_kind)random_below(random, FACT_KIND_COUNT),
                        .occurred_on = random_day(random)};
    for (int i = 0; i < 16; i++)
        fact.event_id.bytes[i] = (uint8_t)random_next(random);
    fact.recorded_at_ms = random_chance(random, 90) ? fact.occurred_on.number * INT64_C(86400000) +
                                                          (int64_t)random_below(random, 300000000) - 100000000
                                                    : (int64_t)random_below(random, 2000000000) * 1000;
    fact.recorded_at_ms = instant_clamped(fact.recorded_at_ms);
    fact.first_recorded_at_ms = instant_clamped(fact.recorded_at_ms -
                                                (random_chance(random, 80) ? 0 : random_below(random, 2000000000)));
    fact.retracted = random_chance(random, 10);
    fact.sequence = random_chance(random, 5) ? UINT32_MAX : random_below(random, 200);
    fact.birth_date = fact.applied_on = DAY_ABSENT;
    if (fact.kind == FACT_ARRIVED) {
        fact.birth_date = random_optional_day(random);
        fact.applied_on = random_optional_day(random);
        fact.unaccompanied = (enum answer)random_below(random, 3);
    }
    if (fact.kind >= FACT_ENROLLED && !random_chance(random, 5))
        fact.school_id = text_of(pool[random_below(random, POOL)]);
    if (fact.kind < FACT_ENROLLED && !random_chance(random, 10))
        fact.place = random_place(random);
    return fact;
}

static struct uuid random_fact_id(struct random *random, const struct child *child)
{
    return child->facts[random_below(random, child->fact_count)].event_id;
}

static struct alert random_alert(struct random *random, const struct child *child)
{
    struct alert alert = {.cause = random_fact_id(random, child),
                          .rule = (uint8_t)random_below(random, RULE_COUNT),
                          .level = (enum level)random_below(random, LEVEL_COUNT),
                          .state = (enum alert_state)random_below(random, ALERT_STATE_COUNT),
                          .raised_on = random_day(random),
                          .violation_on = random_optional_day(random),
                          .due_on = random_optional_day(random),
                          .resolved_on = random_optional_day(random),
                          .resolution = (enum resolution)random_below(random, RESOLUTION_COUNT),
                          .norm_months = (int)random_below(random, 13),
                          .unaccompanied = (enum answer)random_below(random, 3),
                          .revision = 1 + random_below(random, 100),
                          .sequence = random_below(random, 300)};
    alert.place = random_chance(random, 50) ? random_place(random)
                                            : child->facts[random_below(random, child->fact_count)].place;
    if (random_chance(random, 20))
        alert.withdrawn_by = random_fact_id(random, child);
    if (random_chance(random, 20))
        alert.replaced_by = random_fact_id(random, child);
    return alert;
}

static int compare_facts(const void *a, const void *b)
{
    return uuid_compare(&((const struct fact *)a)->event_id, &((const struct fact *)b)->event_id);
}

static int compare_alerts(const void *a, const void *b)
{
    const struct alert *one = a, *other = b;
    return one->rule != other->rule ? one->rule - other->rule : uuid_compare(&one->cause, &other->cause);
}

void random_child(struct random *random, struct child *child, uint32_t facts, uint32_t alerts)
{
    child_reset(child, text_of("child-1"));
    child->next_change_on = random_chance(random, 20)   ? DAY_NEVER
                            : random_chance(random, 20) ? DAY_FIRST
                                                        : random_day(random);
    child->forgotten_at_ms = random_chance(random, 80) ? NEVER_FORGOTTEN
                                                       : (int64_t)random_below(random, 2000000000) * 999;
    child->sequence = random_chance(random, 5) ? UINT32_MAX : random_below(random, 1000);
    for (; child->fact_count < facts; child->fact_count++)
        child->facts[child->fact_count] = random_fact(random);
    qsort(child->facts, child->fact_count, sizeof *child->facts, compare_facts);
    for (uint32_t i = 0; facts > 0 && i < alerts; i++)
        child->alerts[i] = random_alert(random, child);
    qsort(child->alerts, facts > 0 ? alerts : 0, sizeof *child->alerts, compare_alerts);
    for (uint32_t i = 0; facts > 0 && i < alerts; i++) /* a rule and a cause are one alert */
        if (i == 0 || compare_alerts(&child->alerts[child->alert_count - 1], &child->alerts[i]) != 0)
            child->alerts[child->alert_count++] = child->alerts[i];
}

/* --- equality, field by field ------------------------------------------------------------------------------------- */

static void assert_same_place(const struct place *a, const struct place *b)
{
    assert_true(text_equal(a->location_id, b->location_id));
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->region, b->region);
}

static void assert_same_fact(const struct fact *a, const struct fact *b)
{
    assert_true(uuid_equal(&a->event_id, &b->event_id));
    assert_true(a->recorded_at_ms == b->recorded_at_ms);
    assert_true(a->first_recorded_at_ms == b->first_recorded_at_ms);
    assert_int_equal(a->occurred_on.number, b->occurred_on.number);
    assert_int_equal(a->birth_date.number, b->birth_date.number);
    assert_int_equal(a->applied_on.number, b->applied_on.number);
    assert_same_place(&a->place, &b->place);
    assert_true(text_equal(a->school_id, b->school_id));
    assert_true(a->sequence == b->sequence);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->unaccompanied, b->unaccompanied);
    assert_int_equal(a->retracted, b->retracted);
}

static void assert_same_alert(const struct alert *a, const struct alert *b)
{
    assert_true(alert_same(a, b));
    assert_true(uuid_equal(&a->cause, &b->cause));
    assert_int_equal(a->rule, b->rule);
    assert_int_equal(a->resolution, b->resolution);
    assert_int_equal(a->resolved_on.number, b->resolved_on.number);
    assert_same_place(&a->place, &b->place);
    assert_true(a->revision == b->revision);
    assert_true(a->sequence == b->sequence);
    assert_true(uuid_equal(&a->withdrawn_by, &b->withdrawn_by));
    assert_true(uuid_equal(&a->replaced_by, &b->replaced_by));
}

void assert_same_child(const struct child *a, const struct child *b)
{
    assert_int_equal(a->next_change_on.number, b->next_change_on.number);
    assert_true(a->forgotten_at_ms == b->forgotten_at_ms);
    assert_true(a->sequence == b->sequence);
    assert_int_equal(a->fact_count, b->fact_count);
    assert_int_equal(a->alert_count, b->alert_count);
    for (uint32_t i = 0; i < a->fact_count; i++)
        assert_same_fact(&a->facts[i], &b->facts[i]);
    for (uint32_t i = 0; i < a->alert_count; i++)
        assert_same_alert(&a->alerts[i], &b->alerts[i]);
}

/* Avro C, which knows nothing but state.avsc, finds the same things there. */
