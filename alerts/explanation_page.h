/* A page of plain text for a terminal: paragraphs are wrapped at its width, which nothing passes; texts are UTF-8 and
 * come out as ASCII where the locale has no more.
 */
#ifndef ALERTS_EXPLANATION_PAGE_H
#define ALERTS_EXPLANATION_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "alerts/messages.h"

#define PAGE_COLUMNS_LEAST 20
#define PAGE_COLUMNS_NARROW 60    /* a page below that has labels above and short */
#define PAGE_COLUMNS_READABLE 100 /* of paragraphs: longer lines are hard to read */

/* Colours say nothing that is not said without them. */
enum page_style { PAGE_PLAIN, PAGE_BOLD, PAGE_FAINT, PAGE_YELLOW, PAGE_RED, PAGE_STYLE_COUNT };

struct page {
    FILE *out;
    enum language language;
    int columns; /* at least PAGE_COLUMNS_LEAST */
    bool has_utf8, has_colours;
};

/* How many columns TEXT takes: its characters. */
int page_text_columns(const char *text);

/* Writes the first COLUMNS characters of TEXT at most, in STYLE; returns how many were written. */
int page_put(const struct page *page, enum page_style style, const char *text, int columns);
void page_put_blanks(const struct page *page, int count);
void page_end_line(const struct page *page);

/* A paragraph that begins INDENT columns from the left with MARK and a blank ("": with nothing); its further lines
 * begin below its text. */
void page_paragraph(const struct page *page, int indent, const char *mark, enum page_style style, const char *text);

/* The same with a LABEL to its left ("": none), below which nothing else stands; above it where the page is narrow. */
void page_labelled(const struct page *page, const char *label, const char *mark, const char *text);

/* The mark of an item in a list. */
const char *page_bullet(const struct page *page);

#endif
