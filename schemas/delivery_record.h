/* Records of the topic `deliveries`, by which `notify` knows what each subscriber was told (alerts/delivery.h): of each
 * alert, of each partition, how it stands, and the wish that it be told again. Written and read by hand-made code that
 * the tests hold against the schemas.
 */
#ifndef SCHEMAS_DELIVERY_RECORD_H
#define SCHEMAS_DELIVERY_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/text.h"
#include "rules/uuid.h"

#define DELIVERY_NAME_LENGTH_MAX 64
#define DELIVERY_KEY_SIZE (DELIVERY_NAME_LENGTH_MAX + 1 + UUID_TEXT_SIZE)
#define DELIVERY_BYTES_MAX 512
#define DELIVERY_FAILURE_SIZE 256

/* X(SYMBOL), in the order of the schema. */
#define TOLD(X) X(NOTHING) X(OFFERED) X(HELD) X(LEFT) X(FORGOTTEN)

/* clang-format off */
enum told {
#define X(symbol) TOLD_##symbol,
    TOLD(X)
#undef X
    TOLD_COUNT
};
/* clang-format on */

struct delivery_alert {
    enum told told;
    int64_t offset;  /* of the record told last; -1: none */
    int64_t offered; /* of the record that was OFFERED last; -1: none */
    int32_t partition;
    uint32_t lane;
    int64_t tried;          /* of the record that was tried and not taken yet; -1: none */
    int64_t tried_since_ms; /* when that was tried first; 0: none */
};

struct delivery_position {
    int64_t next;       /* to be read next: all before it is done */
    int64_t survey_end; /* 0: no survey */
    int64_t known;      /* how far all was done when the survey began */
};

struct delivery_standing {
    bool is_gone;
    int64_t since_ms, noted_at_ms;
    uint64_t filter_hash;
    int64_t survey_from_ms;
    int64_t wish_heeded_ms;
    int32_t waiting;
    int64_t waiting_since_ms; /* 0: nothing waits */
    int64_t delivered, given_up;
    int64_t succeeded_at_ms, failed_at_ms; /* 0: never */
    char failure[DELIVERY_FAILURE_SIZE];
};

struct delivery_wish {
    int64_t from_ms;
    int64_t asked_at_ms;
};

enum delivery_kind { DELIVERY_OF_ALERT, DELIVERY_OF_PARTITION, DELIVERY_OF_SUBSCRIPTION, DELIVERY_OF_WISH };

/* One record: what KIND says of it is filled in. */
struct delivery_record {
    enum delivery_kind kind;
    bool is_tombstone;
    struct uuid alert_id; /* OF_ALERT */
    int32_t partition;    /* OF_PARTITION */
    union {
        struct delivery_alert alert;
        struct delivery_position position;
        struct delivery_standing standing;
        struct delivery_wish wish;
    } of;
};

/* Writes the key of RECORD of the subscription NAME, which is no longer than DELIVERY_NAME_LENGTH_MAX, and a NUL;
 * its length. */
size_t delivery_key_write(const struct delivery_record *record, const char *name, char key[static DELIVERY_KEY_SIZE]);

/* Writes the value, framing included; its length. */
size_t delivery_record_write(const struct delivery_record *record, uint8_t bytes[static DELIVERY_BYTES_MAX]);

/* The name of the subscription that KEY is of; it points into KEY. */
struct text delivery_key_name(struct text key);

/* Whether KEY is one of the subscription NAME; RECORD gets its kind, and alert_id or partition. */
bool delivery_key_read(struct text key, const char *name, struct delivery_record *record);

/* Reads the value of a record whose key was read, of any version; BYTES NULL: it is a tombstone. False: it is none of
 * them. */
bool delivery_record_read(const uint8_t *bytes, size_t length, struct delivery_record *record);

#endif
