/* What a program reads, as one line of text: every value that the reader's schema has, in the order of that schema,
 * such as `id="x" place.region=NORTH marks[0]=1 marks[1]=null`. */
#ifndef TESTS_SCHEMAS_DUMP_H
#define TESTS_SCHEMAS_DUMP_H

#include <stdio.h>

#include "schemas/program.h"

#define DUMP_PATHS_MAX 512

struct dump { /* a reader's schema and a program that reads all of it */
    struct schema_tree writer, reader;
    struct program *program;
    char *paths[DUMP_PATHS_MAX];
    uint32_t path_count;
    struct program_value values[DUMP_PATHS_MAX + 1];
};

/* Compiles; what compiling said. The schemas must be right. */
enum compiled dump_init(struct dump *dump, const char *writer, const char *reader, char field[static 64]);
void dump_fini(struct dump *dump);

/* Reads BYTES and prints what is there. False: FINDING says why not. */
bool dump_record(struct dump *dump, const uint8_t *bytes, size_t length, FILE *out, struct finding *finding);

/* How values are printed; also for those that say what is expected. */
void dump_text(FILE *out, const char *path, const void *bytes, size_t length);
void dump_long(FILE *out, const char *path, int64_t number);
void dump_real(FILE *out, const char *path, double number);
void dump_word(FILE *out, const char *path, const char *word);

#endif
