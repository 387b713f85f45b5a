/* Reads the records of one kind, whichever released version of its schema wrote them, as the newest one.
 *
 * A record tells by its first bytes how it is framed; single-object encoding names the writer's schema by its
 * fingerprint.
 */
#ifndef SCHEMAS_RECORD_READER_H
#define SCHEMAS_RECORD_READER_H

#include "schemas/problem.h"
#include "schemas/program.h"
#include "schemas/schema.h"

struct record_version {
    uint64_t fingerprint;
    struct schema_tree tree;
    struct program *program; /* NULL: it can not be resolved */
};

struct record_reader {
    struct record_version *versions; /* the newest first */
    size_t count;
};

/* For records of SCHEMA: PATHS as of program_new, of the newest version. EARLIER are COUNT schemas of any record. The
 * schemas must be right, as shipped ones are; false: memory is short. Either way the reader is to be fini'ed. */
bool record_reader_init(struct record_reader *reader, const struct shipped_schema *newest,
                        const struct shipped_schema *earlier, size_t count, const char *const *paths,
                        uint32_t path_count);
void record_reader_fini(struct record_reader *reader);

/* Reads framing and body into VALUES, which have room for one more than the paths. False: FINDING says why. Never
 * allocates. */
bool record_read(const struct record_reader *reader, const uint8_t *bytes, size_t length, struct program_value *values,
                 struct finding *finding);

/* Whether a schema of that fingerprint is among its versions. */
bool record_reader_knows(const struct record_reader *reader, uint64_t fingerprint);

#endif
