#include "schemas/program_build.h"

#define ITEM_BYTES_MAX 255 /* a bound below which the least size of an item need not be exact */
#define NOT_KNOWN UINT16_MAX
#define BEING_FOUND (UINT16_MAX - 1)

/* --- the least bytes a value takes; nothing only where every value takes nothing --------------------------------- */

static uint32_t least_bytes(struct compiler *compiler, const struct schema_node *writer);

static uint32_t least_bytes_of_record(struct compiler *compiler, const struct schema_node *writer)
{
    uint16_t *known = &compiler->item_bytes[writer->number];
    if (*known == BEING_FOUND) /* a record that contains itself has no end: no bytes are one */
        return ITEM_BYTES_MAX;
    if (*known != NOT_KNOWN)
        return *known;
    *known = BEING_FOUND;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < writer->count && sum < ITEM_BYTES_MAX; i++)
        sum += least_bytes(compiler, writer->fields[i].type);
    *known = (uint16_t)(sum < ITEM_BYTES_MAX ? sum : ITEM_BYTES_MAX);
    return *known;
}

static uint32_t least_bytes(struct compiler *compiler, const struct schema_node *writer)
{
    switch (writer->type) {
    case AVRO_TYPE_NULL:
        return 0;
    case AVRO_TYPE_FLOAT:
        return sizeof(float);
    case AVRO_TYPE_DOUBLE:
        return sizeof(double);
    case AVRO_TYPE_FIXED:
        return writer->size < ITEM_BYTES_MAX ? writer->size : ITEM_BYTES_MAX;
    case AVRO_TYPE_RECORD:
        return least_bytes_of_record(compiler, writer);
    default:
        return 1;
    }
}

uint8_t compile_item_bytes(struct compiler *compiler, const struct schema_node *collection)
{
    uint32_t key = collection->type == AVRO_TYPE_MAP ? 1 : 0;
    uint32_t bytes = key + least_bytes(compiler, collection->types[0]);
    return (uint8_t)(bytes < ITEM_BYTES_MAX ? bytes : ITEM_BYTES_MAX);
}

/* --- passing over ------------------------------------------------------------------------------------------------ */

static void skip_enum(struct compiler *compiler, const struct schema_node *writer)
{
    uint32_t table = program_table(compiler, writer->symbols.count);
    for (uint32_t i = 0; i < writer->symbols.count; i++)
        program_table_set(compiler, table, i, i);
    program_op(compiler, (struct op){.code = OP_ENUM, .slot = SLOT_OF_NOBODY, .arg = table});
}

static void skip_union(struct compiler *compiler, const struct schema_node *writer)
{
    uint32_t table = program_table(compiler, writer->count);
    uint32_t jump_before = NO_JUMP;
    program_op(compiler, (struct op){.code = OP_UNION, .arg = table});
    for (uint32_t i = 0; i < writer->count; i++) {
        program_table_set(compiler, table, i, program_here(compiler));
        compile_skip(compiler, writer->types[i]);
        if (i + 1 < writer->count) /* the last one goes on as it is */
            jump_before = program_op(compiler, (struct op){.code = OP_JUMP, .arg = jump_before});
    }
    program_land(compiler, jump_before);
}

static void skip_collection(struct compiler *compiler, const struct schema_node *writer)
{
    struct op next_item = {.code = OP_ARRAY_NEXT, .item_bytes = compile_item_bytes(compiler, writer)};
    program_op(compiler, (struct op){.code = OP_ARRAY_BEGIN});
    uint32_t next = program_op(compiler, next_item);
    if (writer->type == AVRO_TYPE_MAP)
        program_op(compiler, (struct op){.code = OP_BYTES, .slot = SLOT_OF_NOBODY});
    compile_skip(compiler, writer->types[0]);
    program_op(compiler, (struct op){.code = OP_JUMP, .arg = next});
    program_go(compiler, next, program_here(compiler));
}

void compile_skip(struct compiler *compiler, const struct schema_node *writer)
{
    static const uint8_t codes[AVRO_TYPE_COUNT] = {
        [AVRO_TYPE_BOOLEAN] = OP_BOOLEAN, [AVRO_TYPE_INT] = OP_INT,       [AVRO_TYPE_LONG] = OP_LONG,
        [AVRO_TYPE_FLOAT] = OP_FLOAT,     [AVRO_TYPE_DOUBLE] = OP_DOUBLE, [AVRO_TYPE_BYTES] = OP_BYTES,
        [AVRO_TYPE_STRING] = OP_BYTES,    [AVRO_TYPE_FIXED] = OP_FIXED,
    };
    if (!program_spend(compiler, 1) || least_bytes(compiler, writer) == 0)
        return;
    switch (writer->type) {
    case AVRO_TYPE_ENUM:
        skip_enum(compiler, writer);
        return;
    case AVRO_TYPE_UNION:
        skip_union(compiler, writer);
        return;
    case AVRO_TYPE_ARRAY:
    case AVRO_TYPE_MAP:
        skip_collection(compiler, writer);
        return;
    case AVRO_TYPE_RECORD:
        compiler->routines[writer->number].record = writer;
        program_op(compiler, (struct op){.code = OP_CALL, .arg = writer->number});
        return;
    default:
        program_op(compiler, (struct op){.code = codes[writer->type], .slot = SLOT_OF_NOBODY, .arg = writer->size});
    }
}

/* --- records: routines, since they may contain themselves -------------------------------------------------------- */

static void compile_routine(struct compiler *compiler, struct routine *routine)
{
    routine->compiled = true;
    routine->start = program_here(compiler);
    for (uint32_t i = 0; i < routine->record->count; i++) {
        size_t mark = program_enter(compiler, ".", routine->record->fields[i].name);
        compile_skip(compiler, routine->record->fields[i].type);
        program_leave(compiler, mark);
    }
    program_op(compiler, (struct op){.code = OP_RETURN});
}

void compile_routines(struct compiler *compiler, uint32_t count)
{
    bool more = true;
    while (more) { /* one may want another */
        more = false;
        for (uint32_t i = 0; i < count; i++)
            if (compiler->routines[i].record != NULL && !compiler->routines[i].compiled) {
                compile_routine(compiler, &compiler->routines[i]);
                more = true;
            }
    }
    for (uint32_t i = 0; i < program_here(compiler); i++)
        if (compiler->program->ops[i].code == OP_CALL)
            program_go(compiler, i, compiler->routines[compiler->program->ops[i].arg].start);
}
