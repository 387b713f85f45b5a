/* A drawing of days: rows of cells, each cell so many days (explanation_timeline.h). */
#ifndef ALERTS_EXPLANATION_DRAWING_H
#define ALERTS_EXPLANATION_DRAWING_H

#include "alerts/explanation_page.h"
#include "rules/text.h"

#define DRAWING_COLUMNS_MAX 400

/* X(SYMBOL, UTF-8, ASCII, style, key: its message or -1) */
#define GLYPHS(X)                                                                                                      \
    X(BLANK, " ", ' ', PLAIN, -1)                                                                                      \
    X(EMERGENCY, "▓", '#', PLAIN, MESSAGE_EXPLAIN_KEY_EMERGENCY)                                                       \
    X(REGULAR, "─", '-', PLAIN, MESSAGE_EXPLAIN_KEY_REGULAR)                                                           \
    X(STAY_START, "│", '|', PLAIN, -1)                                                                                 \
    X(CUT, "…", '.', PLAIN, -1)                                                                                        \
    X(AT_SCHOOL, "━", '=', PLAIN, MESSAGE_EXPLAIN_KEY_SCHOOL)                                                          \
    X(HOLIDAYS, "░", ':', PLAIN, MESSAGE_EXPLAIN_KEY_HOLIDAYS)                                                         \
    X(EXPECTED, "┄", '~', FAINT, MESSAGE_EXPLAIN_KEY_EXPECTED)                                                         \
    X(COUNTING, "·", '.', PLAIN, MESSAGE_EXPLAIN_KEY_COUNTING)                                                         \
    X(NOTICE, "▂", 'n', YELLOW, -1)                                                                                    \
    X(VIOLATION, "▅", 'V', RED, -1)                                                                                    \
    X(SEVERE, "█", 'S', RED, -1)                                                                                       \
    X(AXIS, "─", '-', FAINT, -1)                                                                                       \
    X(MONTH, "┴", '+', FAINT, -1)                                                                                      \
    X(TODAY, "▼", 'v', BOLD, -1)
enum glyph {
#define X(symbol, utf8, ascii, style, key) GLYPH_##symbol,
    GLYPHS(X)
#undef X
        GLYPH_COUNT
};

struct drawing {
    const struct page *page;
    struct day from; /* the first day of the first cell */
    int days;        /* of one cell */
    int columns;     /* cells of a row */
    int label_columns;
    bool used[GLYPH_COUNT]; /* drawn so far */
};

/* A row to be drawn: a glyph a cell, and letters (0: none) over them. */
struct drawing_row {
    enum glyph glyphs[DRAWING_COLUMNS_MAX];
    char letters[DRAWING_COLUMNS_MAX];
};

/* The days [from, until) of a cell; which cell a day lies in, below 0 or from `columns` on where it lies in none. */
struct day drawing_cell_from(const struct drawing *drawing, int column);
int drawing_column(const struct drawing *drawing, struct day day);

/* Fills the cells that have a day of [FROM, UNTIL) with GLYPH. */
void drawing_fill(const struct drawing *drawing, struct drawing_row *row, struct day from, struct day until,
                  enum glyph glyph);

/* Puts TEXT over the cells from COLUMN on, up to before UNTIL_COLUMN; a mark stands for what does not fit. */
void drawing_write(const struct drawing *drawing, struct drawing_row *row, int column, int until_column,
                   struct text text);

/* Draws ROW after its label. */
void drawing_put(struct drawing *drawing, const char *label, const struct drawing_row *row);

/* Explains the glyphs that were drawn; what is in REST is said last. */
void drawing_put_key(const struct drawing *drawing, const char *const rest[], int rest_count);

#endif
