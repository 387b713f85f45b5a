/* What a program consists of: the ground between the compiler (program_compile.c) and what runs it (program_run.c). */
#ifndef SCHEMAS_PROGRAM_OPS_H
#define SCHEMAS_PROGRAM_OPS_H

#include "schemas/program.h"

#define PROGRAM_FRAMES_MAX 64 /* arrays and records nested in a record that is read */
#define PROGRAM_EMPTY_ITEMS_MAX                                                                                        \
    1024 /* items of an array that take no bytes: more are a claim nobody needs to believe */

/* Unless said otherwise an operation reads one value of the writer's and puts it into values[slot], as `type`. */
enum op_code {
    OP_END,    /* the record is read */
    OP_RETURN, /* from OP_CALL, or the end of an item */
    OP_CALL,   /* goes to ARG and comes back: records that are passed over, since they may contain themselves */
    OP_JUMP,   /* goes to ARG */
    OP_FAIL,   /* this branch of the writer's can not be resolved */
    OP_SET,    /* reads nothing: puts constants[ARG] there */
    OP_BOOLEAN,
    OP_INT,
    OP_LONG,
    OP_INT_TO_REAL,
    OP_LONG_TO_REAL,
    OP_FLOAT,
    OP_DOUBLE,
    OP_BYTES,
    OP_FIXED,       /* ARG bytes */
    OP_ENUM,        /* tables[ARG] symbols follow: the reader's index of each, or NO_SYMBOL */
    OP_UNION,       /* tables[ARG] branches follow: where to go for each */
    OP_ARRAY_BEGIN, /* ARRAY_NEXT follows */
    OP_ARRAY_NEXT,  /* reads block counts; the next item's operations follow, or it goes to ARG; an item takes
                     * item_bytes or more */
    OP_MARK,        /* an array or map that is wanted begins here */
    OP_MARK_END     /* and has ended; they are of items[ARG] */
};

#define NO_SYMBOL UINT32_MAX

struct op {
    uint8_t code;   /* enum op_code */
    uint8_t type;   /* enum avro_type */
    uint8_t branch; /* of the value */
    uint8_t item_bytes;
    uint16_t slot;
    uint16_t name; /* of the field, for findings */
    uint32_t arg;
};

struct item_kind {  /* of an array or map that is wanted */
    uint32_t start; /* the operations that read an item */
    uint8_t item_bytes;
};

struct program {
    struct op *ops;
    uint32_t *tables;
    struct program_value *constants;
    char **texts;            /* names of fields, and defaults that had to be converted */
    struct item_kind *items; /* by program_value.items */
    uint32_t op_count, table_count, constant_count, text_count, items_count;
    uint32_t slot_count; /* the paths; values[slot_count] takes what nobody wants */
};

#endif
