/* Protects what `forget --wait` waits for: that it does not end while anything of the child is left, nor wait for what
 * rightly came after the wish.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/forgetting_evidence.h"
#include "schemas/alert_record.h"
#include "tests/support/single_object.h"

#define WISH_MS 1000

static const struct text child_id = {"k-1", 3}, other_id = {"k-2", 3};

static struct fact fact_of(uint8_t number, int64_t recorded_at_ms)
{
    return (struct fact){.event_id.bytes = {[15] = number},
                         .recorded_at_ms = recorded_at_ms,
                         .occurred_on = {20000},
                         .birth_date = DAY_ABSENT,
                         .applied_on = DAY_ABSENT,
                         .school_id = {"school", 6},
                         .kind = FACT_ENROLLED};
}

static struct alert alert_of(uint8_t cause)
{
    return (struct alert){.cause.bytes = {[15] = cause},
                          .raised_on = {20000},
                          .violation_on = {20000},
                          .due_on = DAY_ABSENT,
                          .resolved_on = DAY_ABSENT,
                          .level = LEVEL_VIOLATION,
                          .place = {{"loc", 3}, LOCATION_CENTRE, REGION_NORTH},
                          .revision = 1};
}

static int set_up(void **state)
{
    static struct forgetting_evidence evidence;
    struct forgetting forgetting = {.child_id = child_id};
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        forgetting.tombstones[stream] = (struct wish_record){.offset = 10 + stream, .timestamp_ms = WISH_MS - stream};
    *state = &evidence;
    return forgetting_evidence_init(&evidence, &forgetting) ? 0 : -1;
}

static int tear_down(void **state)
{
    forgetting_evidence_fini(*state);
    return 0;
}

/* The child's state: forgotten at FORGOTTEN_AT_MS (0: never), then one fact, and an alert of it. */
static void see_state(struct forgetting_evidence *evidence, int64_t forgotten_at_ms, int64_t fact_recorded_at_ms)
{
    uint8_t bytes[4096];
    struct child child;
    assert_true(child_init(&child));
    child_reset(&child, child_id);
    if (forgotten_at_ms != 0)
        assert_true(child_forget(&child, forgotten_at_ms));
    if (fact_recorded_at_ms != 0) {
        const struct fact fact = fact_of(1, fact_recorded_at_ms);
        assert_int_equal(child_apply(&child, &fact), APPLIED);
        child.alerts[child.alert_count++] = alert_of(1);
    }
    const size_t length = state_write(&child, bytes, sizeof(bytes));
    child_fini(&child);
    assert_int_equal(forgetting_evidence_state(evidence, child_id, bytes, length), EVIDENCE_TAKEN);
}

static void see_progress(struct forgetting_evidence *evidence, int64_t placements, int64_t moves, int64_t enrollments)
{
    uint8_t bytes[PROGRESS_BYTES_MAX];
    const struct progress progress = {.next_offset = {placements, moves, enrollments}, .judged_through = DAY_ABSENT};
    const struct text key = {PROGRESS_KEY, sizeof(PROGRESS_KEY) - 1};
    const size_t length = progress_write(&progress, bytes, sizeof(bytes));
    assert_int_equal(forgetting_evidence_state(evidence, key, bytes, length), EVIDENCE_TAKEN);
}

static void see_published(struct forgetting_evidence *evidence, enum published what, struct text of, uint8_t cause,
                          bool is_tombstone)
{
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    char key[UUID_TEXT_SIZE];
    const struct alert alert = alert_of(cause);
    const struct alert_record record = alert_record_of(&alert, of, 5000);
    const size_t length = (what == PUBLISHED_ALERTS ? alert_record_write : violation_record_write)(
        &record, single_object(), bytes, sizeof(bytes));
    assert_int_not_equal(length, 0);
    uuid_format(&record.alert_id, key);
    const enum evidence seen = forgetting_evidence_published(evidence, what, (struct text){key, UUID_TEXT_SIZE - 1},
                                                             is_tombstone ? NULL : bytes, is_tombstone ? 0 : length);
    assert_int_equal(seen, EVIDENCE_TAKEN);
}

static void assert_sight(const struct forgetting_evidence *evidence, bool is_forgotten, uint32_t facts, uint32_t alerts,
                         uint32_t violations)
{
    const struct forgetting_sight sight = forgetting_evidence_weigh(evidence);
    assert_int_equal(sight.is_forgotten, is_forgotten);
    assert_int_equal(sight.facts, facts);
    assert_int_equal(sight.alerts, alerts);
    assert_int_equal(sight.violations, violations);
}

static void nothing_seen_is_not_forgotten(void **state)
{
    assert_sight(*state, false, 0, 0, 0);
    assert_false(forgetting_evidence_weigh(*state).is_ever_read);
}

static void a_state_is_forgotten_from_the_newest_wish_on(void **state)
{
    struct forgetting_evidence *evidence = *state;
    see_state(evidence, 0, WISH_MS);
    assert_sight(evidence, false, 1, 0, 0);
    see_state(evidence, WISH_MS - 1, 0);
    assert_sight(evidence, false, 0, 0, 0);
    see_state(evidence, WISH_MS, 0);
    assert_sight(evidence, true, 0, 0, 0);
    see_state(evidence, WISH_MS + 500, 0); /* asked again */
    assert_sight(evidence, true, 0, 0, 0);
}

static void a_state_that_is_gone_needs_every_wish_read(void **state)
{
    struct forgetting_evidence *evidence = *state;
    see_state(evidence, 0, WISH_MS);
    assert_int_equal(forgetting_evidence_state(evidence, child_id, NULL, 0), EVIDENCE_TAKEN);
    see_progress(evidence, 11, 12, 12); /* the third wish is at 12 */
    assert_sight(evidence, false, 0, 0, 0);
    assert_true(forgetting_evidence_weigh(evidence).is_read[STREAM_MOVE]);
    assert_false(forgetting_evidence_weigh(evidence).is_read[STREAM_ENROLLMENT]);
    see_progress(evidence, 11, 12, 13);
    assert_sight(evidence, true, 0, 0, 0);
}

static void every_alert_and_violation_needs_its_tombstone(void **state)
{
    struct forgetting_evidence *evidence = *state;
    see_state(evidence, 0, WISH_MS);
    for (uint8_t cause = 1; cause <= 3; cause++) {
        see_published(evidence, PUBLISHED_ALERTS, child_id, cause, false);
        see_published(evidence, PUBLISHED_ALERTS, child_id, cause, false); /* a revision more */
        see_published(evidence, PUBLISHED_ALERTS, other_id, cause, false);
    }
    see_published(evidence, PUBLISHED_VIOLATIONS, child_id, 2, false);
    assert_sight(evidence, false, 1, 3, 1); /* the one it knows, too */
    see_state(evidence, WISH_MS, 0);
    assert_sight(evidence, true, 0, 3, 1);
    see_published(evidence, PUBLISHED_ALERTS, child_id, 2, true);
    see_published(evidence, PUBLISHED_ALERTS, child_id, 9, true); /* never was one */
    assert_sight(evidence, true, 0, 2, 1);
    see_published(evidence, PUBLISHED_VIOLATIONS, child_id, 2, true);
    see_published(evidence, PUBLISHED_ALERTS, child_id, 1, true);
    see_published(evidence, PUBLISHED_ALERTS, child_id, 3, true);
    assert_sight(evidence, true, 0, 0, 0);
}

static void a_child_that_came_back_has_what_is_its_own(void **state)
{
    struct forgetting_evidence *evidence = *state;
    see_published(evidence, PUBLISHED_ALERTS, child_id, 1, false);
    see_published(evidence, PUBLISHED_VIOLATIONS, child_id, 1, false);
    see_published(evidence, PUBLISHED_ALERTS, child_id, 2, false);
    see_state(evidence, WISH_MS, WISH_MS + 1);
    assert_sight(evidence, true, 0, 1, 0); /* the second is not of its new facts */
}

static void what_can_not_be_read_is_told(void **state)
{
    struct forgetting_evidence *evidence = *state;
    const struct text progress = {PROGRESS_KEY, sizeof(PROGRESS_KEY) - 1};
    const uint8_t damaged[] = "damaged";
    assert_int_equal(forgetting_evidence_state(evidence, child_id, damaged, 7), EVIDENCE_UNREADABLE);
    assert_int_equal(forgetting_evidence_state(evidence, progress, damaged, 7), EVIDENCE_UNREADABLE);
    assert_int_equal(forgetting_evidence_state(evidence, other_id, damaged, 7), EVIDENCE_TAKEN);
    assert_int_equal(forgetting_evidence_published(evidence, PUBLISHED_ALERTS, child_id, damaged, 7), EVIDENCE_TAKEN);
    assert_sight(evidence, false, 0, 0, 0);
}

/* Of the child, in Confluent's framing. */
static enum evidence see_framed(struct forgetting_evidence *evidence, enum published what, uint32_t id)
{
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    char key[UUID_TEXT_SIZE];
    const struct alert alert = alert_of(1);
    const struct alert_record record = alert_record_of(&alert, child_id, 5000);
    struct framings framings;
    for (int schema = 0; schema < SCHEMA_COUNT; schema++)
        framings.of[schema] = framing_confluent(id);
    const size_t length = (what == PUBLISHED_ALERTS ? alert_record_write
                                                    : violation_record_write)(&record, &framings, bytes, sizeof(bytes));
    uuid_format(&record.alert_id, key);
    return forgetting_evidence_published(evidence, what, (struct text){key, UUID_TEXT_SIZE - 1}, bytes, length);
}

static void answer_next(struct schema_ids *ids, enum registry_answer answer, const struct shipped_schema *schema)
{
    uint32_t id;
    int64_t wait_ms;
    assert_true(schema_ids_next(ids, 0, &id, &wait_ms));
    schema_ids_answer(ids, id, answer, schema->text, schema->length, "", 0);
}

static void what_waits_for_a_registry_is_not_passed_over(void **state)
{
    static const enum schema schemas[PUBLISHED_COUNT] = {SCHEMA_ALERT, SCHEMA_VIOLATION};
    struct forgetting_evidence *evidence = *state;
    struct schema_ids *ids = schema_ids_new(0);
    assert_non_null(ids);
    forgetting_evidence_use_ids(evidence, ids);
    for (int what = 0; what < PUBLISHED_COUNT; what++) {
        const uint32_t id = 7 + (uint32_t)what;
        assert_int_equal(see_framed(evidence, (enum published)what, id), EVIDENCE_AWAITED);
        assert_int_equal(see_framed(evidence, (enum published)what, id), EVIDENCE_AWAITED);
        answer_next(ids, REGISTRY_OK, &newest_schemas[schemas[what]]);
        assert_int_equal(see_framed(evidence, (enum published)what, id), EVIDENCE_TAKEN);
    }
    assert_sight(evidence, false, 0, 1, 1);
    forgetting_evidence_use_ids(evidence, NULL);
    schema_ids_free(ids);
}

static void a_record_of_an_id_that_no_registry_knows_names_nobody(void **state)
{
    struct forgetting_evidence *evidence = *state;
    struct schema_ids *ids = schema_ids_new(0);
    assert_non_null(ids);
    forgetting_evidence_use_ids(evidence, ids);
    assert_int_equal(see_framed(evidence, PUBLISHED_ALERTS, 7), EVIDENCE_AWAITED);
    answer_next(ids, REGISTRY_ABSENT, &newest_schemas[SCHEMA_ALERT]);
    assert_int_equal(see_framed(evidence, PUBLISHED_ALERTS, 7), EVIDENCE_TAKEN);
    assert_sight(evidence, false, 0, 0, 0);
    forgetting_evidence_use_ids(evidence, NULL);
    schema_ids_free(ids);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {ROW(nothing_seen_is_not_forgotten),
                                       ROW(a_state_is_forgotten_from_the_newest_wish_on),
                                       ROW(a_state_that_is_gone_needs_every_wish_read),
                                       ROW(every_alert_and_violation_needs_its_tombstone),
                                       ROW(a_child_that_came_back_has_what_is_its_own),
                                       ROW(what_can_not_be_read_is_told),
                                       ROW(what_waits_for_a_registry_is_not_passed_over),
                                       ROW(a_record_of_an_id_that_no_registry_knows_names_nobody)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
