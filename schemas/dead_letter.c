#include <inttypes.h>
#include <stdio.h>

#include "schemas/alert_record.h"
#include "schemas/avro_bytes.h"

static void put_optional_string(struct avro_writer *writer, const char *string)
{
    avro_put_long(writer, *string == '\0' ? 0 : 1);
    if (*string != '\0')
        avro_put_string(writer, string);
}

size_t dead_letter_write(const struct dead_letter *letter, const struct framings *framings, uint8_t *bytes, size_t size)
{
    const struct framing *framing = &framings->of[SCHEMA_DEAD_LETTER];
    char schema_id[17] = "";
    if (letter->has_schema_id)
        snprintf(schema_id, sizeof schema_id, "%016" PRIx64, letter->schema_id);
    struct avro_writer writer = {bytes, bytes + size, false};
    avro_put(&writer, framing->bytes, framing->length);
    avro_put_text(&writer, letter->topic);
    avro_put_long(&writer, letter->partition);
    avro_put_long(&writer, letter->offset);
    avro_put_long(&writer, letter->timestamp_ms);
    avro_put_string(&writer, problem_names[letter->finding.problem]);
    avro_put_string(&writer, problem_sentences[letter->finding.problem]);
    put_optional_string(&writer, letter->finding.field);
    put_optional_string(&writer, schema_id);
    avro_put_long(&writer, letter->payload == NULL ? 0 : 1);
    if (letter->payload != NULL) {
        avro_put_long(&writer, (int64_t)letter->payload_length);
        avro_put(&writer, letter->payload, letter->payload_length);
    }
    avro_put_long(&writer, letter->has_registry_id ? 1 : 0);
    if (letter->has_registry_id)
        avro_put_long(&writer, letter->registry_id);
    return avro_written(&writer, bytes);
}
