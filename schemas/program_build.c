#include "schemas/program_build.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more of COUNT items; arrays double. The array as it was, where there is none: then nothing may be added.
 */
static void *grown(struct compiler *compiler, void *array, uint32_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* 0 or a power of two */
    compiler->too_large = compiler->too_large || count >= PROGRAM_SIZE_MAX;
    if (!full || compiler->no_memory || compiler->too_large)
        return array;
    void *larger = realloc(array, (count == 0 ? 1 : 2 * (size_t)count) * size);
    compiler->no_memory = larger == NULL;
    return larger == NULL ? array : larger;
}

static bool has_failed(const struct compiler *compiler)
{
    return compiler->no_memory || compiler->too_large;
}

bool program_spend(struct compiler *compiler, uint64_t work)
{
    compiler->work += work;
    compiler->too_large = compiler->too_large || compiler->work > PROGRAM_WORK_MAX;
    return !has_failed(compiler);
}

char *program_text(struct compiler *compiler, const char *bytes, size_t length)
{
    struct program *program = compiler->program;
    program->texts = grown(compiler, program->texts, program->text_count, sizeof *program->texts);
    char *text = has_failed(compiler) ? NULL : calloc(length + 1, 1);
    if (text == NULL) {
        compiler->no_memory = compiler->no_memory || !compiler->too_large;
        return NULL;
    }
    memcpy(text, bytes, length);
    return program->texts[program->text_count++] = text;
}

/* The path as a text of the program: the last one where that is the same, as for the operations of one field. */
static uint16_t name_of_path(struct compiler *compiler)
{
    const struct program *program = compiler->program;
    if (program->text_count == 0 || strcmp(program->texts[program->text_count - 1], compiler->path) != 0)
        program_text(compiler, compiler->path, compiler->path_length);
    return (uint16_t)(program->text_count - 1);
}

uint32_t program_here(const struct compiler *compiler)
{
    return compiler->program->op_count;
}

uint32_t program_op(struct compiler *compiler, struct op op)
{
    struct program *program = compiler->program;
    op.name = name_of_path(compiler);
    if (op.slot == SLOT_OF_NOBODY)
        op.slot = (uint16_t)program->slot_count;
    program->ops = grown(compiler, program->ops, program->op_count, sizeof *program->ops);
    if (has_failed(compiler))
        return 0;
    program->ops[program->op_count] = op;
    return program->op_count++;
}

void program_go(struct compiler *compiler, uint32_t op, uint32_t to)
{
    if (!has_failed(compiler))
        compiler->program->ops[op].arg = to;
}

void program_land(struct compiler *compiler, uint32_t jump)
{
    while (!has_failed(compiler) && jump != NO_JUMP) {
        uint32_t before = compiler->program->ops[jump].arg;
        program_go(compiler, jump, program_here(compiler));
        jump = before;
    }
}

void program_straighten(struct compiler *compiler)
{
    struct program *program = compiler->program;
    for (uint32_t op = 0; !has_failed(compiler) && op < program->op_count; op++) {
        if (program->ops[op].code != OP_UNION)
            continue;
        uint32_t *branches = &program->tables[program->ops[op].arg];
        for (uint32_t i = 1; i <= branches[0]; i++)
            while (program->ops[branches[i]].code == OP_JUMP)
                branches[i] = program->ops[branches[i]].arg;
    }
}

void program_cut(struct compiler *compiler, uint32_t op)
{
    if (!has_failed(compiler))
        compiler->program->op_count = op;
}

static void add_to_tables(struct compiler *compiler, uint32_t value)
{
    struct program *program = compiler->program;
    program->tables = grown(compiler, program->tables, program->table_count, sizeof *program->tables);
    if (!has_failed(compiler))
        program->tables[program->table_count++] = value;
}

uint32_t program_table(struct compiler *compiler, uint32_t count)
{
    uint32_t table = compiler->program->table_count;
    add_to_tables(compiler, count);
    for (uint32_t row = 0; row < count; row++)
        add_to_tables(compiler, 0);
    return table;
}

void program_table_set(struct compiler *compiler, uint32_t table, uint32_t row, uint32_t value)
{
    if (!has_failed(compiler))
        compiler->program->tables[table + 1 + row] = value;
}

void program_set(struct compiler *compiler, uint16_t slot, struct program_value value)
{
    struct program *program = compiler->program;
    program->constants = grown(compiler, program->constants, program->constant_count, sizeof *program->constants);
    if (has_failed(compiler))
        return;
    program->constants[program->constant_count] = value;
    program_op(compiler, (struct op){.code = OP_SET, .slot = slot, .arg = program->constant_count++});
}

uint32_t program_item_kind(struct compiler *compiler, struct item_kind kind)
{
    struct program *program = compiler->program;
    program->items = grown(compiler, program->items, program->items_count, sizeof *program->items);
    if (has_failed(compiler))
        return 0;
    program->items[program->items_count] = kind;
    return program->items_count++;
}

size_t program_enter(struct compiler *compiler, const char *separator, const char *name)
{
    size_t mark = compiler->path_length;
    size_t separator_length = mark == 0 && *separator == '.' ? 0 : strlen(separator);
    size_t name_length = strlen(name);
    if (mark + separator_length + name_length >= PROGRAM_PATH_MAX) {
        compiler->too_large = true;
        return mark;
    }
    memcpy(compiler->path + mark, separator, separator_length);
    memcpy(compiler->path + mark + separator_length, name, name_length + 1);
    compiler->path_length += separator_length + name_length;
    return mark;
}

void program_leave(struct compiler *compiler, size_t mark)
{
    compiler->path_length = mark;
    compiler->path[mark] = '\0';
}

bool program_is_within(const struct compiler *compiler, const char *path)
{
    if (path == NULL || strncmp(path, compiler->path, compiler->path_length) != 0)
        return false;
    char next = path[compiler->path_length];
    return compiler->path_length == 0 || next == '\0' || next == '.' || next == '[' || next == '{';
}

bool program_wants(const struct compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->program->slot_count; i++)
        if (program_is_within(compiler, compiler->paths[i]))
            return true;
    return false;
}

uint16_t program_slot(const struct compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->program->slot_count; i++)
        if (compiler->paths[i] != NULL && strcmp(compiler->paths[i], compiler->path) == 0)
            return (uint16_t)i;
    return SLOT_OF_NOBODY;
}

bool program_unfit(struct compiler *compiler)
{
    memcpy(compiler->unfit, compiler->path, compiler->path_length + 1);
    return false;
}
