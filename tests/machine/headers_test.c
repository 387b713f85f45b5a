/* Protects the headers of what is published: which trace goes with which change, that a batch computed again says the
 * same, and that nothing has headers that should not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/record_headers.h"
#include "consumer/machine.h"

#define CHILD "k-7301"
#define TRACE_A "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
#define TRACE_B "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
#define TRACE_BAD "00-00000000000000000000000000000000-00f067aa0ba902b7-00"
#define NONE ""

#define EVENT(type, number, day, recorded, more)                                                                       \
    "{\"type\":\"" type "\",\"event_id\":\"8f3f1d6a-5b0e-4c55-9d43-0d6a3c1c9b0" number "\",\"child_id\":\"" CHILD      \
    "\",\"occurred_on\":\"" day "\",\"recorded_at\":\"" recorded "\"," more "}"
#define PLACE(name) "{\"location_id\":\"" name "\",\"kind\":\"EMERGENCY\",\"region\":\"NORTH\"}"
#define ARRIVED                                                                                                        \
    EVENT("placement", "1", "2025-01-03", "2025-01-03T14:10:00Z",                                                      \
          "\"kind\":\"ARRIVED\",\"birth_date\":\"2014-05-02\",\"location\":" PLACE("assen"))
#define MOVED EVENT("move", "2", "2025-03-03", "2025-03-03T09:00:00Z", "\"reason\":\"CLOSURE\",\"to\":" PLACE("goes"))
#define MOVED_AGAIN                                                                                                    \
    EVENT("move", "3", "2025-04-03", "2025-04-03T09:00:00Z", "\"reason\":\"CLOSURE\",\"to\":" PLACE("oss"))
#define FORGET NULL                         /* at FORGET_AT_MS */
#define FORGET_AT_MS INT64_C(1741000000000) /* 2025-03-03T11:06:40Z: after MOVED, before MOVED_AGAIN */

struct rig {
    struct event_reader *reader;
    struct norms norms;
    struct calendar *calendar;
    struct framings framings;
    struct machine *machine;
    int64_t offsets[STATE_INPUTS];
};

static const struct day today = {20336}; /* 2025-09-05 */

static void rig_init(struct rig *rig, bool with_events, int64_t backlog_of_moves)
{
    struct partition_offsets offsets = {.committed = {OFFSET_NONE, OFFSET_NONE, OFFSET_NONE}};

    *rig = (struct rig){.reader = event_reader_new(), .calendar = calendar_new(NULL, 0)};
    norms_init(&rig->norms);
    framings_single_object(&rig->framings);
    const struct machine_settings settings = {.norms = &rig->norms,
                                              .calendar = rig->calendar,
                                              .forget_retention_days = 400,
                                              .partition_count = 1,
                                              .framings = &rig->framings,
                                              .input_topics = {"placements", "moves", "enrollments"},
                                              .transaction_events_max = 100,
                                              .transaction_judged_max = 100,
                                              .transaction_bytes_max = 1 << 20,
                                              .lag_bound = 1000,
                                              .cloud_events = with_events,
                                              .group = "simulated",
                                              .cluster_id = ""};
    rig->machine = machine_new(&settings, rig->reader);
    machine_clock(rig->machine, today);
    assert_true(machine_partition_add(rig->machine, 0));
    offsets.end[STREAM_MOVE] = backlog_of_moves;
    assert_int_equal(machine_partition_start(rig->machine, 0, &offsets).verdict, VERDICT_FIRST_START);
}

static void rig_fini(struct rig *rig)
{
    machine_free(rig->machine);
    calendar_free(rig->calendar);
    event_reader_free(rig->reader);
}

/* LINE NULL: the wish to forget, on the placements. */
static void send(struct rig *rig, const char *line, const char *traceparent)
{
    struct event_storage storage = {0};
    struct event event = {.fact.kind = FACT_ARRIVED};
    struct finding finding;
    uint8_t bytes[1024];
    size_t length = 0;

    if (line != NULL) {
        if (!event_read_json(line, strlen(line), &storage, &event, &finding))
            fail_msg("%s: %s %s", line, problem_names[finding.problem], finding.field);
        length = event_write(&event, &rig->framings, bytes, sizeof bytes);
    }
    int input = (int)fact_stream(event.fact.kind);
    const struct input_message message = {.input = input,
                                          .offset = rig->offsets[input]++,
                                          .timestamp_ms = FORGET_AT_MS,
                                          .key = CHILD,
                                          .key_length = strlen(CHILD),
                                          .value = line == NULL ? NULL : bytes,
                                          .value_length = length,
                                          .traceparent = {traceparent, (uint32_t)strlen(traceparent)}};
    assert_true(machine_message(rig->machine, &message, 0));
    event_storage_fini(&storage);
}

static const struct transaction *begin(struct rig *rig, int64_t now_ms)
{
    const struct transaction *transaction = machine_begin(rig->machine, (struct text){"t-0", 3}, now_ms);

    assert_non_null(transaction);
    while (!transaction->is_complete)
        assert_true(machine_compute(rig->machine, 3));
    return transaction;
}

/* Everything gathered is published and committed. */
static void settle(struct rig *rig)
{
    static int64_t now_ms = INT64_C(1757000000000);

    begin(rig, ++now_ms);
    machine_end(rig->machine, true);
}

static bool is_published(const struct output_record *record)
{
    return record->output == OUTPUT_ALERTS || record->output == OUTPUT_VIOLATIONS;
}

/* The traces of what TRANSACTION publishes as one text, each that differs from the one before: "A", "AB", "-A" … */
static void traces(const struct transaction *transaction, char *text, size_t size)
{
    size_t length = 0;

    for (size_t i = 0; i < transaction->record_count; i++) {
        const struct output_record *record = &transaction->records[i];
        if (!is_published(record))
            continue;
        const char *trace = record->headers == NULL ? NONE : record->headers->traceparent;
        char letter = '?';
        if (strcmp(trace, TRACE_A) == 0)
            letter = 'A';
        else if (strcmp(trace, TRACE_B) == 0)
            letter = 'B';
        else if (*trace == '\0')
            letter = '-';
        if (length + 1 < size && (length == 0 || text[length - 1] != letter))
            text[length++] = letter;
    }
    text[length] = '\0';
}

struct input {
    const char *line, *traceparent;
};

static const struct {
    const char *what;
    struct input before[3]; /* committed before, up to a traceparent of NULL */
    struct input inputs[4]; /* of the batch that is looked at */
    const char *expected;
} rows[] = {
    {"a fact", {{0}}, {{ARRIVED, TRACE_A}}, "A"},
    {"a fact without", {{0}}, {{ARRIVED, NONE}}, "-"},
    {"what is no trace", {{0}}, {{ARRIVED, TRACE_BAD}}, "-"},
    {"the newest recorded", {{0}}, {{ARRIVED, TRACE_A}, {MOVED, TRACE_B}}, "B"},
    {"the newest recorded, read first", {{0}}, {{MOVED, TRACE_B}, {ARRIVED, TRACE_A}}, "B"},
    {"the newest that has one", {{0}}, {{ARRIVED, TRACE_A}, {MOVED, NONE}}, "A"},
    {"an earlier batch's", {{ARRIVED, TRACE_A}}, {{MOVED, NONE}}, "-"},
    {"one that said nothing new", {{ARRIVED, NONE}}, {{ARRIVED, TRACE_A}, {MOVED, NONE}}, "-"},
    {"a wish to forget", {{ARRIVED, TRACE_A}}, {{FORGET, TRACE_B}}, "B"},
    {"a wish without", {{ARRIVED, TRACE_A}}, {{FORGET, NONE}}, "-"},
    {"a fact and the wish", {{ARRIVED, NONE}}, {{MOVED, TRACE_A}, {FORGET, NONE}}, "-"},
    {"the wish and a fact recorded later", {{ARRIVED, NONE}}, {{FORGET, TRACE_A}, {MOVED_AGAIN, TRACE_B}}, "AB"},
    {"a fact that the wish forgets", {{ARRIVED, NONE}}, {{MOVED, TRACE_A}, {FORGET, NONE}, {MOVED_AGAIN, NONE}}, "-"},
    {"a fact recorded later and the wish", {{ARRIVED, NONE}}, {{MOVED_AGAIN, TRACE_B}, {FORGET, TRACE_A}}, "AB"},
};

static void test_which_trace(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rig rig;
        char found[32];
        print_message("%s\n", rows[i].what);
        rig_init(&rig, i % 2 == 0, 0);
        settle(&rig);
        for (const struct input *input = rows[i].before; input->traceparent != NULL; input++)
            send(&rig, input->line, input->traceparent);
        settle(&rig);
        for (const struct input *input = rows[i].inputs; input->traceparent != NULL; input++)
            send(&rig, input->line, input->traceparent);
        traces(begin(&rig, 1), found, sizeof found);
        assert_string_equal(found, rows[i].expected);
        machine_end(rig.machine, true);
        rig_fini(&rig);
    }
}

static void test_a_day_has_none(void **state)
{
    struct rig rig;
    char found[32];

    (void)state;
    rig_init(&rig, true, 0);
    settle(&rig);
    send(&rig, ARRIVED, TRACE_A);
    settle(&rig);
    machine_clock(rig.machine, day_plus(today, 300));
    send(&rig, ARRIVED, TRACE_B); /* once more, which sets nothing off */
    traces(begin(&rig, 1), found, sizeof found);
    assert_string_equal(found, "-");
    machine_end(rig.machine, true);
    rig_fini(&rig);
}

static void test_a_backlog_has_none(void **state)
{
    struct rig rig;
    char found[32];

    (void)state;
    rig_init(&rig, true, 5);
    send(&rig, ARRIVED, TRACE_A);
    traces(begin(&rig, 1), found, sizeof found);
    assert_string_equal(found, "");
    machine_end(rig.machine, true);
    machine_input_end(rig.machine, STREAM_MOVE, 0, 5);
    traces(begin(&rig, 2), found, sizeof found);
    assert_string_equal(found, "-");
    machine_end(rig.machine, true);
    rig_fini(&rig);
}

/* The headers of a transaction's records, in a row. */
static struct record_headers *headers_copy(const struct transaction *transaction)
{
    struct record_headers *copy = calloc(transaction->record_count + 1, sizeof *copy);

    for (size_t i = 0; i < transaction->record_count; i++)
        if (transaction->records[i].headers != NULL) {
            const struct record_headers *headers = transaction->records[i].headers;
            copy[i].event = headers->event;
            strcpy(copy[i].id, headers->id);
            strcpy(copy[i].time, headers->time);
            strcpy(copy[i].traceparent, headers->traceparent);
        }
    return copy;
}

static void test_again_is_the_same(void **state)
{
    struct rig rig;
    struct record_headers *first, *again;

    (void)state;
    rig_init(&rig, true, 0);
    settle(&rig);
    send(&rig, ARRIVED, TRACE_A);
    const struct transaction *transaction = begin(&rig, 1000);
    size_t count = transaction->record_count;
    first = headers_copy(transaction);
    send(&rig, MOVED, TRACE_B); /* for the next one */
    machine_end(rig.machine, false);
    transaction = begin(&rig, 2000);
    again = headers_copy(transaction);
    assert_int_equal(transaction->record_count, count);
    assert_true(count > 2 && strcmp(first[0].traceparent, TRACE_A) == 0);
    assert_memory_equal(first, again, count * sizeof *first);
    machine_end(rig.machine, true);
    free(first);
    free(again);
    rig_fini(&rig);
}

/* Where two ids are the same but for the instant: how many ids of TRANSACTION are like one of IDS. */
static int alike(const struct transaction *transaction, const struct record_headers *ids, size_t count)
{
    int found = 0;

    for (size_t i = 0; i < transaction->record_count; i++)
        for (size_t other = 0; transaction->records[i].headers != NULL && other < count; other++) {
            const char *id = transaction->records[i].headers->id;
            assert_string_not_equal(id, ids[other].id);
            found += strncmp(id, ids[other].id, (size_t)(strrchr(id, '/') - id)) == 0;
        }
    return found;
}

/* An alert that comes back after it was forgotten has revision 1 again, and another id even in the same millisecond. */
static void test_an_instant_of_its_own(void **state)
{
    struct rig rig;

    (void)state;
    rig_init(&rig, true, 0);
    settle(&rig);
    send(&rig, MOVED_AGAIN, NONE);
    const struct transaction *transaction = begin(&rig, 1000);
    size_t count = transaction->record_count;
    struct record_headers *first = headers_copy(transaction);
    machine_end(rig.machine, true);
    send(&rig, FORGET, NONE);
    assert_true(alike(begin(&rig, 1000), first, count) > 0);
    machine_end(rig.machine, true);
    free(first);
    rig_fini(&rig);
}

/* Without a source only the trace; state, progress and dead letters never have any. */
static void test_who_has_none(void **state)
{
    (void)state;
    for (int with_events = 0; with_events < 2; with_events++) {
        struct rig rig;
        rig_init(&rig, with_events == 1, 0);
        settle(&rig);
        send(&rig, ARRIVED, NONE);
        const struct input_message nonsense = {.offset = 1,
                                               .key = "x",
                                               .key_length = 1,
                                               .value = (const uint8_t *)"x",
                                               .value_length = 1,
                                               .traceparent = {TRACE_A, TRACEPARENT_LENGTH}};
        assert_true(machine_message(rig.machine, &nonsense, 0));
        const struct transaction *transaction = begin(&rig, 1);
        for (size_t i = 0; i < transaction->record_count; i++) {
            const struct output_record *record = &transaction->records[i];
            assert_int_equal(record->headers != NULL, with_events == 1 && is_published(record));
        }
        machine_end(rig.machine, true);
        rig_fini(&rig);
    }
}

static void test_a_trace_alone(void **state)
{
    struct rig rig;
    const char *values[RECORD_HEADER_COUNT];

    (void)state;
    rig_init(&rig, false, 0);
    settle(&rig);
    send(&rig, ARRIVED, TRACE_A);
    const struct transaction *transaction = begin(&rig, 1);
    assert_true(is_published(&transaction->records[0]));
    record_headers_values(transaction->records[0].headers, "", values);
    for (int i = 0; i < RECORD_HEADER_COUNT; i++)
        assert_int_equal(values[i] != NULL, i == RECORD_HEADER_TRACEPARENT);
    machine_end(rig.machine, true);
    rig_fini(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_which_trace),           cmocka_unit_test(test_a_day_has_none),
        cmocka_unit_test(test_a_backlog_has_none),    cmocka_unit_test(test_again_is_the_same),
        cmocka_unit_test(test_an_instant_of_its_own), cmocka_unit_test(test_who_has_none),
        cmocka_unit_test(test_a_trace_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
