#include <assert.h>
#include <string.h>

#include "schemas/avro_bytes.h"
#include "schemas/program_ops.h"

struct frame {                /* an array that is being read, or a record that was called */
    const uint8_t *block_end; /* where the writer said so; else NULL */
    uint64_t left;            /* items in the block */
    const struct op *back;    /* where OP_RETURN goes */
};

struct run {
    const struct program *program;
    const uint8_t *at, *end;
    struct program_value *values;
    uint32_t depth;
    struct frame frames[PROGRAM_FRAMES_MAX];
};

/* --- pieces; each answers PROBLEM_NONE, or what is wrong --------------------------------------------------------- */

static inline enum problem read_long(struct run *run, int64_t *number)
{
    if (run->at < run->end && *run->at < 0x80) { /* most are one byte long */
        uint64_t bits = *run->at++;
        *number = (int64_t)(bits >> 1) ^ -(int64_t)(bits & 1);
        return PROBLEM_NONE;
    }
    if (avro_varint(&run->at, run->end, number))
        return PROBLEM_NONE;
    return run->at == run->end ? PROBLEM_TRUNCATED : PROBLEM_MALFORMED;
}

static inline enum problem read_int(struct run *run, int64_t *number)
{
    enum problem problem = read_long(run, number);
    return problem == PROBLEM_NONE && (*number < INT32_MIN || *number > INT32_MAX) ? PROBLEM_MALFORMED : problem;
}

static inline enum problem read_index(struct run *run, uint32_t count, uint32_t *index)
{
    int64_t number;
    enum problem problem = read_long(run, &number);
    if (problem != PROBLEM_NONE)
        return problem;
    *index = (uint32_t)number;
    return number < 0 || number >= (int64_t)count ? PROBLEM_MALFORMED : PROBLEM_NONE;
}

static inline enum problem read_raw(struct run *run, int64_t length, struct program_value *value)
{
    if (length < 0)
        return PROBLEM_MALFORMED;
    if (length > run->end - run->at || length > UINT32_MAX)
        return PROBLEM_TRUNCATED;
    value->bytes = run->at;
    value->length = (uint32_t)length;
    run->at += length;
    return PROBLEM_NONE;
}

static inline enum problem read_bytes(struct run *run, struct program_value *value)
{
    int64_t length;
    enum problem problem = read_long(run, &length);
    return problem == PROBLEM_NONE ? read_raw(run, length, value) : problem;
}

static inline enum problem read_boolean(struct run *run, struct program_value *value)
{
    if (run->at == run->end)
        return PROBLEM_TRUNCATED;
    value->number = *run->at++;
    return value->number > 1 ? PROBLEM_MALFORMED : PROBLEM_NONE;
}

static enum problem read_real(struct run *run, size_t size, struct program_value *value)
{
    if ((size_t)(run->end - run->at) < size)
        return PROBLEM_TRUNCATED;
    uint64_t bits = 0;
    for (size_t i = size; i > 0; i--)
        bits = bits << 8 | run->at[i - 1];
    run->at += size;
    uint32_t few_bits = (uint32_t)bits;
    float single;
    memcpy(&single, &few_bits, sizeof single);
    if (size == sizeof single)
        value->real = (double)single;
    else
        memcpy(&value->real, &bits, sizeof value->real);
    return PROBLEM_NONE;
}

/* An integer where the reader has a float or double. */
static void make_real(const struct op *op, struct program_value *value)
{
    int64_t number = value->number;
    value->real = op->type == AVRO_TYPE_FLOAT ? (double)(float)number : (double)number;
}

static inline enum problem read_enum(struct run *run, const struct op *op, struct program_value *value)
{
    const uint32_t *symbols = &run->program->tables[op->arg];
    uint32_t index;
    enum problem problem = read_index(run, symbols[0], &index);
    if (problem != PROBLEM_NONE)
        return problem;
    value->number = symbols[1 + index];
    return symbols[1 + index] == NO_SYMBOL ? PROBLEM_SYMBOL_UNKNOWN : PROBLEM_NONE;
}

static inline enum problem read_union(struct run *run, const struct op *op, const struct op **next)
{
    const uint32_t *branches = &run->program->tables[op->arg];
    uint32_t index;
    enum problem problem = read_index(run, branches[0], &index);
    if (problem == PROBLEM_NONE)
        *next = &run->program->ops[branches[1 + index]];
    return problem;
}

static enum problem push(struct run *run, const struct op *back)
{
    if (run->depth == PROGRAM_FRAMES_MAX)
        return PROBLEM_MALFORMED;
    run->frames[run->depth++] = (struct frame){NULL, 0, back};
    return PROBLEM_NONE;
}

/* Reads the head of an array's block. ITEM_BYTES: the least an item takes; where it is nothing the items need no
 * reading. */
static enum problem read_block(struct run *run, uint32_t item_bytes, struct frame *frame)
{
    int64_t count, size = -1;
    enum problem problem = read_long(run, &count);
    if (problem == PROBLEM_NONE && count < 0) { /* the writer says how many bytes follow */
        if (count == INT64_MIN)
            return PROBLEM_MALFORMED;
        count = -count;
        problem = read_long(run, &size);
        if (problem == PROBLEM_NONE && size < 0)
            return PROBLEM_MALFORMED;
    }
    if (problem != PROBLEM_NONE)
        return problem;
    int64_t room = run->end - run->at;
    if (size > room || count > (item_bytes == 0 ? PROGRAM_EMPTY_ITEMS_MAX : room / item_bytes))
        return item_bytes == 0 ? PROBLEM_MALFORMED : PROBLEM_TRUNCATED;
    frame->block_end = size < 0 ? NULL : run->at + size;
    frame->left = (uint64_t)count;
    return PROBLEM_NONE;
}

/* Goes to the next item, into the next block, or behind the array. */
static enum problem next_item(struct run *run, const struct op *op, const struct op **next)
{
    struct frame *frame = &run->frames[run->depth - 1];
    while (frame->left == 0 || op->item_bytes == 0) {
        if (frame->block_end != NULL && frame->block_end != run->at)
            return PROBLEM_MALFORMED;
        enum problem problem = read_block(run, op->item_bytes, frame);
        if (problem != PROBLEM_NONE)
            return problem;
        if (frame->left == 0) {
            run->depth--;
            *next = &run->program->ops[op->arg];
            return PROBLEM_NONE;
        }
    }
    frame->left--;
    return PROBLEM_NONE;
}

/* --- the program ------------------------------------------------------------------------------------------------- */

static inline void type_value(const struct op *op, struct program_value *value)
{
    value->type = (enum avro_type)op->type;
    value->branch = op->branch;
}

/* Runs from FIRST until the record or item has ended, or up to the operation that failed, which becomes *LAST. */
static enum problem run_from(struct run *run, uint32_t first, const struct op **last)
{
    const struct op *ops = run->program->ops;
    const struct op *next = &ops[first];
    for (;;) {
        const struct op *op = next++;
        struct program_value *value = &run->values[op->slot];
        enum problem problem = PROBLEM_NONE;
        switch ((enum op_code)op->code) {
        case OP_END:
            *last = op;
            return run->at == run->end ? PROBLEM_NONE : PROBLEM_TRAILING_BYTES;
        case OP_RETURN:
            if (run->depth == 0) {
                *last = op;
                return PROBLEM_NONE;
            }
            next = run->frames[--run->depth].back;
            continue;
        case OP_CALL:
            problem = push(run, next);
            next = &ops[op->arg];
            break;
        case OP_JUMP:
            next = &ops[op->arg];
            continue;
        case OP_FAIL:
            problem = PROBLEM_SCHEMA_UNFIT;
            break;
        case OP_SET:
            *value = run->program->constants[op->arg];
            continue;
        case OP_BOOLEAN:
            type_value(op, value);
            problem = read_boolean(run, value);
            break;
        case OP_INT:
            type_value(op, value);
            problem = read_int(run, &value->number);
            break;
        case OP_LONG:
            type_value(op, value);
            problem = read_long(run, &value->number);
            break;
        case OP_INT_TO_REAL:
            type_value(op, value);
            problem = read_int(run, &value->number);
            make_real(op, value);
            break;
        case OP_LONG_TO_REAL:
            type_value(op, value);
            problem = read_long(run, &value->number);
            make_real(op, value);
            break;
        case OP_FLOAT:
            type_value(op, value);
            problem = read_real(run, sizeof(float), value);
            break;
        case OP_DOUBLE:
            type_value(op, value);
            problem = read_real(run, sizeof(double), value);
            break;
        case OP_BYTES:
            type_value(op, value);
            problem = read_bytes(run, value);
            break;
        case OP_FIXED:
            type_value(op, value);
            problem = read_raw(run, op->arg, value);
            break;
        case OP_ENUM:
            type_value(op, value);
            problem = read_enum(run, op, value);
            break;
        case OP_UNION:
            problem = read_union(run, op, &next);
            break;
        case OP_ARRAY_BEGIN:
            problem = push(run, NULL);
            break;
        case OP_ARRAY_NEXT:
            problem = next_item(run, op, &next);
            break;
        case OP_MARK:
            type_value(op, value);
            value->bytes = run->at;
            continue;
        case OP_MARK_END:
            value->length = (uint32_t)(run->at - value->bytes);
            value->items = (uint16_t)op->arg;
            continue;
        }
        if (problem != PROBLEM_NONE) {
            *last = op;
            return problem;
        }
    }
}

static bool report(const struct program *program, enum problem problem, const struct op *op, struct finding *finding)
{
    if (problem == PROBLEM_NONE)
        return true;
    *finding = (struct finding){problem, problem == PROBLEM_TRAILING_BYTES ? "" : program->texts[op->name]};
    return false;
}

bool program_run(const struct program *program, const uint8_t *bytes, size_t length, struct program_value *values,
                 struct finding *finding)
{
    struct run run;
    const struct op *op;
    run.program = program;
    run.at = bytes;
    run.end = bytes + length;
    run.values = values;
    run.depth = 0;
    memset(values, 0, program->slot_count * sizeof *values); /* all of AVRO_TYPE_NULL */
    enum problem problem = run_from(&run, 0, &op);
    return report(program, problem, op, finding);
}

/* --- items ------------------------------------------------------------------------------------------------------- */

void program_items_begin(struct program_items *items, const struct program *program, const struct program_value *value)
{
    assert(value->type == AVRO_TYPE_ARRAY || value->type == AVRO_TYPE_MAP);
    *items = (struct program_items){program, value->bytes, value->bytes + value->length, 0,
                                    &program->items[value->items]};
}

bool program_items_next(struct program_items *items, struct program_value *values, struct finding *finding)
{
    struct run run;
    const struct op *op;
    struct frame block = {NULL, items->left, 0};
    run.program = items->program;
    run.at = items->at;
    run.end = items->end;
    run.values = values;
    run.depth = 0;
    *finding = (struct finding){PROBLEM_NONE, ""};
    if (block.left == 0) { /* the blocks were found right when the record was read: only their end is to be found */
        if (run.at == run.end || read_block(&run, items->kind->item_bytes, &block) != PROBLEM_NONE || block.left == 0)
            return false;
    }
    enum problem problem = run_from(&run, items->kind->start, &op);
    items->at = run.at;
    items->left = block.left - 1;
    return report(items->program, problem, op, finding);
}
