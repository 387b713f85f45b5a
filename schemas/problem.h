/* Why a record or a line could not be read: one table for messages, dead letters and documentation. */
#ifndef SCHEMAS_PROBLEM_H
#define SCHEMAS_PROBLEM_H

#include <stdint.h>

/* X(SYMBOL, sentence for an operator). The symbol is the `reason` of a dead letter. */
#define PROBLEMS(X)                                                                                                    \
    X(NONE, "no problem")                                                                                              \
    X(NO_KEY, "the record has no key; it must be the child_id")                                                        \
    X(KEY_NOT_CHILD_ID, "the key is not the record's child_id")                                                        \
    X(MISPLACED, "the record is in a partition that is not its child's; the producer must use murmur2_random")         \
    X(TOO_LONG, "the record is longer than an event may be")                                                           \
    X(FRAMING_UNKNOWN, "the first bytes are of no known framing: neither single-object encoding (C3 01) nor "          \
                       "Confluent's (00 and an id)")                                                                   \
    X(FRAMING_CONFLUENT, "the record has Confluent framing, but no schema registry is configured")                     \
    X(SCHEMA_UNKNOWN, "the schema fingerprint, or the registry's id, is of no known schema")                           \
    X(SCHEMA_AWAITED, "the schema registry has not said yet which schema the id is of")                                \
    X(SCHEMA_UNUSABLE, "what the schema registry has under the id is no schema that can be used")                      \
    X(SCHEMA_UNFIT, "the writer's schema can not be resolved with ours")                                               \
    X(TRUNCATED, "the record ends within a field")                                                                     \
    X(TRAILING_BYTES, "bytes follow after the record")                                                                 \
    X(MALFORMED, "the bytes are not what the schema says")                                                             \
    X(NOT_JSON, "the line is not a JSON object")                                                                       \
    X(FIELD_MISSING, "a field that the kind needs is missing")                                                         \
    X(FIELD_TYPE, "a field has the wrong type")                                                                        \
    X(SYMBOL_UNKNOWN, "a kind, region or other enum symbol is unknown")                                                \
    X(ID_INVALID, "an id is empty, longer than 64 bytes or has a character outside A-Z a-z 0-9 . _ : -")               \
    X(UUID_INVALID, "event_id is no UUID")                                                                             \
    X(DATE_INVALID, "a date does not exist or is outside 1900-01-01 to 2199-12-31")                                    \
    X(INSTANT_INVALID, "recorded_at is no instant (RFC 3339) or out of range")                                         \
    X(NO_MEMORY, "memory is short")                                                                                    \
    X(TOO_MANY_FACTS, "the child has as many facts as one child may have")

/* clang-format off */
enum problem {
#define X(symbol, sentence) PROBLEM_##symbol,
    PROBLEMS(X)
#undef X
    PROBLEM_COUNT
};
/* clang-format on */

/* What, and in which field ("" where it is the record as a whole; of SCHEMA_UNUSABLE what is wrong with the schema).
 * FIELD points to a string constant or to a text of the reader's, which stays until the reader is used again. */
struct finding {
    enum problem problem;
    const char *field;
    uint32_t schema_id; /* SCHEMA_AWAITED: which the registry is to say */
};

static inline struct finding finding_of(enum problem problem, const char *field)
{
    return (struct finding){.problem = problem, .field = field};
}

extern const char *const problem_names[PROBLEM_COUNT];     /* "NO_KEY" */
extern const char *const problem_sentences[PROBLEM_COUNT]; /* "the record has no key; …" */

#endif
