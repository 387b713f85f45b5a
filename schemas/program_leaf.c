#include <string.h>

#include "schemas/program_build.h"

struct conversion {
    enum avro_type writer, reader;
    enum op_code code;
};

static const struct conversion conversions[] = {
    {AVRO_TYPE_BOOLEAN, AVRO_TYPE_BOOLEAN, OP_BOOLEAN},
    {AVRO_TYPE_INT, AVRO_TYPE_INT, OP_INT},
    {AVRO_TYPE_INT, AVRO_TYPE_LONG, OP_INT},
    {AVRO_TYPE_INT, AVRO_TYPE_FLOAT, OP_INT_TO_REAL},
    {AVRO_TYPE_INT, AVRO_TYPE_DOUBLE, OP_INT_TO_REAL},
    {AVRO_TYPE_LONG, AVRO_TYPE_LONG, OP_LONG},
    {AVRO_TYPE_LONG, AVRO_TYPE_FLOAT, OP_LONG_TO_REAL},
    {AVRO_TYPE_LONG, AVRO_TYPE_DOUBLE, OP_LONG_TO_REAL},
    {AVRO_TYPE_FLOAT, AVRO_TYPE_FLOAT, OP_FLOAT},
    {AVRO_TYPE_FLOAT, AVRO_TYPE_DOUBLE, OP_FLOAT},
    {AVRO_TYPE_DOUBLE, AVRO_TYPE_DOUBLE, OP_DOUBLE},
    {AVRO_TYPE_STRING, AVRO_TYPE_STRING, OP_BYTES},
    {AVRO_TYPE_STRING, AVRO_TYPE_BYTES, OP_BYTES},
    {AVRO_TYPE_BYTES, AVRO_TYPE_BYTES, OP_BYTES},
    {AVRO_TYPE_BYTES, AVRO_TYPE_STRING, OP_BYTES},
};

/* A named type is the reader's where their names agree, namespaces apart, or the reader has it as an alias. */
bool compile_same_name(const struct schema_node *writer, const struct schema_node *reader)
{
    if (strcmp(schema_short_name(writer->name), schema_short_name(reader->name)) == 0)
        return true;
    for (uint32_t i = 0; i < reader->aliases.count; i++)
        if (strcmp(writer->name, reader->aliases.items[i]) == 0)
            return true;
    return false;
}

static bool compile_primitive(struct compiler *compiler, const struct schema_node *writer,
                              const struct schema_node *reader, uint8_t branch)
{
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        const struct conversion *conversion = &conversions[i];
        if (conversion->writer != writer->type || conversion->reader != reader->type)
            continue;
        program_op(compiler, (struct op){.code = (uint8_t)conversion->code,
                                         .type = (uint8_t)reader->type,
                                         .branch = branch,
                                         .slot = program_slot(compiler)});
        return true;
    }
    return writer->type == AVRO_TYPE_NULL && reader->type == AVRO_TYPE_NULL ? true : program_unfit(compiler);
}

static bool compile_fixed(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                          uint8_t branch)
{
    if (writer->type != AVRO_TYPE_FIXED || !compile_same_name(writer, reader) || writer->size != reader->size)
        return program_unfit(compiler);
    program_op(compiler, (struct op){.code = OP_FIXED,
                                     .type = AVRO_TYPE_FIXED,
                                     .branch = branch,
                                     .slot = program_slot(compiler),
                                     .arg = writer->size});
    return true;
}

static uint32_t symbol_of_reader(const struct schema_node *reader, const char *symbol)
{
    for (uint32_t i = 0; i < reader->symbols.count; i++)
        if (strcmp(reader->symbols.items[i], symbol) == 0)
            return i;
    return reader->default_symbol < 0 ? NO_SYMBOL : (uint32_t)reader->default_symbol;
}

static bool compile_enum(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                         uint8_t branch)
{
    if (writer->type != AVRO_TYPE_ENUM || !compile_same_name(writer, reader) ||
        !program_spend(compiler, (uint64_t)writer->symbols.count * reader->symbols.count))
        return program_unfit(compiler);
    uint32_t table = program_table(compiler, writer->symbols.count);
    for (uint32_t i = 0; i < writer->symbols.count; i++)
        program_table_set(compiler, table, i, symbol_of_reader(reader, writer->symbols.items[i]));
    program_op(
        compiler,
        (struct op){
            .code = OP_ENUM, .type = AVRO_TYPE_ENUM, .branch = branch, .slot = program_slot(compiler), .arg = table});
    return true;
}

bool compile_leaf(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                  uint8_t branch)
{
    if (reader->type == AVRO_TYPE_ENUM)
        return compile_enum(compiler, writer, reader, branch);
    return reader->type == AVRO_TYPE_FIXED ? compile_fixed(compiler, writer, reader, branch)
                                           : compile_primitive(compiler, writer, reader, branch);
}
