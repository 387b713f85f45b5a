/* Tables of the documentation, to be held against those of the program. A table is found by its heading row, in
 * whichever page of docs/ it stands. */
#ifndef TESTS_DOCUMENT_TABLE_H
#define TESTS_DOCUMENT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define DOCUMENT_ROWS_MAX 64
#define DOCUMENT_CELLS_MAX 4

struct document_row {
    const char *cells[DOCUMENT_CELLS_MAX]; /* without backticks; "" where the row has no more */
};

struct document_table {
    char *text;
    struct document_row rows[DOCUMENT_ROWS_MAX];
    size_t count;
};

/* The rows below the one that begins with HEADING, as "| code | is |". The test fails unless there is exactly one. Ends
 * with document_table_fini. */
void document_table_init(struct document_table *table, const char *heading);
void document_table_fini(struct document_table *table);

/* The only row with FIRST in its first cell; the test fails where there is none, or another. */
const struct document_row *document_table_row(const struct document_table *table, const char *first);

/* The test fails unless CELL is EXPECTED, or begins so; backticks do not matter. */
void document_assert_cell(const char *cell, const char *expected);
void document_assert_begins(const char *cell, const char *expected);

/* Whether some page of docs/ has TEXT. */
bool document_mentions(const char *text);

#endif
