#include "schemas/record_reader.h"

#include <assert.h>
#include <stdlib.h>

#include "schemas/avro_bytes.h"

#define CONFLUENT_FRAMING_BYTES 5 /* 00 and a registry's id of the schema */

/* The tree of a shipped schema. The build made its fingerprint of that very tree, so the text is right. */
static bool version_init(struct record_version *version, const struct shipped_schema *schema)
{
    struct schema_error error;
    version->fingerprint = schema->fingerprint;
    return schema_tree_init(&version->tree, schema->text, schema->length, &error);
}

static bool compile_version(struct record_reader *reader, struct record_version *version, const char *const *paths,
                            uint32_t path_count)
{
    char field[64];
    const struct schema_tree *newest = &reader->versions[0].tree;
    return program_new(&version->program, &version->tree, newest, paths, path_count, field) != COMPILED_NO_MEMORY;
}

bool record_reader_init(struct record_reader *reader, const struct shipped_schema *newest,
                        const struct shipped_schema *earlier, size_t count, const char *const *paths,
                        uint32_t path_count)
{
    *reader = (struct record_reader){calloc(1 + count, sizeof *reader->versions), 0};
    if (reader->versions == NULL || !version_init(&reader->versions[reader->count++], newest))
        return false;
    for (size_t i = 0; i < count; i++)
        if (earlier[i].schema == newest->schema && !version_init(&reader->versions[reader->count++], &earlier[i]))
            return false;
    for (size_t i = 0; i < reader->count; i++)
        if (!compile_version(reader, &reader->versions[i], paths, path_count))
            return false;
    assert(reader->versions[0].program != NULL);
    return true;
}

void record_reader_fini(struct record_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        program_free(reader->versions[i].program);
        schema_tree_fini(&reader->versions[i].tree);
    }
    free(reader->versions);
    *reader = (struct record_reader){NULL, 0};
}

static const struct record_version *version_find(const struct record_reader *reader, uint64_t fingerprint)
{
    for (size_t i = 0; i < reader->count; i++)
        if (reader->versions[i].fingerprint == fingerprint)
            return &reader->versions[i];
    return NULL;
}

bool record_reader_knows(const struct record_reader *reader, uint64_t fingerprint)
{
    return version_find(reader, fingerprint) != NULL;
}

static bool fails(struct finding *finding, enum problem problem)
{
    *finding = (struct finding){problem, ""};
    return false;
}

bool record_read(const struct record_reader *reader, const uint8_t *bytes, size_t length, struct program_value *values,
                 struct finding *finding)
{
    uint64_t fingerprint;
    if (!avro_framing(bytes, length, &fingerprint)) {
        bool confluent = length >= CONFLUENT_FRAMING_BYTES && bytes[0] == 0;
        return fails(finding, confluent ? PROBLEM_FRAMING_CONFLUENT : PROBLEM_FRAMING_UNKNOWN);
    }
    const struct record_version *version = version_find(reader, fingerprint);
    if (version == NULL)
        return fails(finding, PROBLEM_SCHEMA_UNKNOWN);
    if (version->program == NULL)
        return fails(finding, PROBLEM_SCHEMA_UNFIT);
    return program_run(version->program, bytes + AVRO_FRAMING_BYTES, length - AVRO_FRAMING_BYTES, values, finding);
}
