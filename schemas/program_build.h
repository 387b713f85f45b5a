/* The compiler's hands: putting operations together, and knowing where in the reader's schema it stands. */
#ifndef SCHEMAS_PROGRAM_BUILD_H
#define SCHEMAS_PROGRAM_BUILD_H

#include "schemas/program_ops.h"

#define PROGRAM_PATH_MAX 256
#define PROGRAM_SIZE_MAX 65535 /* of each table: more is no schema of ours or anybody's */
#define PROGRAM_WORK_MAX                                                                                               \
    1000000                       /* names compared and types looked at: some milliseconds; who compiles may be a loop \
                                   */
#define SLOT_OF_NOBODY UINT16_MAX /* becomes values[slot_count] */

struct routine {                      /* passes over a record of the writer's */
    const struct schema_node *record; /* NULL: nobody asked for it */
    bool compiled;
    uint32_t start;
};

struct compiler {
    struct program *program;
    const char *const *paths;    /* what the caller wants */
    char path[PROGRAM_PATH_MAX]; /* where the compiler is */
    size_t path_length;
    struct routine *routines; /* by number of the writer's named types */
    uint16_t *item_bytes;     /* likewise; of records */
    uint64_t work;            /* done so far */
    bool no_memory, too_large;
    char unfit[PROGRAM_PATH_MAX]; /* the path that could not be resolved last */
};

/* So much WORK is about to be done. False: it is not, since that would be too much, or something failed before. */
bool program_spend(struct compiler *compiler, uint64_t work);

/* All of these do nothing more once memory is short or the program too large; the compiler looks at that in the end. */

uint32_t program_op(struct compiler *compiler, struct op op);         /* its number; the name is that of the path */
uint32_t program_here(const struct compiler *compiler);               /* the number of the next one */
void program_go(struct compiler *compiler, uint32_t op, uint32_t to); /* sets where OP goes */
void program_land(struct compiler *compiler, uint32_t jump); /* JUMP comes here, and the one its arg names, and so on */
void program_cut(struct compiler *compiler, uint32_t op);    /* takes back everything from OP on */

void program_straighten(
    struct compiler *compiler); /* branches that only jump on, as a null does, are gone past; once, in the end */
#define NO_JUMP UINT32_MAX      /* the end of such a chain */

uint32_t program_table(struct compiler *compiler, uint32_t count); /* COUNT rows; its place, for OP_ENUM and OP_UNION */
void program_table_set(struct compiler *compiler, uint32_t table, uint32_t row, uint32_t value);
void program_set(struct compiler *compiler, uint16_t slot, struct program_value value); /* OP_SET */
uint32_t program_item_kind(struct compiler *compiler, struct item_kind kind);
char *program_text(struct compiler *compiler, const char *bytes,
                   size_t length); /* a copy that lives with the program */

/* The path of a field or item within the present one, until program_leave with what this returned. */
size_t program_enter(struct compiler *compiler, const char *separator, const char *name);
void program_leave(struct compiler *compiler, size_t mark);

bool program_wants(const struct compiler *compiler);    /* the path, or something within it */
uint16_t program_slot(const struct compiler *compiler); /* of the path itself, or SLOT_OF_NOBODY */
bool program_unfit(struct compiler *compiler);          /* notes the path as what can not be resolved; false */
bool program_is_within(const struct compiler *compiler, const char *path); /* PATH is the present one, or within it */

/* --- what the compiler is made of -------------------------------------------------------------------------------- */

/* Operations that pass over a value of the writer's (program_skip.c). */
void compile_skip(struct compiler *compiler, const struct schema_node *writer);
void compile_routines(struct compiler *compiler, uint32_t count); /* of the records passed over; once, in the end */
uint8_t compile_item_bytes(struct compiler *compiler,
                           const struct schema_node *collection); /* the least an item takes */

/* Operations that read a value that has no values within; false: it does not fit (program_leaf.c). */
bool compile_leaf(struct compiler *compiler, const struct schema_node *writer, const struct schema_node *reader,
                  uint8_t branch);
bool compile_same_name(const struct schema_node *writer, const struct schema_node *reader);

/* Operations that give the value at the path its default; false: there is none, or it does not fit (program_default.c).
 */
bool compile_default(struct compiler *compiler, const struct schema_node *reader, const json_t *value);

#endif
