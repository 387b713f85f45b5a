/* Reading Avro: a program is compiled once of a writer's and a reader's schema, and then run over any number of
 * records.
 *
 * Resolution is by name, as the specification asks: fields that were added get their default, removed ones are passed
 * over, order does not matter, aliases count, numbers are promoted, enum symbols are mapped by their text. What of it
 * goes wrong for a record is a finding, never more: the bytes may be hostile. Running never allocates, reads within the
 * record only, and takes time that grows with the record's length, whatever the bytes claim.
 *
 * The reader's schema is seen as a flat list of values, each with a path: "kind", "location.region", "tags[]" for the
 * items of an array, "marks{}" for the values of a map and "marks{}key" for their keys. The caller lists the paths it
 * wants; number i of the list is values[i]. A record has a path too; where it is listed its value says by `type`
 * whether the record is there. A default of an array or map can only be an empty one.
 */
#ifndef SCHEMAS_PROGRAM_H
#define SCHEMAS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schemas/problem.h"
#include "schemas/schema_tree.h"

struct program_value {
    union {
        int64_t number;       /* BOOLEAN, INT, LONG, ENUM (the reader's index), RECORD (0) */
        double real;          /* FLOAT, DOUBLE */
        const uint8_t *bytes; /* BYTES, STRING, FIXED; the items of an ARRAY or MAP, to be walked through */
    };
    uint32_t length;         /* of bytes */
    enum avro_type type : 8; /* of the reader; NULL also where the branch the value is in was not taken */
    unsigned branch : 8;     /* of the reader's union around it; else 0 */
    unsigned items : 16;     /* ARRAY, MAP: for program_items_begin */
};

struct program;

enum compiled { COMPILED, COMPILED_UNFIT, COMPILED_NO_MEMORY };

/* COUNT paths, of which some may be NULL (wanted by nobody). Both trees and the paths must outlive the program. Unless
 * COMPILED, *PROGRAM is NULL; UNFIT: FIELD, which need not outlive anything, gets the path that can not be resolved. */
enum compiled program_new(struct program **program, const struct schema_tree *writer, const struct schema_tree *reader,
                          const char *const *paths, uint32_t count, char field[static 64]);
void program_free(struct program *program);

/* Reads one record without framing. VALUES has room for one more than the paths. False: FINDING says why; VALUES are
 * undefined. */
bool program_run(const struct program *program, const uint8_t *bytes, size_t length, struct program_value *values,
                 struct finding *finding);

/* A walk through the items of an array or map of a record that was read. */
struct program_items {
    const struct program *program;
    const uint8_t *at, *end;
    uint64_t left; /* in the block */
    const struct item_kind *kind;
};
void program_items_begin(struct program_items *items, const struct program *program, const struct program_value *value);

/* Fills those VALUES whose path is within the items. False: there are no more, or - FINDING says so - this one can not
 * be read. */
bool program_items_next(struct program_items *items, struct program_value *values, struct finding *finding);

#endif
