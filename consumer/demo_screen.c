#include "consumer/demo_screen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Select Graphic Rendition (ECMA-48); the sixteen colours everybody has, and none but attributes where there are no
 * colours. */
static const char *const sgr_colours[STYLE_COUNT] = {
    [STYLE_PLAIN] = "0",     [STYLE_FAINT] = "0;2",      [STYLE_STRONG] = "0;1",    [STYLE_TITLE] = "0;1;7",
    [STYLE_NOTICE] = "0;36", [STYLE_VIOLATION] = "0;33", [STYLE_SEVERE] = "0;1;31", [STYLE_GOOD] = "0;32",
};
static const char *const sgr_plain[STYLE_COUNT] = {
    [STYLE_PLAIN] = "0",  [STYLE_FAINT] = "0;2",     [STYLE_STRONG] = "0;1", [STYLE_TITLE] = "0;1;7",
    [STYLE_NOTICE] = "0", [STYLE_VIOLATION] = "0;1", [STYLE_SEVERE] = "0;7", [STYLE_GOOD] = "0;2",
};

static int at_most(int value, int maximum)
{
    return value < maximum ? value : maximum;
}

void screen_clear(struct screen *screen, int rows, int columns)
{
    screen->rows = at_most(rows, SCREEN_ROWS_MAX);
    screen->columns = at_most(columns, SCREEN_COLUMNS_MAX);
    for (int row = 0; row < screen->rows; row++)
        for (int column = 0; column < screen->columns; column++)
            screen->cells[row][column] = (struct screen_cell){' ', STYLE_PLAIN};
}

int screen_fill(struct screen *screen, int row, int column, enum screen_style style, uint8_t glyph, int count)
{
    bool inside = row >= 0 && row < screen->rows;
    for (int i = 0; i < count; i++, column++)
        if (inside && column >= 0 && column < screen->columns)
            screen->cells[row][column] = (struct screen_cell){glyph, (uint8_t)style};
    return column;
}

static int put_text(struct screen *screen, int row, int column, enum screen_style style, const char *text)
{
    for (; *text != '\0'; text++) {
        bool printable = *text >= ' ' && *text < 127;
        column = screen_fill(screen, row, column, style, printable ? (uint8_t)*text : '?', 1);
    }
    return column;
}

int screen_put(struct screen *screen, int row, int column, enum screen_style style, const char *format, ...)
{
    char text[SCREEN_COLUMNS_MAX + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return put_text(screen, row, column, style, text);
}

void screen_put_right(struct screen *screen, int row, int column, enum screen_style style, const char *text)
{
    put_text(screen, row, column - (int)strlen(text), style, text);
}

struct bytes {
    char *at;
    size_t length, size;
};

static void append(struct bytes *bytes, const char *text)
{
    size_t length = strlen(text);
    if (bytes->length + length >= bytes->size)
        return;
    memcpy(bytes->at + bytes->length, text, length + 1);
    bytes->length += length;
}

static void append_glyph(struct bytes *bytes, uint8_t glyph, bool has_utf8)
{
    char character[2] = {(char)glyph, '\0'};
    switch (glyph) {
#define X(symbol, utf8, ascii)                                                                                         \
    case GLYPH_##symbol:                                                                                               \
        append(bytes, has_utf8 ? utf8 : ascii);                                                                        \
        break;
        GLYPHS(X)
#undef X
    default:
        append(bytes, character);
    }
}

size_t screen_row_text(const struct screen *screen, int row, bool utf8, char *text, size_t size)
{
    struct bytes bytes = {text, 0, size};
    int columns = screen->columns;
    while (columns > 0 && screen->cells[row][columns - 1].glyph == ' ')
        columns--;
    text[0] = '\0';
    for (int column = 0; column < columns; column++)
        append_glyph(&bytes, screen->cells[row][column].glyph, utf8);
    return bytes.length;
}

static void append_style(struct bytes *bytes, uint8_t style, bool colours)
{
    append(bytes, "\033[");
    append(bytes, (colours ? sgr_colours : sgr_plain)[style]);
    append(bytes, "m");
}

/* Every row by its place: a newline would scroll a terminal that has just become smaller. */
static void append_position(struct bytes *bytes, int row)
{
    char position[24];
    snprintf(position, sizeof position, "\033[%d;1H", row + 1);
    append(bytes, position);
}

size_t screen_render(const struct screen *screen, bool utf8, bool colours, char *at, size_t size)
{
    struct bytes bytes = {at, 0, size};
    append(&bytes, "\033[0m");
    uint8_t style = STYLE_PLAIN;
    for (int row = 0; row < screen->rows; row++) {
        append_position(&bytes, row);
        for (int column = 0; column < screen->columns; column++) {
            const struct screen_cell *cell = &screen->cells[row][column];
            if (cell->style != style)
                append_style(&bytes, cell->style, colours);
            style = cell->style;
            append_glyph(&bytes, cell->glyph, utf8);
        }
    }
    append(&bytes, "\033[0m");
    return bytes.length;
}
