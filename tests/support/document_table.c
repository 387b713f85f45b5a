#include "document_table.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PAGE_BYTES_MAX 131072
#define TEXT_BYTES_MAX 512

/* --- pages -------------------------------------------------------------------------------------------------------- */

static char *page_read(const char *path)
{
    char *text = calloc(1, PAGE_BYTES_MAX + 1);
    FILE *file = fopen(path, "r");
    assert_non_null(text);
    assert_non_null(file);
    text[0] = '\n'; /* so that each line follows one */
    assert_true(fread(text + 1, 1, PAGE_BYTES_MAX - 1, file) < PAGE_BYTES_MAX - 1);
    fclose(file);
    return text;
}

/* Of the pages that have TEXT the last, to be freed, and how many places there are in all. */
static char *page_with(const char *text, size_t *count)
{
    glob_t pages;
    char *found = NULL;
    *count = 0;
    assert_int_equal(glob(PROJECT_SOURCE_DIR "/docs/*.md", 0, NULL, &pages), 0);
    for (size_t i = 0; i < pages.gl_pathc; i++) {
        char *page = page_read(pages.gl_pathv[i]);
        const size_t before = *count;
        for (const char *place = page; (place = strstr(place, text)) != NULL; place++)
            (*count)++;
        free(*count > before ? found : page);
        found = *count > before ? page : found;
    }
    globfree(&pages);
    return found;
}

bool document_mentions(const char *text)
{
    size_t count;
    free(page_with(text, &count));
    return count > 0;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void drop(char *text, char unwanted)
{
    char *kept = text;
    for (; *text != '\0'; text++)
        if (*text != unwanted)
            *kept++ = *text;
    *kept = '\0';
}

/* LINE is "| cell | cell |", and is cut into its cells. */
static void row_init(struct document_row *row, char *line)
{
    char *cell = line + 1;
    for (size_t i = 0; i < DOCUMENT_CELLS_MAX; i++)
        row->cells[i] = "";
    for (size_t i = 0; *cell != '\0' && i < DOCUMENT_CELLS_MAX; i++) {
        char *end = strchr(cell, '|');
        assert_non_null(end);
        char *next = end + 1;
        cell += strspn(cell, " ");
        while (end > cell && end[-1] == ' ')
            end--;
        *end = '\0';
        row->cells[i] = cell;
        cell = next;
    }
}

/* Cuts LINE off; the line after it. */
static char *line_end(char *line)
{
    char *end = strchr(line, '\n');
    assert_non_null(end);
    *end = '\0';
    return end + 1;
}

void document_table_init(struct document_table *table, const char *heading)
{
    char wanted[TEXT_BYTES_MAX];
    size_t count;
    snprintf(wanted, sizeof(wanted), "\n%s", heading);
    table->text = page_with(wanted, &count);
    table->count = 0;
    if (count != 1)
        fail_msg("%zu tables of docs/ are headed %s", count, heading);
    char *line = line_end(strstr(table->text, wanted) + 1);
    drop(line, '`');
    for (line = line_end(line); *line == '|';) {
        char *row = line;
        assert_true(table->count < DOCUMENT_ROWS_MAX);
        line = line_end(line);
        row_init(&table->rows[table->count++], row);
    }
}

void document_table_fini(struct document_table *table)
{
    free(table->text);
}

const struct document_row *document_table_row(const struct document_table *table, const char *first)
{
    const struct document_row *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].cells[0], first) == 0) {
            found = &table->rows[i];
            count++;
        }
    if (count != 1)
        fail_msg("%zu rows of docs/ are of %s", count, first);
    return found;
}

static void assert_said(const char *cell, const char *expected, bool whole)
{
    char text[TEXT_BYTES_MAX];
    snprintf(text, sizeof(text), "%s", expected);
    drop(text, '`');
    if (strncmp(cell, text, strlen(text)) != 0 || (whole && strlen(cell) != strlen(text)))
        fail_msg("docs/ say \"%s\", the program \"%s\"", cell, text);
}

void document_assert_cell(const char *cell, const char *expected)
{
    assert_said(cell, expected, true);
}

void document_assert_begins(const char *cell, const char *expected)
{
    assert_said(cell, expected, false);
}
