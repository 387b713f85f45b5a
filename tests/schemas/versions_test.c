/* Protects that what earlier releases wrote stays readable: records of other versions of a schema, with fields added,
 * removed, reordered, promoted, enums in another order, are the same events; and where a version does not fit, only its
 * records suffer. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/avro_bytes.h"
#include "schemas/event_versions.h"
#include "schemas/fingerprint.h"

#define STRING(name) "{\"name\":\"" name "\",\"type\":\"string\"}"
#define TYPE(name, type) "{\"name\":\"" name "\",\"type\":" type "}"
#define ENROLLMENT(fields) "{\"type\":\"record\",\"name\":\"Enrollment\",\"namespace\":\"x\",\"fields\":[" fields "]}"
#define MOVE(fields) "{\"type\":\"record\",\"name\":\"Move\",\"fields\":[" fields "]}"
#define KIND(symbols) "{\"type\":\"enum\",\"name\":\"EnrollmentKind\",\"symbols\":[" symbols "]}"
#define LOCATION(kinds)                                                                                                \
    "{\"type\":\"record\",\"name\":\"Location\",\"fields\":[" TYPE(                                                    \
        "region",                                                                                                      \
        "{\"type\":\"enum\",\"name\":\"Region\","                                                                      \
        "\"symbols\":[\"SOUTH\",\"NORTH\","                                                                            \
        "\"MIDDLE\"]}") "," STRING("location_id") "," TYPE("beds",                                                     \
                                                           "\"int\"") "," TYPE("kind",                                 \
                                                                               "{\"type\":\"enum\",\"name\":"          \
                                                                               "\"LocationKind\",\"symbols\":[" kinds  \
                                                                               "]}") "]}"

#define ID_HEX "48 38663436306435312d653732302d356432612d613834322d306436396435623165636562"
#define DAY_HEX "c0b802"      /* 20000 */
#define AT_HEX "80aad4c08c65" /* 2025-01-14T09:00:00.000Z */
#define HEAD_SAYS                                                                                                      \
    "{\"event_id\":\"8f460d51-e720-5d2a-a842-0d69d5b1eceb\",\"child_id\":\"c\",\"occurred_on\":\"2024-10-04\","        \
    "\"recorded_at\":\"2025-01-14T09:00:00.000Z\","

static const struct {
    enum schema schema;
    enum stream stream;
    const char *what, *text, *bytes, *says; /* SAYS: the event as JSON, or the problem and its field */
} rows[] = {
    {SCHEMA_ENROLLMENT, STREAM_ENROLLMENT, "a field was added since: it has its default",
     ENROLLMENT(STRING("event_id") "," STRING("child_id") "," TYPE("occurred_on", "\"int\"") "," TYPE(
         "recorded_at", "\"long\"") "," TYPE("kind", KIND("\"ENROLLED\",\"WITHDRAWN\"")) "," STRING("school_id")),
     ID_HEX "0263" DAY_HEX AT_HEX "00 047331",
     HEAD_SAYS "\"retracted\":false,\"type\":\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":\"s1\"}"},
    {SCHEMA_ENROLLMENT, STREAM_ENROLLMENT,
     "fields were reordered and removed since, numbers promoted, symbols reordered",
     ENROLLMENT(TYPE("kind", KIND("\"PAUSED\",\"WITHDRAWN\",\"ENROLLED\"")) "," TYPE(
         "notes",
         "{\"type\":\"array\",\"items\":{"
         "\"type\":\"map\",\"values\":"
         "\"double\"}}") "," TYPE("school_id",
                                  "[\"string\",\"null\"]") "," TYPE("retracted",
                                                                    "\"boolean\"") "," TYPE("recorded_at",
                                                                                            "\"int\"") "," TYPE("occurr"
                                                                                                                "ed_on",
                                                                                                                "\"int"
                                                                                                                "\"") "," TYPE("child_"
                                                                                                                               "id",
                                                                                                                               "\"bytes"
                                                                                                                               "\"") "," STRING("event_id")),
     "02 02 02 0261 000000000000f03f 00 00 00 047331 01 02" DAY_HEX "0263" ID_HEX,
     "{\"event_id\":\"8f460d51-e720-5d2a-a842-0d69d5b1eceb\",\"child_id\":\"c\",\"occurred_on\":\"2024-10-04\","
     "\"recorded_at\":\"1970-01-01T00:00:00.001Z\",\"retracted\":true,\"type\":\"enrollment\",\"kind\":\"WITHDRAWN\","
     "\"school_id\":\"s1\"}"},
    {SCHEMA_ENROLLMENT, STREAM_ENROLLMENT, "a symbol that is not known any more",
     ENROLLMENT(STRING("event_id") "," STRING("child_id") "," TYPE("occurred_on", "\"int\"") "," TYPE(
         "recorded_at", "\"long\"") "," TYPE("kind", KIND("\"PAUSED\",\"ENROLLED\"")) "," STRING("school_id")),
     ID_HEX "0263" DAY_HEX AT_HEX "00 047331", "SYMBOL_UNKNOWN kind"},
    {SCHEMA_ENROLLMENT, STREAM_ENROLLMENT, "a version that lacks a field without default",
     ENROLLMENT(STRING("event_id") "," TYPE("occurred_on", "\"int\"") "," TYPE("recorded_at", "\"long\"") "," TYPE(
         "kind", KIND("\"ENROLLED\""))),
     ID_HEX DAY_HEX AT_HEX "00", "SCHEMA_UNFIT child_id"},
    {SCHEMA_ENROLLMENT, STREAM_ENROLLMENT, "a version with another type",
     ENROLLMENT(STRING("event_id") "," STRING("child_id") "," STRING("occurred_on") "," TYPE(
         "recorded_at", "\"long\"") "," TYPE("kind", KIND("\"ENROLLED\""))),
     ID_HEX "0263 0263" AT_HEX "00", "SCHEMA_UNFIT occurred_on"},
    {SCHEMA_MOVE, STREAM_MOVE, "a place that was always there, with other kinds; a reason that became unknown",
     MOVE(STRING("event_id") "," STRING("child_id") "," TYPE("occurred_on", "\"int\"") "," TYPE(
         "recorded_at",
         "\"long\"") "," TYPE("to",
                              LOCATION("\"HOTEL\",\"CENTRE\",\"EMERGENCY\"")) "," TYPE("reason",
                                                                                       "{\"type\":\"enum\",\"name\":"
                                                                                       "\"MoveReason\",\"symbols\":["
                                                                                       "\"WIND\",\"CAPACITY\"]}")),
     ID_HEX "0263" DAY_HEX AT_HEX "02 0661 7a63 c801 04 00",
     HEAD_SAYS
     "\"retracted\":false,\"type\":\"move\",\"from_location_id\":null,\"to\":{\"location_id\":\"azc\",\"kind\":"
     "\"EMERGENCY\",\"region\":\"NORTH\"},\"reason\":\"OTHER\"}"},
    {SCHEMA_MOVE, STREAM_MOVE, "a kind of place that is not known",
     MOVE(STRING("event_id") "," STRING("child_id") "," TYPE("occurred_on", "\"int\"") "," TYPE(
         "recorded_at",
         "\"long\"") "," TYPE("to", LOCATION("\"HOTEL\",\"CENTRE\",\"EMERGENCY\"")) "," TYPE("moved_by", "\"string\"")),
     ID_HEX "0263" DAY_HEX AT_HEX "02 0661 7a63 c801 00 0262", "SYMBOL_UNKNOWN to.kind"},
};

static uint64_t fingerprint_of(const char *text)
{
    struct schema_tree tree;
    struct schema_error error;
    if (!schema_tree_init(&tree, text, strlen(text), &error))
        fail_msg("%s: %s in %s", error.where, error.why, text);
    char *form = schema_canonical_form(&tree);
    uint64_t fingerprint = crc_64_avro(form, strlen(form));
    free(form);
    schema_tree_fini(&tree);
    return fingerprint;
}

static void earlier_versions_are_read_as_the_newest(void **state)
{
    struct shipped_schema earlier[LENGTH(rows)];
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        earlier[i] = (struct shipped_schema){rows[i].schema, rows[i].text, strlen(rows[i].text),
                                             fingerprint_of(rows[i].text)};
    struct event_reader *reader = event_reader_new_of(&(struct event_versions){earlier, LENGTH(rows)});
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct event event;
        struct finding finding;
        uint8_t bytes[512];
        char says[2048];
        struct avro_writer writer = {bytes, bytes + sizeof bytes, false};
        avro_put_framing(&writer, earlier[i].fingerprint);
        size_t length = AVRO_FRAMING_BYTES + bytes_of(rows[i].bytes, writer.at, sizeof bytes - AVRO_FRAMING_BYTES);
        if (event_read(reader, rows[i].stream, bytes, length, &event, &finding))
            event_write_json(&event, says, sizeof says);
        else
            snprintf(says, sizeof says, "%s %s", problem_names[finding.problem], finding.field);
        if (strcmp(says, rows[i].says) != 0) {
            print_error("%s:\n  says %s\n  not  %s\n", rows[i].what, says, rows[i].says);
            wrong++;
        }
    }
    event_reader_free(reader);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(earlier_versions_are_read_as_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
