#include "alerts/explanation_page.h"

#include <string.h>

#define LABEL_INDENT 3
#define TEXT_INDENT 16

static const char *const styles[PAGE_STYLE_COUNT] = {[PAGE_PLAIN] = "",
                                                     [PAGE_BOLD] = "\033[1m",
                                                     [PAGE_FAINT] = "\033[2m",
                                                     [PAGE_YELLOW] = "\033[33m",
                                                     [PAGE_RED] = "\033[31m"};

/* What our texts have beyond ASCII. */
static const struct {
    const char *utf8;
    char ascii;
} letters[] = {{"é", 'e'}, {"ë", 'e'}, {"è", 'e'}, {"ï", 'i'}, {"ó", 'o'}, {"ö", 'o'}, {"ü", 'u'}, {"•", '-'}};

/* --- characters --------------------------------------------------------------------------------------------------- */

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

static int character_length(const char *text)
{
    int length = 1;
    while (continues(text[length]))
        length++;
    return length;
}

int page_text_columns(const char *text)
{
    int columns = 0;
    for (; *text != '\0'; text++)
        columns += !continues(*text);
    return columns;
}

static char ascii_of(const char *text, int length)
{
    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
        if (strncmp(letters[i].utf8, text, (size_t)length) == 0)
            return letters[i].ascii;
    return '?';
}

static void put_character(const struct page *page, const char *text, int length)
{
    if (length == 1 || page->has_utf8)
        fwrite(text, 1, (size_t)length, page->out);
    else
        fputc(ascii_of(text, length), page->out);
}

/* --- pieces of a line --------------------------------------------------------------------------------------------- */

int page_put(const struct page *page, enum page_style style, const char *text, int columns)
{
    bool styled = page->has_colours && style != PAGE_PLAIN;
    int written = 0;
    if (styled)
        fputs(styles[style], page->out);
    for (; *text != '\0' && written < columns; written++) {
        int length = character_length(text);
        put_character(page, text, length);
        text += length;
    }
    if (styled)
        fputs("\033[0m", page->out);
    return written;
}

void page_put_blanks(const struct page *page, int count)
{
    fprintf(page->out, "%*s", count > 0 ? count : 0, "");
}

void page_end_line(const struct page *page)
{
    fputc('\n', page->out);
}

/* --- paragraphs --------------------------------------------------------------------------------------------------- */

/* How many characters of TEXT fit a line of COLUMNS: up to its last blank there, or all of them where a word is longer
 * than a line. */
static int line_fit(const char *text, int columns)
{
    int at = 0, blank = 0;
    for (; *text != '\0' && at < columns; text += character_length(text), at++)
        if (*text == ' ')
            blank = at;
    return *text == '\0' || *text == ' ' || blank == 0 ? at : blank;
}

static const char *text_pass(const char *text, int characters)
{
    for (; characters > 0; characters--)
        text += character_length(text);
    while (*text == ' ')
        text++;
    return text;
}

/* The cursor stands in column HANG, where further lines begin, too. */
static void put_wrapped(const struct page *page, int hang, enum page_style style, const char *text)
{
    int columns = page->columns < PAGE_COLUMNS_READABLE ? page->columns : PAGE_COLUMNS_READABLE;
    for (bool first = true; *text != '\0'; first = false) {
        int fits = line_fit(text, columns - hang);
        page_put_blanks(page, first ? 0 : hang);
        page_put(page, style, text, fits);
        page_end_line(page);
        text = text_pass(text, fits);
    }
}

/* Returns the column behind MARK. */
static int put_mark(const struct page *page, const char *mark)
{
    int columns = page_put(page, PAGE_PLAIN, mark, PAGE_COLUMNS_LEAST / 2);
    page_put_blanks(page, columns > 0);
    return columns + (columns > 0);
}

void page_paragraph(const struct page *page, int indent, const char *mark, enum page_style style, const char *text)
{
    page_put_blanks(page, indent);
    put_wrapped(page, indent + put_mark(page, mark), style, text);
}

void page_labelled(const struct page *page, const char *label, const char *mark, const char *text)
{
    bool is_narrow = page->columns < PAGE_COLUMNS_NARROW;
    int indent = is_narrow ? LABEL_INDENT + 1 : TEXT_INDENT, at = 0;
    if (label[0] != '\0') {
        page_put_blanks(page, LABEL_INDENT);
        at = LABEL_INDENT + page_put(page, PAGE_BOLD, label, TEXT_INDENT - LABEL_INDENT - 1);
    }
    if (is_narrow && at > 0) {
        page_end_line(page);
        at = 0;
    }
    page_put_blanks(page, indent - at);
    put_wrapped(page, indent + put_mark(page, mark), PAGE_PLAIN, text);
}

const char *page_bullet(const struct page *page)
{
    return page->has_utf8 ? "•" : "-";
}
