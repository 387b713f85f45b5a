/* Reading one piece of a record: what the operations of a program (program_run.c) do with the bytes. In a header to be
 * inlined: a record of ninety bytes is fifteen of them.
 */
#ifndef SCHEMAS_PROGRAM_PIECES_H
#define SCHEMAS_PROGRAM_PIECES_H

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

/* --- each answers PROBLEM_NONE, or what is wrong --------------------------------------------------------- */

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

static inline enum problem read_real(struct run *run, size_t size, struct program_value *value)
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
static inline void make_real(const struct op *op, struct program_value *value)
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

#endif
