/* Protects what is known of a child: its state is what it was after it was written and read, whatever it holds; bytes
 * that are no state are refused, wherever they end or are flipped; and it is as small as the memory of a million
 * children asks. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "avro_c.h"
#include "schemas/avro_bytes.h"
#include "schemas/instant.h"
#include "schemas/state.h"

#define CHILDREN 3000
#define POOL 24

static char pool[POOL][ID_LENGTH_MAX + 1];

/* --- random children --------------------------------------------------------------------------------------------- */

static void fill_pool(struct random *random)
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

static void make_child(struct random *random, struct child *child, uint32_t facts, uint32_t alerts)
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

/* --- equality, field by field ------------------------------------------------------------------------------------ */

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

static void assert_same_child(const struct child *a, const struct child *b)
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
static void assert_avro_c_agrees(const struct child *child, const uint8_t *bytes, size_t length)
{
    struct avro_c record;
    avro_c_read(&record, SCHEMA_STATE, bytes, length);
    avro_value_t next_change_on = avro_c_field(&record.value, "next_change_on");
    avro_value_t sequence = avro_c_field(&record.value, "sequence");
    avro_value_t facts = avro_c_field(&record.value, "facts"), alerts = avro_c_field(&record.value, "alerts");
    assert_int_equal(avro_c_number(&next_change_on), child->next_change_on.number);
    assert_true(avro_c_number(&sequence) == child->sequence);
    assert_int_equal(avro_c_count(&facts), child->fact_count);
    assert_int_equal(avro_c_count(&alerts), child->alert_count);
    int64_t day = 0;
    for (uint32_t i = 0; i < child->fact_count; i++) {
        const struct fact *fact = &child->facts[i];
        avro_value_t item = avro_c_item(&facts, i);
        avro_value_t days = avro_c_field(&item, "occurred_on"), ms = avro_c_field(&item, "recorded_at");
        avro_value_t kind = avro_c_field(&item, "kind"), event_id = avro_c_field(&item, "event_id");
        const void *uuid;
        size_t size;
        assert_int_equal(avro_value_get_fixed(&event_id, &uuid, &size), 0);
        assert_memory_equal(uuid, fact->event_id.bytes, 16);
        day += avro_c_number(&days);
        assert_int_equal(day, fact->occurred_on.number);
        assert_true(day * 86400000 + avro_c_number(&ms) == fact->recorded_at_ms);
        assert_string_equal(avro_c_string(&kind), fact_kind_names[fact->kind]);
    }
    for (uint32_t i = 0; i < child->alert_count; i++) {
        avro_value_t item = avro_c_item(&alerts, i);
        avro_value_t cause = avro_c_field(&item, "cause"), state = avro_c_field(&item, "state");
        avro_value_t resolution = avro_c_field(&item, "resolution"), revision = avro_c_field(&item, "revision");
        assert_true(uuid_equal(&child->facts[avro_c_number(&cause)].event_id, &child->alerts[i].cause));
        assert_string_equal(avro_c_string(&state), alert_state_names[child->alerts[i].state]);
        assert_string_equal(avro_c_string(&resolution), resolution_names[child->alerts[i].resolution]);
        assert_true(avro_c_number(&revision) == child->alerts[i].revision);
    }
    avro_c_free(&record);
}

/* --- tests ------------------------------------------------------------------------------------------------------- */

static struct child original, copy;

static int begin(void **state)
{
    (void)state;
    return !(child_init(&original) && child_init(&copy));
}

static int end(void **state)
{
    (void)state;
    child_fini(&original);
    child_fini(&copy);
    return 0;
}

/* Writes into exactly as much memory as was asked for, and again from what was read. */
static void go_there_and_back(const struct child *child)
{
    struct day next_change_on;
    size_t bound = state_size_bound(child);
    uint8_t *bytes = malloc(bound), *again = malloc(bound);
    size_t length = state_write(child, bytes, bound);
    assert_true(length > 0 && length <= bound);
    assert_true(state_read(bytes, length, child->child_id, &copy));
    assert_same_child(child, &copy);
    assert_true(text_equal(copy.child_id, child->child_id));
    assert_true(state_peek(bytes, length, &next_change_on));
    assert_int_equal(next_change_on.number, child->next_change_on.number);
    assert_int_equal(state_write(&copy, again, bound), length);
    assert_memory_equal(bytes, again, length);
    assert_avro_c_agrees(child, bytes, length);
    free(bytes);
    free(again);
}

static void a_child_is_what_it_was(void **state)
{
    struct random random = random_begin("a child is what it was");
    (void)state;
    for (int i = 0; i < CHILDREN; i++) {
        fill_pool(&random);
        make_child(&random, &original, random_below(&random, 30), random_below(&random, 12));
        go_there_and_back(&original);
    }
}

static void the_largest_child_is_what_it_was(void **state)
{
    struct random random = random_begin("the largest child is what it was");
    (void)state;
    fill_pool(&random);
    make_child(&random, &original, CHILD_FACTS_MAX, 3 * CHILD_FACTS_MAX);
    go_there_and_back(&original);
}

static void what_ends_early_or_late_is_no_state(void **state)
{
    struct random random = random_begin("what ends early or late is no state");
    (void)state;
    fill_pool(&random);
    for (int i = 0; i < 50; i++) {
        make_child(&random, &original, 1 + random_below(&random, 10), random_below(&random, 6));
        size_t bound = state_size_bound(&original);
        uint8_t *bytes = malloc(bound + 1);
        size_t length = state_write(&original, bytes, bound);
        for (size_t cut = 0; cut < length; cut++) {
            uint8_t *exact = malloc(cut + 1); /* at the end of its memory */
            memcpy(exact + 1, bytes, cut);
            assert_false(state_read(exact + 1, cut, original.child_id, &copy));
            free(exact);
        }
        bytes[length] = 0;
        assert_false(state_read(bytes, length + 1, original.child_id, &copy));
        free(bytes);
    }
}

/* An instant that no event can have could not be told either. */
static void what_no_event_can_have_is_no_state(void **state)
{
    static const struct {
        int64_t recorded_at_ms, first_recorded_at_ms;
        bool is_read;
    } rows[] = {
        {INSTANT_FIRST_MS, INSTANT_FIRST_MS, true},      {INSTANT_LAST_MS, INSTANT_FIRST_MS, true},
        {INSTANT_LAST_MS + 1, INSTANT_LAST_MS, false},   {INSTANT_FIRST_MS - 1, INSTANT_FIRST_MS - 1, false},
        {INSTANT_FIRST_MS, INSTANT_FIRST_MS - 1, false}, {INT64_MAX / 2, 0, false},
    };
    struct random random = random_begin("what no event can have is no state");
    (void)state;
    fill_pool(&random);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        make_child(&random, &original, 1, 0);
        original.facts[0].recorded_at_ms = rows[i].recorded_at_ms;
        original.facts[0].first_recorded_at_ms = rows[i].first_recorded_at_ms;
        size_t bound = state_size_bound(&original);
        uint8_t *bytes = malloc(bound);
        assert_int_equal(state_read(bytes, state_write(&original, bytes, bound), original.child_id, &copy),
                         rows[i].is_read);
        free(bytes);
    }
}

/* What reads a state searches it by event_id and rule: out of order, or twice, it is no state. */
static void what_is_out_of_order_is_no_state(void **state)
{
    struct random random = random_begin("what is out of order is no state");
    (void)state;
    fill_pool(&random);
    for (int i = 0; i < 100; i++) {
        bool swap = random_chance(&random, 50);
        make_child(&random, &original, 2 + random_below(&random, 5), 0);
        struct fact fact = original.facts[0];
        original.facts[0] = original.facts[1];
        original.facts[1] = swap ? fact : original.facts[0];
        size_t bound = state_size_bound(&original);
        uint8_t *bytes = malloc(bound);
        assert_false(state_read(bytes, state_write(&original, bytes, bound), original.child_id, &copy));
        free(bytes);
        make_child(&random, &original, 5, 12);
        if (original.alert_count < 2)
            continue;
        struct alert alert = original.alerts[0];
        original.alerts[0] = original.alerts[1];
        original.alerts[1] = swap ? alert : original.alerts[0];
        bytes = malloc(bound = state_size_bound(&original));
        assert_false(state_read(bytes, state_write(&original, bytes, bound), original.child_id, &copy));
        free(bytes);
    }
}

/* Flipped bits may still make a state, but reading them harms nothing, and what was read can be used. */
static void flipped_bits_do_no_harm(void **state)
{
    struct random random = random_begin("flipped bits do no harm");
    uint32_t refused = 0;
    (void)state;
    fill_pool(&random);
    for (int i = 0; i < 200; i++) {
        make_child(&random, &original, 1 + random_below(&random, 6), random_below(&random, 4));
        size_t bound = state_size_bound(&original);
        uint8_t *bytes = malloc(bound);
        size_t length = state_write(&original, bytes, bound);
        for (size_t bit = 0; bit < 8 * length; bit++) {
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            if (!state_read(bytes, length, original.child_id, &copy))
                refused++;
            else
                assert_true(copy.fact_count <= CHILD_FACTS_MAX && copy.alert_count <= CHILD_ALERTS_MAX);
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        free(bytes);
    }
    assert_true(refused > 1000);
}

/* Counts that claim what is not there, and a format that is not ours. */
static void claims_are_not_believed(void **state)
{
    static const char *const claims[] = {
        "02 00 00 fe ff ff ff 0f",       /* 2^31 - 1 facts */
        "02 00 00 82 40",                /* 4097 of them */
        "02 00 00 01 02",                /* a block with a size, which is not how we write */
        "02 00 00 00 82 c0 02",          /* 20481 alerts */
        "02 00 00 00 02 00 00",          /* an alert of no fact */
        "02 04",                         /* no such branch */
        "02 00 01",                      /* a sequence below zero */
        "fe ff ff ff ff 01 00 00 00 00", /* no day */
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(claims); i++) {
        uint8_t bytes[64];
        struct avro_writer writer = {bytes, bytes + sizeof bytes, false};
        avro_put_framing(&writer, newest_schemas[SCHEMA_STATE].fingerprint);
        size_t length = AVRO_FRAMING_BYTES + bytes_of(claims[i], bytes + AVRO_FRAMING_BYTES, 32);
        double start = now_ms();
        if (state_read(bytes, length, text_of("c"), &copy))
            fail_msg("%s", claims[i]);
        assert_true(now_ms() - start < 50);
    }
    uint8_t ours[] = {0xc3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0};
    struct day day;
    assert_false(state_peek(ours, sizeof ours, &day));
}

/* A child as the register has them: short ids, days within two years. What the memory of a million children is planned
 * with. */
static void a_usual_child_is_small(void **state)
{
    (void)state;
    child_reset(&original, text_of("c-0001742"));
    for (uint8_t i = 0; i < 10; i++) {
        struct fact *fact = &original.facts[original.fact_count++];
        *fact = (struct fact){.event_id = {{(uint8_t)(i * 25), 0x8f}},
                              .occurred_on = {20178 + i * 31},
                              .birth_date = i == 0 ? (struct day){16565} : DAY_ABSENT,
                              .applied_on = DAY_ABSENT,
                              .kind = i == 0       ? FACT_ARRIVED
                                      : i % 2 == 0 ? FACT_MOVED
                                                   : FACT_ENROLLED,
                              .sequence = i};
        fact->recorded_at_ms = fact->first_recorded_at_ms = fact->occurred_on.number * INT64_C(86400000) + 36000000;
        if (fact->kind == FACT_ENROLLED)
            fact->school_id = text_of(i < 6 ? "s-12" : "s-7");
        else
            fact->place = (struct place){text_of(i < 5 ? "nood-142" : "azc-31"), LOCATION_EMERGENCY, REGION_NORTH};
    }
    uint8_t bytes[4096];
    original.next_change_on = (struct day){20500};
    size_t with_facts = state_write(&original, bytes, sizeof bytes);
    for (uint8_t i = 0; i < 5; i++)
        original.alerts[original.alert_count++] = (struct alert){.cause = original.facts[i].event_id,
                                                                 .rule = i,
                                                                 .raised_on = {20300},
                                                                 .violation_on = {20330},
                                                                 .due_on = {20329},
                                                                 .resolved_on = DAY_ABSENT,
                                                                 .norm_months = 6,
                                                                 .place = original.facts[0].place,
                                                                 .revision = 2,
                                                                 .sequence = 9};
    size_t with_alerts = state_write(&original, bytes, sizeof bytes);
    original.fact_count = original.alert_count = 0;
    size_t alone = state_write(&original, bytes, sizeof bytes);
    printf("a child %zu bytes, a fact %.1f, an alert %.1f\n", alone, (double)(with_facts - alone) / 10,
           (double)(with_alerts - with_facts) / 5);
    assert_true(alone <= 20);
    assert_true(with_facts - alone <= 10 * 32);
    assert_true(with_alerts - with_facts <= 5 * 25);
}

/* --- progress ---------------------------------------------------------------------------------------------------- */

static void progress_is_what_it_was(void **state)
{
    struct progress progress = {.next_offset = {0, 17, INT64_MAX},
                                .judged_through = {20500},
                                .yardstick_hash = UINT64_MAX - 3,
                                .transactional_id = text_of("placement-alerts-a-0-1"),
                                .cluster_id = text_of("MkU3OEVBNTcwNTJENDM2Qk")};
    struct progress read;
    struct avro_c record;
    uint8_t bytes[PROGRESS_BYTES_MAX];
    (void)state;
    for (int judged = 0; judged < 2; judged++) {
        progress.judged_through = judged ? (struct day){20500} : DAY_ABSENT;
        size_t length = progress_write(&progress, bytes, sizeof bytes);
        assert_true(progress_read(bytes, length, &read));
        for (int i = 0; i < STATE_INPUTS; i++)
            assert_true(read.next_offset[i] == progress.next_offset[i]);
        assert_int_equal(read.judged_through.number, progress.judged_through.number);
        assert_true(read.yardstick_hash == progress.yardstick_hash);
        assert_true(text_equal(read.transactional_id, progress.transactional_id));
        assert_true(text_equal(read.cluster_id, progress.cluster_id));
        avro_c_read(&record, SCHEMA_PROGRESS, bytes, length);
        avro_value_t offset = avro_c_field(&record.value, "move_offset");
        avro_value_t id = avro_c_field(&record.value, "transactional_id");
        avro_value_t day = avro_c_field(&record.value, "judged_through");
        assert_int_equal(avro_c_number(&offset), 17);
        assert_string_equal(avro_c_string(&id), "placement-alerts-a-0-1");
        assert_int_equal(avro_c_is_null(&day), !judged);
        avro_c_free(&record);
        for (size_t cut = 0; cut < length; cut++)
            assert_false(progress_read(bytes, cut, &read));
        for (size_t size = 0; size < length; size++)
            assert_int_equal(progress_write(&progress, bytes, size), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_is_what_it_was),
        cmocka_unit_test(the_largest_child_is_what_it_was),
        cmocka_unit_test(what_ends_early_or_late_is_no_state),
        cmocka_unit_test(what_no_event_can_have_is_no_state),
        cmocka_unit_test(what_is_out_of_order_is_no_state),
        cmocka_unit_test(flipped_bits_do_no_harm),
        cmocka_unit_test(claims_are_not_believed),
        cmocka_unit_test(a_usual_child_is_small),
        cmocka_unit_test(progress_is_what_it_was),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
