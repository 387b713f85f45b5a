#include "alerts/explanation_drawing.h"

#include <string.h>

#include "rules/rule.h"

static const struct {
    const char *utf8, ascii[2];
    enum page_style style;
    int key;
} glyphs[GLYPH_COUNT] = {
#define X(symbol, utf8, ascii, style, key) {utf8, {ascii}, PAGE_##style, key},
    GLYPHS(X)
#undef X
};

struct day drawing_cell_from(const struct drawing *drawing, int column)
{
    return day_plus(drawing->from, column * drawing->days);
}

int drawing_column(const struct drawing *drawing, struct day day)
{
    if (day_before(day, drawing->from))
        return -1;
    if (!day_before(day, drawing_cell_from(drawing, drawing->columns)))
        return drawing->columns;
    return (day.number - drawing->from.number) / drawing->days;
}

void drawing_fill(const struct drawing *drawing, struct drawing_row *row, struct day from, struct day until,
                  enum glyph glyph)
{
    struct day end = drawing_cell_from(drawing, drawing->columns);
    from = day_later(from, drawing->from);
    until = day_earlier(until, end);
    if (!day_before(from, until))
        return;
    int last = drawing_column(drawing, day_plus(until, -1));
    for (int column = drawing_column(drawing, from); column <= last; column++)
        row->glyphs[column] = glyph;
}

void drawing_write(const struct drawing *drawing, struct drawing_row *row, int column, int until_column,
                   struct text text)
{
    int end = until_column < drawing->columns ? until_column : drawing->columns;
    if (column < end && text.length > (uint32_t)(end - column))
        row->glyphs[--end] = GLYPH_CUT;
    for (uint32_t i = 0; i < text.length && column < end; i++, column++)
        row->letters[column] = text.bytes[i];
}

static const char *glyph_text(const struct drawing *drawing, enum glyph glyph)
{
    return drawing->page->has_utf8 ? glyphs[glyph].utf8 : glyphs[glyph].ascii;
}

void drawing_put(struct drawing *drawing, const char *label, const struct drawing_row *row)
{
    const struct page *page = drawing->page;
    int written = page_put(page, PAGE_PLAIN, label, drawing->label_columns - 1), last = drawing->columns - 1;
    while (last >= 0 && row->glyphs[last] == GLYPH_BLANK && row->letters[last] == 0)
        last--;
    page_put_blanks(page, last < 0 ? 0 : drawing->label_columns - written);
    for (int column = 0; column <= last; column++) {
        enum glyph glyph = row->glyphs[column];
        char letter[2] = {row->letters[column], '\0'};
        drawing->used[glyph] = true;
        if (letter[0] != '\0')
            page_put(page, PAGE_PLAIN, letter, 1);
        else
            page_put(page, glyphs[glyph].style, glyph_text(drawing, glyph), 1);
    }
    page_end_line(page);
}

/* What a glyph means: a message of its own, or the word for a level. */
static const char *key_words(const struct drawing *drawing, enum glyph glyph)
{
    enum language language = drawing->page->language;
    if (glyphs[glyph].key >= 0)
        return message_text(language, (enum message)glyphs[glyph].key);
    if (glyph >= GLYPH_NOTICE && glyph <= GLYPH_SEVERE)
        return term_text(language, level_names[glyph - GLYPH_NOTICE]);
    return NULL;
}

/* One entry of the key, on the next line where it does not fit this one; AT is the column of the cursor. */
static void put_entry(const struct drawing *drawing, const char *entry, int indent, int *at)
{
    const struct page *page = drawing->page;
    int columns = page_text_columns(entry);
    if (*at > indent && *at + 2 + columns > page->columns) {
        page_end_line(page);
        *at = 0;
    }
    page_put_blanks(page, *at == 0 ? indent : 2);
    *at += *at == 0 ? indent : 2;
    *at += page_put(page, PAGE_FAINT, entry, page->columns - *at);
}

void drawing_put_key(const struct drawing *drawing, const char *const rest[], int rest_count)
{
    int indent = drawing->page->columns < PAGE_COLUMNS_NARROW ? 0 : drawing->label_columns, at = 0;
    char entry[128];
    for (enum glyph glyph = 0; glyph < GLYPH_COUNT; glyph++) {
        const char *words = drawing->used[glyph] ? key_words(drawing, glyph) : NULL;
        snprintf(entry, sizeof(entry), "%s %s", glyph_text(drawing, glyph), words == NULL ? "" : words);
        if (words != NULL)
            put_entry(drawing, entry, indent, &at);
    }
    for (int i = 0; i < rest_count; i++)
        put_entry(drawing, rest[i], indent, &at);
    page_end_line(drawing->page);
}
