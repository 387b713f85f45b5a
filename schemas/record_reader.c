#include "schemas/record_reader.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/avro_bytes.h"

#define REGISTERED_MAX 1024 /* ids with a program at a time; with more than anybody has, it begins anew */

/* --- shipped versions -------------------------------------------------------------------------------------------- */

/* The tree of a shipped schema. The build made its fingerprint of that very tree, so the text is right. */
static bool version_init(struct record_version *version, const struct shipped_schema *schema)
{
    struct schema_error error;
    version->fingerprint = schema->fingerprint;
    return schema_tree_init(&version->tree, schema->text, schema->length, &error);
}

static bool compile(const struct record_reader *reader, const struct schema_tree *writer,
                    struct record_program *compiled)
{
    static_assert(sizeof compiled->field == 64, "as program_new writes it");
    return program_new(&compiled->program, writer, &reader->versions[0].tree, reader->paths, reader->path_count,
                       compiled->field) != COMPILED_NO_MEMORY;
}

bool record_reader_init(struct record_reader *reader, const struct shipped_schema *newest,
                        const struct shipped_schema *earlier, size_t count, const char *const *paths,
                        uint32_t path_count)
{
    *reader = (struct record_reader){
        .versions = calloc(1 + count, sizeof *reader->versions), .paths = paths, .path_count = path_count};
    if (reader->versions == NULL || !version_init(&reader->versions[reader->count++], newest))
        return false;
    for (size_t i = 0; i < count; i++)
        if (earlier[i].schema == newest->schema && earlier[i].fingerprint != newest->fingerprint &&
            !version_init(&reader->versions[reader->count++], &earlier[i]))
            return false;
    for (size_t i = 0; i < reader->count; i++)
        if (!compile(reader, &reader->versions[i].tree, &reader->versions[i].compiled))
            return false;
    assert(reader->versions[0].compiled.program != NULL);
    return true;
}

enum compiled record_reader_fits(const struct record_reader *reader, const struct schema_tree *writer,
                                 char field[static 64])
{
    struct program *program;
    const enum compiled compiled = program_new(&program, writer, &reader->versions[0].tree, reader->paths,
                                               reader->path_count, field);
    program_free(program);
    return compiled;
}

static void registered_forget(struct record_reader *reader)
{
    for (size_t i = 0; i < reader->registered_count; i++)
        program_free(reader->registered[i].compiled.program);
    reader->registered_count = 0;
}

void record_reader_fini(struct record_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        program_free(reader->versions[i].compiled.program);
        schema_tree_fini(&reader->versions[i].tree);
    }
    registered_forget(reader);
    free(reader->registered);
    free(reader->versions);
    *reader = (struct record_reader){.versions = NULL};
}

void record_reader_use_ids(struct record_reader *reader, struct schema_ids *ids)
{
    reader->ids = ids;
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

static bool fails(struct finding *finding, enum problem problem, const char *field)
{
    *finding = finding_of(problem, field);
    return false;
}

static bool run(const struct record_program *compiled, const uint8_t *body, size_t length, struct program_value *values,
                struct finding *finding)
{
    if (compiled->program == NULL)
        return fails(finding, PROBLEM_SCHEMA_UNFIT, compiled->field);
    return program_run(compiled->program, body, length, values, finding);
}

static bool awaits(struct finding *finding, uint32_t id)
{
    *finding = (struct finding){.problem = PROBLEM_SCHEMA_AWAITED, .field = "", .schema_id = id};
    return false;
}

/* --- Confluent's framing ----------------------------------------------------------------------------------------- */

/* Where ID is among the registered versions, or belongs. */
static size_t registered_place(const struct record_reader *reader, uint32_t id)
{
    size_t first = 0, end = reader->registered_count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (reader->registered[middle].id < id)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

static bool is_registered(const struct record_reader *reader, size_t place, uint32_t id)
{
    return place < reader->registered_count && reader->registered[place].id == id;
}

static bool read_confluent(const struct record_reader *reader, const uint8_t *bytes, size_t length,
                           struct program_value *values, struct finding *finding)
{
    uint32_t id;
    if (!avro_confluent_framing(bytes, length, &id))
        return fails(finding, PROBLEM_FRAMING_UNKNOWN, "");
    if (reader->ids == NULL)
        return fails(finding, PROBLEM_FRAMING_CONFLUENT, "");
    size_t place = registered_place(reader, id);
    if (!is_registered(reader, place, id))
        return awaits(finding, id);
    return run(&reader->registered[place].compiled, bytes + AVRO_CONFLUENT_FRAMING_BYTES,
               length - AVRO_CONFLUENT_FRAMING_BYTES, values, finding);
}

static bool register_version(struct record_reader *reader, uint32_t id, const struct schema_tree *tree)
{
    struct registered_version version = {.id = id};
    if (reader->registered == NULL)
        reader->registered = calloc(REGISTERED_MAX, sizeof *reader->registered);
    if (reader->registered == NULL || !compile(reader, tree, &version.compiled))
        return false;
    if (reader->registered_count == REGISTERED_MAX)
        registered_forget(reader);
    size_t place = registered_place(reader, id);
    struct registered_version *room = &reader->registered[place];
    memmove(room + 1, room, (reader->registered_count++ - place) * sizeof *room);
    *room = version;
    return true;
}

bool record_reader_learn(struct record_reader *reader, uint32_t id, int64_t since_ms, int64_t now_ms,
                         struct finding *finding)
{
    if (is_registered(reader, registered_place(reader, id), id))
        return true;
    struct schema_id_finding found = schema_ids_find(reader->ids, id, since_ms, now_ms);
    if (found.standing == SCHEMA_ID_KNOWN)
        return register_version(reader, id, found.tree) || fails(finding, PROBLEM_NO_MEMORY, "");
    if (found.standing == SCHEMA_ID_AWAITED)
        return awaits(finding, id);
    if (found.standing == SCHEMA_ID_ABSENT)
        return fails(finding, PROBLEM_SCHEMA_UNKNOWN, "");
    memcpy(reader->why, found.why, sizeof reader->why);
    return fails(finding, PROBLEM_SCHEMA_UNUSABLE, reader->why);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

bool record_reader_read(const struct record_reader *reader, const uint8_t *bytes, size_t length,
                        struct program_value *values, struct finding *finding)
{
    uint64_t fingerprint;
    if (!avro_framing(bytes, length, &fingerprint))
        return read_confluent(reader, bytes, length, values, finding);
    const struct record_version *version = version_find(reader, fingerprint);
    if (version == NULL)
        return fails(finding, PROBLEM_SCHEMA_UNKNOWN, "");
    return run(&version->compiled, bytes + AVRO_FRAMING_BYTES, length - AVRO_FRAMING_BYTES, values, finding);
}
