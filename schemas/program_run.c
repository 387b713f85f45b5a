#include <assert.h>
#include <string.h>

#include "schemas/program_pieces.h"

/* --- arrays and records that are called -------------------------------------------------------------------------- */

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
    *finding = finding_of(problem, problem == PROBLEM_TRAILING_BYTES ? "" : program->texts[op->name]);
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
    *finding = finding_of(PROBLEM_NONE, "");
    if (block.left == 0) { /* the blocks were found right when the record was read: only their end is to be found */
        if (run.at == run.end || read_block(&run, items->kind->item_bytes, &block) != PROBLEM_NONE || block.left == 0)
            return false;
    }
    enum problem problem = run_from(&run, items->kind->start, &op);
    items->at = run.at;
    items->left = block.left - 1;
    return report(items->program, problem, op, finding);
}
