/* Avro's binary encoding, piece by piece: writing into and reading from a span of bytes.
 *
 * Both ends remember that something went wrong instead of saying so at each step: write or read a whole record, then
 * look at `failed` once. After a failure nothing more is written, and everything read is zero.
 */
#ifndef SCHEMAS_AVRO_BYTES_H
#define SCHEMAS_AVRO_BYTES_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rules/text.h"

#define AVRO_VARINT_BYTES_MAX 10
#define AVRO_FRAMING_BYTES 10 /* single-object encoding: C3 01 and the fingerprint, least significant byte first */
#define AVRO_CONFLUENT_FRAMING_BYTES 5 /* 00 and a registry's id of the schema */

/* --- writing ----------------------------------------------------------------------------------------------------- */

struct avro_writer {
    uint8_t *at, *end;
    bool failed; /* no room */
};

static inline void avro_put(struct avro_writer *writer, const void *bytes, size_t length)
{
    if (writer->failed || (size_t)(writer->end - writer->at) < length) {
        writer->failed = true;
        return;
    }
    if (length > 0)
        memcpy(writer->at, bytes, length);
    writer->at += length;
}

static inline void avro_put_byte(struct avro_writer *writer, uint8_t byte)
{
    if (writer->failed || writer->at == writer->end)
        writer->failed = true;
    else
        *writer->at++ = byte;
}

static inline uint64_t avro_zigzag(int64_t number)
{
    return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

static inline void avro_put_long(struct avro_writer *writer, int64_t number)
{
    uint64_t rest = avro_zigzag(number);
    for (; rest >= 0x80; rest >>= 7)
        avro_put_byte(writer, (uint8_t)(rest | 0x80));
    avro_put_byte(writer, (uint8_t)rest);
}

static inline void avro_put_boolean(struct avro_writer *writer, bool value)
{
    avro_put_byte(writer, value ? 1 : 0);
}

static inline void avro_put_text(struct avro_writer *writer, struct text text)
{
    avro_put_long(writer, text.length);
    avro_put(writer, text.bytes, text.length);
}

static inline void avro_put_string(struct avro_writer *writer, const char *string)
{
    avro_put_text(writer, (struct text){string, (uint32_t)strlen(string)});
}

static inline void avro_put_framing(struct avro_writer *writer, uint64_t fingerprint)
{
    avro_put_byte(writer, 0xC3);
    avro_put_byte(writer, 0x01);
    for (int shift = 0; shift < 64; shift += 8)
        avro_put_byte(writer, (uint8_t)(fingerprint >> shift));
}

/* The length of what was written since START, or 0 where there was no room. */
static inline size_t avro_written(const struct avro_writer *writer, const uint8_t *start)
{
    return writer->failed ? 0 : (size_t)(writer->at - start);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

struct avro_reader {
    const uint8_t *at, *end;
    bool failed; /* cut off, or not what was expected */
};

static inline int64_t avro_fail(struct avro_reader *reader)
{
    reader->failed = true;
    reader->at = reader->end;
    return 0;
}

static inline size_t avro_left(const struct avro_reader *reader)
{
    return (size_t)(reader->end - reader->at);
}

static inline const uint8_t *avro_get(struct avro_reader *reader, size_t length)
{
    if (avro_left(reader) < length) {
        avro_fail(reader);
        return NULL;
    }
    const uint8_t *bytes = reader->at;
    reader->at += length;
    return bytes;
}

/* A number spread over several bytes: *AT moves behind it. False where the bytes end first, and with *AT where it was
 * where ten bytes hold no number of 64 bits. */
static inline bool avro_varint(const uint8_t **at, const uint8_t *end, int64_t *number)
{
    const uint8_t *byte = *at;
    uint64_t bits = 0;
    for (unsigned shift = 0; shift < 70; shift += 7, byte++) {
        if (byte == end) {
            *at = end;
            return false;
        }
        if (shift == 63 && *byte > 1)
            return false;
        bits |= (uint64_t)(*byte & 0x7F) << shift;
        if (*byte < 0x80) {
            *at = byte + 1;
            *number = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
            return true;
        }
    }
    return false;
}

static inline int64_t avro_get_long(struct avro_reader *reader)
{
    int64_t number;
    return avro_varint(&reader->at, reader->end, &number) ? number : avro_fail(reader);
}

/* A number from LEAST to MOST. */
static inline int64_t avro_get_within(struct avro_reader *reader, int64_t least, int64_t most)
{
    int64_t number = avro_get_long(reader);
    return !reader->failed && number >= least && number <= most ? number : avro_fail(reader);
}

/* An enum's or union's index below COUNT. */
static inline unsigned avro_get_index(struct avro_reader *reader, unsigned count)
{
    return (unsigned)avro_get_within(reader, 0, (int64_t)count - 1);
}

static inline bool avro_get_boolean(struct avro_reader *reader)
{
    const uint8_t *byte = avro_get(reader, 1);
    if (byte != NULL && *byte > 1)
        avro_fail(reader);
    return byte != NULL && *byte == 1;
}

/* A text of at most LENGTH_MAX bytes; it points into what is read. */
static inline struct text avro_get_text(struct avro_reader *reader, uint32_t length_max)
{
    uint32_t length = (uint32_t)avro_get_within(reader, 0, length_max);
    const uint8_t *bytes = avro_get(reader, length);
    return bytes == NULL ? (struct text){NULL, 0} : (struct text){(const char *)bytes, length};
}

/* The fingerprint of a record in single-object encoding; false: it is none. */
static inline bool avro_framing(const uint8_t *bytes, size_t length, uint64_t *fingerprint)
{
    if (length < AVRO_FRAMING_BYTES || bytes[0] != 0xC3 || bytes[1] != 0x01)
        return false;
    *fingerprint = 0;
    for (int i = 7; i >= 0; i--)
        *fingerprint = *fingerprint << 8 | bytes[2 + i];
    return true;
}

/* The registry's id of a record in Confluent's framing, most significant byte first; false: it is none. */
static inline bool avro_confluent_framing(const uint8_t *bytes, size_t length, uint32_t *id)
{
    if (length < AVRO_CONFLUENT_FRAMING_BYTES || bytes[0] != 0)
        return false;
    *id = (uint32_t)bytes[1] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 8 | bytes[4];
    return true;
}

/* Passes over framing with FINGERPRINT; another one is a failure. */
static inline void avro_get_framing(struct avro_reader *reader, uint64_t fingerprint)
{
    uint64_t found;
    const uint8_t *bytes = avro_get(reader, AVRO_FRAMING_BYTES);
    if (bytes != NULL && (!avro_framing(bytes, AVRO_FRAMING_BYTES, &found) || found != fingerprint))
        avro_fail(reader);
}

#endif
