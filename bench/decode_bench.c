/* What it costs to read and write records: nanoseconds each, the least of several rounds, beside Avro C's generic way
 * on the same bytes and the JSON form of the same event.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <avro.h>

#include "schemas/avro_bytes.h"
#include "schemas/event.h"
#include "schemas/schema.h"
#include "schemas/schema_ids.h"
#include "schemas/state.h"

#define ROUNDS 7
#define FACTS 10

struct subject {
    struct event_reader *reader;
    struct event_storage storage;
    struct child child, copy;
    avro_value_t generic;
    struct framings framings;
    struct schema_ids *ids;
    uint8_t event[1024], registered[1024], state[8192];
    char line[2048];
    size_t event_length, registered_length, line_length, state_length;
};

static void must(bool held, const char *what)
{
    if (!held) {
        fprintf(stderr, "decode_bench: %s failed\n", what);
        exit(EXIT_FAILURE);
    }
}

static struct text text(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

static struct fact fact(uint8_t number)
{
    bool arrival = number == 0;
    struct fact fact = {.event_id = {{number, 0x8f, 0x46}},
                        .recorded_at_ms = INT64_C(1743500000000) + number * INT64_C(950400000),
                        .occurred_on = {20178 + number * 11},
                        .birth_date = arrival ? (struct day){16565} : DAY_ABSENT,
                        .applied_on = DAY_ABSENT,
                        .kind = arrival           ? FACT_ARRIVED
                                : number % 3 == 0 ? FACT_MOVED
                                                  : FACT_ENROLLED,
                        .unaccompanied = arrival ? ANSWER_NO : ANSWER_UNKNOWN,
                        .sequence = number};
    fact.first_recorded_at_ms = fact.recorded_at_ms;
    if (fact.kind == FACT_ENROLLED)
        fact.school_id = text(number % 2 == 0 ? "school-12" : "school-7");
    else
        fact.place = (struct place){text(number < 6 ? "nood-0142" : "azc-0031"), LOCATION_EMERGENCY, REGION_NORTH};
    return fact;
}

static void prepare(struct subject *subject)
{
    struct finding finding;
    struct event event = {.child_id = text("c-0001742"), .fact = fact(0)};
    subject->reader = event_reader_new();
    must(subject->reader != NULL && child_init(&subject->child) && child_init(&subject->copy), "memory");
    framings_single_object(&subject->framings);
    subject->event_length = event_write(&event, &subject->framings, subject->event, sizeof subject->event);
    subject->line_length = event_write_json(&event, subject->line, sizeof subject->line);
    must(event_read(subject->reader, STREAM_PLACEMENT, subject->event, subject->event_length, &event, &finding),
         "event");
    child_reset(&subject->child, event.child_id);
    for (uint8_t i = 0; i < FACTS; i++)
        subject->child.facts[subject->child.fact_count++] = fact(i);
    for (uint8_t i = 0; i < 2; i++)
        subject->child.alerts[subject->child.alert_count++] = (struct alert){.rule = i,
                                                                             .cause = fact(0).event_id,
                                                                             .raised_on = {20260},
                                                                             .violation_on = {20290},
                                                                             .due_on = {20289},
                                                                             .resolved_on = DAY_ABSENT,
                                                                             .norm_months = 3,
                                                                             .place = fact(9).place,
                                                                             .revision = 1};
    subject->state_length = state_write(&subject->child, subject->state, sizeof subject->state);
}

static void prepare_generic(struct subject *subject)
{
    avro_schema_t schema;
    const struct shipped_schema *shipped = &newest_schemas[SCHEMA_PLACEMENT];
    must(avro_schema_from_json_length(shipped->text, shipped->length, &schema) == 0, "Avro C's schema");
    avro_value_iface_t *class = avro_generic_class_from_schema(schema);
    must(avro_generic_value_new(class, &subject->generic) == 0, "Avro C's value");
}

/* The same event behind a registry's id. */
static void prepare_registered(struct subject *subject)
{
    const struct shipped_schema *shipped = &newest_schemas[SCHEMA_PLACEMENT];
    const struct framing framing = framing_confluent(1);
    const size_t length = subject->event_length - AVRO_FRAMING_BYTES;
    struct finding finding;
    uint32_t id;
    int64_t wait_ms;
    subject->ids = schema_ids_new(0);
    must(subject->ids != NULL, "memory");
    event_reader_use_ids(subject->reader, subject->ids);
    event_reader_learn(subject->reader, STREAM_PLACEMENT, 1, 0, 0, &finding);
    must(schema_ids_next(subject->ids, 0, &id, &wait_ms), "id");
    schema_ids_answer(subject->ids, id, REGISTRY_OK, shipped->text, shipped->length, "", 0);
    must(event_reader_learn(subject->reader, STREAM_PLACEMENT, 1, 0, 0, &finding), "schema");
    memcpy(subject->registered, framing.bytes, framing.length);
    memcpy(subject->registered + framing.length, subject->event + AVRO_FRAMING_BYTES, length);
    subject->registered_length = framing.length + length;
}

/* --- what is measured -------------------------------------------------------------------------------------------- */

static void read_event(struct subject *subject)
{
    struct event event;
    struct finding finding;
    must(event_read(subject->reader, STREAM_PLACEMENT, subject->event, subject->event_length, &event, &finding),
         "event_read");
}

static void read_registered(struct subject *subject)
{
    struct event event;
    struct finding finding;
    must(event_read(subject->reader, STREAM_PLACEMENT, subject->registered, subject->registered_length, &event,
                    &finding),
         "event_read");
}

static void read_generic(struct subject *subject)
{
    avro_reader_t reader = avro_reader_memory((const char *)subject->event + AVRO_FRAMING_BYTES,
                                              (int64_t)(subject->event_length - AVRO_FRAMING_BYTES));
    avro_value_reset(&subject->generic);
    must(avro_value_read(reader, &subject->generic) == 0, "avro_value_read");
    avro_reader_free(reader);
}

static void read_json(struct subject *subject)
{
    struct event event;
    struct finding finding;
    must(event_read_json(subject->line, subject->line_length, &subject->storage, &event, &finding), "event_read_json");
}

static void write_event(struct subject *subject)
{
    struct event event = {.child_id = subject->child.child_id, .fact = subject->child.facts[0]};
    uint8_t bytes[1024];
    must(event_write(&event, &subject->framings, bytes, sizeof bytes) > 0, "event_write");
}

static void read_state(struct subject *subject)
{
    must(state_read(subject->state, subject->state_length, subject->child.child_id, &subject->copy), "state_read");
}

static void write_state(struct subject *subject)
{
    must(state_write(&subject->child, subject->state, sizeof subject->state) == subject->state_length, "state_write");
}

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void measure(const char *what, size_t bytes, void (*work)(struct subject *), struct subject *subject)
{
    const int times = 200000;
    double least = 1e18;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_ns();
        for (int i = 0; i < times; i++)
            work(subject);
        double each = (now_ns() - start) / times;
        least = each < least ? each : least;
    }
    printf("%-44s %5zu bytes %9.1f ns\n", what, bytes, least);
}

int main(void)
{
    static struct subject subject;
    prepare(&subject);
    prepare_generic(&subject);
    prepare_registered(&subject);
    measure("event_read", subject.event_length, read_event, &subject);
    measure("event_read behind a registry's id", subject.registered_length, read_registered, &subject);
    measure("Avro C's generic reading of the same bytes", subject.event_length, read_generic, &subject);
    measure("event_write", subject.event_length, write_event, &subject);
    measure("event_read_json", subject.line_length, read_json, &subject);
    measure("state_read, ten facts and two alerts", subject.state_length, read_state, &subject);
    measure("state_write, ten facts and two alerts", subject.state_length, write_state, &subject);
    event_storage_fini(&subject.storage);
    event_reader_free(subject.reader);
    schema_ids_free(subject.ids);
    return EXIT_SUCCESS;
}
