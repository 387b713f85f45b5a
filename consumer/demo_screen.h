/* A screen as rows of cells: what is drawn is data, so that tests can read it, and a terminal gets it in one write. */
#ifndef CONSUMER_DEMO_SCREEN_H
#define CONSUMER_DEMO_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCREEN_ROWS_MAX 100
#define SCREEN_COLUMNS_MAX 250

enum screen_style {
    STYLE_PLAIN,
    STYLE_FAINT,
    STYLE_STRONG,
    STYLE_TITLE,
    STYLE_NOTICE,
    STYLE_VIOLATION,
    STYLE_SEVERE,
    STYLE_GOOD,
    STYLE_COUNT
};

/* X(SYMBOL, in UTF-8, in ASCII). The other glyphs are ASCII characters themselves. */
#define GLYPHS(X) X(BAR, "█", "#") X(DONE, "━", "=") X(TO_COME, "─", "-")
enum screen_glyph {
    GLYPH_FIRST = 127, /* so that they are no characters */
#define X(symbol, utf8, ascii) GLYPH_##symbol,
    GLYPHS(X)
#undef X
};

struct screen_cell {
    uint8_t glyph, style;
};

struct screen {
    int rows, columns;
    struct screen_cell cells[SCREEN_ROWS_MAX][SCREEN_COLUMNS_MAX];
};

/* A blank screen; sizes beyond the maxima are cut. */
void screen_clear(struct screen *screen, int rows, int columns);

/* Writes text from a column on; what does not fit is cut. Returns the column after it. Bytes that are not printable
 * ASCII become
 * '?'. */
int screen_put(struct screen *screen, int row, int column, enum screen_style style, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The same so that it ends before COLUMN. */
void screen_put_right(struct screen *screen, int row, int column, enum screen_style style, const char *text);

/* COUNT times GLYPH; returns the column after it. */
int screen_fill(struct screen *screen, int row, int column, enum screen_style style, uint8_t glyph, int count);

/* One row as text without styles, and without the blanks at its end. Returns its length; SIZE of 4 * columns + 1
 * suffices. */
size_t screen_row_text(const struct screen *screen, int row, bool utf8, char *text, size_t size);

/* The whole screen as a terminal takes it: from the top left corner, with colours unless COLOURS is false. Returns the
 * length; SCREEN_BYTES_MAX suffices. */
#define SCREEN_BYTES_MAX (SCREEN_ROWS_MAX * (SCREEN_COLUMNS_MAX * 16 + 16))
size_t screen_render(const struct screen *screen, bool utf8, bool colours, char *bytes, size_t size);

#endif
