#include "schemas/avro_bytes.h"
#include "schemas/schema.h"
#include "schemas/state.h"

#define TEXT_BYTES_MAX 400 /* of either text: both fit into PROGRESS_BYTES_MAX */

size_t progress_write(const struct progress *progress, uint8_t *bytes, size_t size)
{
    struct avro_writer writer = {bytes, bytes + size, false};
    avro_put_framing(&writer, newest_schemas[SCHEMA_PROGRESS].fingerprint);
    for (int input = 0; input < STATE_INPUTS; input++)
        avro_put_long(&writer, progress->next_offset[input]);
    avro_put_long(&writer, day_is_absent(progress->judged_through) ? 0 : 1);
    if (!day_is_absent(progress->judged_through))
        avro_put_long(&writer, progress->judged_through.number);
    avro_put_long(&writer, (int64_t)progress->yardstick_hash);
    avro_put_text(&writer, progress->transactional_id);
    avro_put_text(&writer, progress->cluster_id);
    return avro_written(&writer, bytes);
}

bool progress_read(const uint8_t *bytes, size_t length, struct progress *progress)
{
    struct avro_reader reader = {bytes, bytes + length, false};
    avro_get_framing(&reader, newest_schemas[SCHEMA_PROGRESS].fingerprint);
    for (int input = 0; input < STATE_INPUTS; input++)
        progress->next_offset[input] = avro_get_within(&reader, 0, INT64_MAX);
    progress->judged_through = DAY_ABSENT;
    if (avro_get_index(&reader, 2) == 1)
        progress->judged_through.number = (int32_t)avro_get_within(&reader, DAY_FIRST.number, DAY_LAST.number);
    progress->yardstick_hash = (uint64_t)avro_get_long(&reader);
    progress->transactional_id = avro_get_text(&reader, TEXT_BYTES_MAX);
    progress->cluster_id = avro_get_text(&reader, TEXT_BYTES_MAX);
    return !reader.failed && avro_left(&reader) == 0;
}
