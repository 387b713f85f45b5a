/* Reads the records of one kind, whichever released version of its schema wrote them, as the newest one.
 *
 * A record tells by its first bytes how it is framed: single-object encoding names the writer's schema by its
 * fingerprint, Confluent's framing by the id that a schema registry gave it. Reading never waits for a registry: a
 * record of an id that this reader has not met is SCHEMA_AWAITED, and record_reader_learn looks up what is known of the
 * id.
 */
#ifndef SCHEMAS_RECORD_READER_H
#define SCHEMAS_RECORD_READER_H

#include "schemas/problem.h"
#include "schemas/program.h"
#include "schemas/schema.h"
#include "schemas/schema_ids.h"

#define RECORD_FIELD_SIZE 64

struct record_program {
    struct program *program;       /* NULL: it can not be resolved … */
    char field[RECORD_FIELD_SIZE]; /* … in this field */
};

struct record_version {
    uint64_t fingerprint;
    struct schema_tree tree;
    struct record_program compiled;
};

struct registered_version { /* of an id that was met */
    uint32_t id;
    struct record_program compiled;
};

struct record_reader {
    struct record_version *versions; /* the newest first */
    size_t count;
    const char *const *paths;
    uint32_t path_count;
    struct schema_ids *ids;                /* NULL: no registry */
    struct registered_version *registered; /* by id */
    size_t registered_count;
    char why[SCHEMA_ID_WHY_SIZE]; /* the field of the last finding of record_reader_learn */
};

/* For records of SCHEMA: PATHS as of program_new, of the newest version. EARLIER are COUNT schemas of any record. The
 * schemas must be right, as shipped ones are; false: memory is short. Either way the reader is to be fini'ed. */
bool record_reader_init(struct record_reader *reader, const struct shipped_schema *newest,
                        const struct shipped_schema *earlier, size_t count, const char *const *paths,
                        uint32_t path_count);
void record_reader_fini(struct record_reader *reader);

/* From now on it also reads Confluent's framing, with what IDS know, which must outlive it; NULL: it does not. Such a
 * reader is one thread's. */
void record_reader_use_ids(struct record_reader *reader, struct schema_ids *ids);

/* Reads framing and body into VALUES, which have room for one more than the paths. False: FINDING says why. Never
 * allocates. */
bool record_reader_read(const struct record_reader *reader, const uint8_t *bytes, size_t length,
                        struct program_value *values, struct finding *finding);

/* After SCHEMA_AWAITED: looks up what IDS know of the finding's schema, ID, for a record first seen at SINCE_MS, and
 * compiles it. True: it can be read. False: FINDING says why; SCHEMA_AWAITED: not known yet, but asked for; NO_MEMORY:
 * memory is short. */
bool record_reader_learn(struct record_reader *reader, uint32_t id, int64_t since_ms, int64_t now_ms,
                         struct finding *finding);

/* Whether what WRITER wrote can be read; UNFIT: FIELD as of program_new. */
enum compiled record_reader_fits(const struct record_reader *reader, const struct schema_tree *writer,
                                 char field[static 64]);

/* Whether a schema of that fingerprint is among its versions. */
bool record_reader_knows(const struct record_reader *reader, uint64_t fingerprint);

#endif
