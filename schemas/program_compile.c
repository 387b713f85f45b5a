#include <stdlib.h>
#include <string.h>

#include "schemas/program_build.h"

static bool compile_read(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                         uint8_t branch);

/* --- records: fields by name ------------------------------------------------------------------------------------- */

static const struct schema_field *field_named(const struct schema_node *record, const char *name)
{
    for (uint32_t i = 0; i < record->count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    return NULL;
}

/* The writer's field that the reader's is filled from: of its name, or else of one of its aliases. */
static const struct schema_field *field_of_writer(const struct schema_node *writer, const struct schema_field *field)
{
    const struct schema_field *found = field_named(writer, field->name);
    for (uint32_t i = 0; found == NULL && i < field->aliases.count; i++)
        found = field_named(writer, field->aliases.items[i]);
    return found;
}

static bool has_alias(const struct schema_field *field, const char *name)
{
    for (uint32_t i = 0; i < field->aliases.count; i++)
        if (strcmp(field->aliases.items[i], name) == 0)
            return true;
    return false;
}

static const struct schema_field *field_of_reader(const struct schema_node *writer, const struct schema_node *reader,
                                                  const struct schema_field *field)
{
    for (uint32_t i = 0; i < reader->count; i++) {
        const struct schema_field *wanted = &reader->fields[i];
        bool may_be = strcmp(wanted->name, field->name) == 0 || has_alias(wanted, field->name);
        if (may_be && field_of_writer(writer, wanted) == field)
            return wanted;
    }
    return NULL;
}

static bool compile_field(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                          const struct schema_field *field)
{
    const struct schema_field *wanted = field_of_reader(writer, reader, field);
    size_t mark = program_enter(compiler, ".", wanted == NULL ? field->name : wanted->name);
    bool fits = true;
    if (wanted == NULL)
        compile_skip(compiler, field->type);
    else
        fits = compile_read(compiler, field->type, wanted->type, 0);
    program_leave(compiler, mark);
    return fits;
}

static bool compile_added_field(struct compiler *compiler, const struct schema_field *field)
{
    size_t mark = program_enter(compiler, ".", field->name);
    bool fits = compile_default(compiler, field->type, field->default_value) || program_unfit(compiler);
    program_leave(compiler, mark);
    return fits;
}

static bool compile_record(struct compiler *compiler, const struct schema_node *writer,
                           const struct schema_node *reader, uint8_t branch)
{
    if (writer->type != AVRO_TYPE_RECORD || !compile_same_name(writer, reader) ||
        !program_spend(compiler, 2 * (uint64_t)writer->count * reader->count))
        return program_unfit(compiler);
    if (program_slot(compiler) != SLOT_OF_NOBODY)
        program_set(compiler, program_slot(compiler),
                    (struct program_value){.type = AVRO_TYPE_RECORD, .branch = branch});
    for (uint32_t i = 0; i < writer->count; i++)
        if (!compile_field(compiler, writer, reader, &writer->fields[i]))
            return false;
    for (uint32_t i = 0; i < reader->count; i++)
        if (field_of_writer(writer, &reader->fields[i]) == NULL && !compile_added_field(compiler, &reader->fields[i]))
            return false;
    return true;
}

/* --- arrays and maps: passed over now, and walked through later -------------------------------------------------- */

/* What an item before this one left behind must not be taken for this one's. */
static void clear_items(struct compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->program->slot_count; i++)
        if (program_is_within(compiler, compiler->paths[i]))
            program_set(compiler, (uint16_t)i, (struct program_value){.type = AVRO_TYPE_NULL});
}

static bool compile_item(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader)
{
    bool map = writer->type == AVRO_TYPE_MAP;
    size_t mark = program_enter(compiler, "", map ? "{}" : "[]");
    clear_items(compiler);
    if (map) {
        size_t key_mark = program_enter(compiler, "", "key");
        program_op(compiler, (struct op){.code = OP_BYTES, .type = AVRO_TYPE_STRING, .slot = program_slot(compiler)});
        program_leave(compiler, key_mark);
    }
    bool fits = compile_read(compiler, writer->types[0], reader->types[0], 0);
    program_op(compiler, (struct op){.code = OP_RETURN});
    program_leave(compiler, mark);
    return fits;
}

static bool compile_collection(struct compiler *compiler, const struct schema_node *writer,
                               const struct schema_node *reader, uint8_t branch)
{
    if (writer->type != reader->type)
        return program_unfit(compiler);
    struct op mark = {.type = (uint8_t)reader->type, .branch = branch, .slot = program_slot(compiler)};
    mark.code = OP_MARK;
    program_op(compiler, mark);
    compile_skip(compiler, writer);
    mark.code = OP_MARK_END;
    uint32_t end = program_op(compiler, mark);
    uint32_t jump = program_op(compiler, (struct op){.code = OP_JUMP, .arg = NO_JUMP});
    struct item_kind kind = {program_here(compiler), compile_item_bytes(compiler, writer)};
    program_go(compiler, end, program_item_kind(compiler, kind));
    bool fits = compile_item(compiler, writer, reader);
    program_land(compiler, jump);
    return fits;
}

/* --- unions ------------------------------------------------------------------------------------------------------ */

static bool compile_union_of_writer(struct compiler *compiler, const struct schema_node *writer,
                                    const struct schema_node *reader, uint8_t branch)
{
    uint32_t fitting = 0, jump = NO_JUMP;
    uint32_t table = program_table(compiler, writer->count);
    program_op(compiler, (struct op){.code = OP_UNION, .arg = table});
    for (uint32_t i = 0; i < writer->count; i++) {
        uint32_t start = program_here(compiler);
        program_table_set(compiler, table, i, start);
        if (compile_read(compiler, writer->types[i], reader, branch)) {
            fitting++;
        } else {
            program_cut(compiler, start);
            program_op(compiler, (struct op){.code = OP_FAIL});
        }
        if (i + 1 < writer->count) /* the last one goes on as it is */
            jump = program_op(compiler, (struct op){.code = OP_JUMP, .arg = jump});
    }
    program_land(compiler, jump);
    return fitting > 0 || program_unfit(compiler);
}

/* The first of the reader's branches that fits, as the specification says. */
static bool compile_union_of_reader(struct compiler *compiler, const struct schema_node *writer,
                                    const struct schema_node *reader)
{
    uint32_t start = program_here(compiler);
    for (uint32_t i = 0; i < reader->count && i <= UINT8_MAX; i++) {
        if (compile_read(compiler, writer, reader->types[i], (uint8_t)i))
            return true;
        program_cut(compiler, start);
    }
    return program_unfit(compiler);
}

static bool compile_read(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                         uint8_t branch)
{
    if (!program_spend(compiler, 1))
        return program_unfit(compiler);
    if (!program_wants(compiler)) {
        compile_skip(compiler, writer);
        return true;
    }
    if (writer->type == AVRO_TYPE_UNION)
        return compile_union_of_writer(compiler, writer, reader, branch);
    switch (reader->type) {
    case AVRO_TYPE_UNION:
        return compile_union_of_reader(compiler, writer, reader);
    case AVRO_TYPE_RECORD:
        return compile_record(compiler, writer, reader, branch);
    case AVRO_TYPE_ARRAY:
    case AVRO_TYPE_MAP:
        return compile_collection(compiler, writer, reader, branch);
    default:
        return compile_leaf(compiler, writer, reader, branch);
    }
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

static enum compiled compile(struct compiler *compiler, const struct schema_tree *writer,
                             const struct schema_tree *reader)
{
    bool fits = compile_read(compiler, writer->root, reader->root, 0);
    program_op(compiler, (struct op){.code = OP_END});
    if (fits) {
        compile_routines(compiler, writer->named_count);
        program_straighten(compiler);
    }
    if (compiler->no_memory)
        return COMPILED_NO_MEMORY;
    return fits && !compiler->too_large ? COMPILED : COMPILED_UNFIT;
}

enum compiled program_new(struct program **program, const struct schema_tree *writer, const struct schema_tree *reader,
                          const char *const *paths, uint32_t count, char field[static 64])
{
    struct compiler compiler = {.program = calloc(1, sizeof **program), .paths = paths};
    enum compiled compiled = COMPILED_NO_MEMORY;
    compiler.routines = calloc((size_t)writer->named_count + 1, sizeof *compiler.routines);
    compiler.item_bytes = malloc(((size_t)writer->named_count + 1) * sizeof *compiler.item_bytes);
    if (compiler.program != NULL && compiler.routines != NULL && compiler.item_bytes != NULL) {
        memset(compiler.item_bytes, 0xFF, (size_t)writer->named_count * sizeof *compiler.item_bytes);
        compiler.program->slot_count = count;
        compiled = compile(&compiler, writer, reader);
    }
    memcpy(field, compiler.unfit, 63);
    field[63] = '\0';
    free(compiler.routines);
    free(compiler.item_bytes);
    *program = compiler.program;
    if (compiled != COMPILED) {
        program_free(*program);
        *program = NULL;
    }
    return compiled;
}

void program_free(struct program *program)
{
    if (program == NULL)
        return;
    for (uint32_t i = 0; i < program->text_count; i++)
        free(program->texts[i]);
    free(program->texts);
    free(program->ops);
    free(program->tables);
    free(program->constants);
    free(program->items);
    free(program);
}
