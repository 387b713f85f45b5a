#include "schemas/framing.h"

#include "schemas/avro_bytes.h"

static_assert(FRAMING_BYTES_MAX == AVRO_FRAMING_BYTES, "the longer of both framings fits");

struct framing framing_single_object(uint64_t fingerprint)
{
    struct framing framing = {.length = AVRO_FRAMING_BYTES};
    struct avro_writer writer = {framing.bytes, framing.bytes + sizeof(framing.bytes), false};
    avro_put_framing(&writer, fingerprint);
    return framing;
}

struct framing framing_confluent(uint32_t id)
{
    return (struct framing){{0, (uint8_t)(id >> 24), (uint8_t)(id >> 16), (uint8_t)(id >> 8), (uint8_t)id}, 5};
}

void framings_single_object(struct framings *framings)
{
    for (int schema = 0; schema < SCHEMA_COUNT; schema++)
        framings->of[schema] = framing_single_object(newest_schemas[schema].fingerprint);
}
