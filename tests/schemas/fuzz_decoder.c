/* Coverage-guided fuzzing of everything that reads what others wrote (clang only, not part of the tests):
 *
 *     build/clang/tests/schemas/schemas_fuzz CORPUS_FOLDER
 *
 * The first byte chooses what reads the rest. Whatever is read is written and read again, and must be the same.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/alert_record.h"
#include "schemas/avro_bytes.h"
#include "schemas/event.h"
#include "schemas/fingerprint.h"
#include "schemas/schema.h"
#include "schemas/state.h"
#include "tests/support/single_object.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* An event's body behind the right framing: guessing a fingerprint is not what is to be tried. */
static void read_event(const uint8_t *bytes, size_t size, enum stream stream)
{
    static struct event_reader *reader;
    static const enum schema schemas[STREAM_COUNT] = {SCHEMA_PLACEMENT, SCHEMA_MOVE, SCHEMA_ENROLLMENT};
    struct event event, back;
    struct finding finding;
    uint8_t *framed = malloc(AVRO_FRAMING_BYTES + size), again[1024];
    struct avro_writer writer = {framed, framed + AVRO_FRAMING_BYTES + size, false};
    if (reader == NULL)
        reader = event_reader_new();
    avro_put_framing(&writer, newest_schemas[schemas[stream]].fingerprint);
    avro_put(&writer, bytes, size);
    if (event_read(reader, stream, framed, AVRO_FRAMING_BYTES + size, &event, &finding)) {
        bool read = event_read(reader, stream, again, event_write(&event, single_object(), again, sizeof again), &back,
                               &finding);
        assert(read && fact_compare_versions(&event.fact, &back.fact) == 0);
        (void)read;
    }
    free(framed);
}

static void read_json(const uint8_t *bytes, size_t size)
{
    static struct unknown_names unknown;
    static struct event_storage storage = {.unknown = &unknown};
    struct event event, back;
    struct finding finding;
    char line[2048];
    if (!event_read_json((const char *)bytes, size, &storage, &event, &finding))
        return;
    size_t length = event_write_json(&event, line, sizeof line);
    struct event_storage other = {0};
    bool read = event_read_json(line, length, &other, &back, &finding);
    assert(read && fact_compare_versions(&event.fact, &back.fact) == 0);
    (void)read;
    event_storage_fini(&other);
}

static void read_state(const uint8_t *bytes, size_t size)
{
    static struct child child;
    uint8_t *framed = malloc(AVRO_FRAMING_BYTES + size);
    struct avro_writer writer = {framed, framed + AVRO_FRAMING_BYTES + size, false};
    if (child.facts == NULL && !child_init(&child))
        abort();
    avro_put_framing(&writer, newest_schemas[SCHEMA_STATE].fingerprint);
    avro_put(&writer, bytes, size);
    state_read(framed, AVRO_FRAMING_BYTES + size, (struct text){"c", 1}, &child);
    free(framed);
}

static void read_alert(const uint8_t *bytes, size_t size)
{
    static struct alert_reader *reader;
    struct alert_record record;
    struct finding finding;
    char line[ALERT_JSON_BYTES_MAX];
    uint8_t *framed = malloc(AVRO_FRAMING_BYTES + size);
    struct avro_writer writer = {framed, framed + AVRO_FRAMING_BYTES + size, false};
    if (reader == NULL)
        reader = alert_reader_new();
    avro_put_framing(&writer, newest_schemas[SCHEMA_ALERT].fingerprint);
    avro_put(&writer, bytes, size);
    if (alert_record_read(reader, framed, AVRO_FRAMING_BYTES + size, &record, &finding)) {
        size_t length = alert_record_write_json(&record, true, line, sizeof line);
        assert(length > 0);
        (void)length;
    }
    free(framed);
}

static void read_schema(const uint8_t *bytes, size_t size)
{
    struct schema_tree tree;
    struct schema_error error;
    if (!schema_tree_init(&tree, (const char *)bytes, size, &error))
        return;
    free(schema_canonical_form(&tree));
    schema_tree_fini(&tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    switch (bytes[0] % 7) {
    case 0:
    case 1:
    case 2:
        read_event(bytes + 1, size - 1, (enum stream)(bytes[0] % 7));
        break;
    case 3:
        read_json(bytes + 1, size - 1);
        break;
    case 4:
        read_state(bytes + 1, size - 1);
        break;
    case 5:
        read_alert(bytes + 1, size - 1);
        break;
    default:
        read_schema(bytes + 1, size - 1);
    }
    return 0;
}
