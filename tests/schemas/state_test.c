/* Protects what is known of a child: its state is what it was after it was written and read, whatever it holds; bytes
 * that are no state are refused, wherever they end or are flipped; and it is as small as the memory of a million
 * children asks. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "avro_c.h"
#include "random_child.h"
#include "schemas/avro_bytes.h"
#include "schemas/instant.h"
#include "schemas/state.h"

#define CHILDREN 3000
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
        random_child_texts(&random);
        random_child(&random, &original, random_below(&random, 30), random_below(&random, 12));
        go_there_and_back(&original);
    }
}

static void the_largest_child_is_what_it_was(void **state)
{
    struct random random = random_begin("the largest child is what it was");
    (void)state;
    random_child_texts(&random);
    random_child(&random, &original, CHILD_FACTS_MAX, 3 * CHILD_FACTS_MAX);
    go_there_and_back(&original);
}

static void what_ends_early_or_late_is_no_state(void **state)
{
    struct random random = random_begin("what ends early or late is no state");
    (void)state;
    random_child_texts(&random);
    for (int i = 0; i < 50; i++) {
        random_child(&random, &original, 1 + random_below(&random, 10), random_below(&random, 6));
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
    random_child_texts(&random);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        random_child(&random, &original, 1, 0);
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
    random_child_texts(&random);
    for (int i = 0; i < 100; i++) {
        bool swap = random_chance(&random, 50);
        random_child(&random, &original, 2 + random_below(&random, 5), 0);
        struct fact fact = original.facts[0];
        original.facts[0] = original.facts[1];
        original.facts[1] = swap ? fact : original.facts[0];
        size_t bound = state_size_bound(&original);
        uint8_t *bytes = malloc(bound);
        assert_false(state_read(bytes, state_write(&original, bytes, bound), original.child_id, &copy));
        free(bytes);
        random_child(&random, &original, 5, 12);
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
    random_child_texts(&random);
    for (int i = 0; i < 200; i++) {
        random_child(&random, &original, 1 + random_below(&random, 6), random_below(&random, 4));
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
        double start = cpu_ms();
        if (state_read(bytes, length, text_of("c"), &copy))
            fail_msg("%s", claims[i]);
        assert_true(cpu_ms() - start < 50);
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
    };
    return cmocka_run_group_tests(tests, begin, end);
}
