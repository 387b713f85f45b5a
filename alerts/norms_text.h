/* The norms in words, for whoever reads a report or asks which norms hold: plain sentences in the reader's language.
 * What they are called and mean stands in messages_norms.h.
 */
#ifndef ALERTS_NORMS_TEXT_H
#define ALERTS_NORMS_TEXT_H

#include <stdio.h>

#include "alerts/messages.h"
#include "rules/calendar.h"
#include "rules/norms.h"

/* The norms that decide what counts, and the scope of a stay, as the head of a report: a title with DAY, on which they
 * are in force, and four lines of plain text, without characters that mean something in HTML. Norms of other days stand
 * in brackets. */
void norms_text_brief(FILE *out, enum language language, const struct norms *norms, struct day day);

/* One line for each norm that differs: what it is, before and after; or one that says that none does. */
void norms_text_difference(FILE *out, enum language language, const struct norms *before, const struct norms *after);

/* Every norm with its days, meaning and source, which are in force on DAY, and how far the calendar reaches; as text,
 * or as one JSON object on a line (docs/records.md). */
void norms_list_print(FILE *out, enum language language, const struct norms *norms, const struct calendar *calendar,
                      struct day day);
void norms_list_print_json(FILE *out, enum language language, const struct norms *norms,
                           const struct calendar *calendar, struct day day);

/* --- pieces; each returns WORDS ----------------------------------------------------------------------------------- */

/* So many of a norm's unit: "1 month", "20 school days". */
#define QUANTITY_SIZE 96
const char *quantity_words(enum language language, int64_t number, const char *unit, char words[static QUANTITY_SIZE]);

/* The value of one norm: "6 months", "yes", "3 months; from 12 June 2026: 2 months". */
#define NORM_WORDS_SIZE 2048
const char *norm_words(enum language language, const struct norms *norms, const struct norm_option *option,
                       char words[static NORM_WORDS_SIZE]);

/* One of dated norms, "2 months"; and its days: "until 11 June 2026", "from 12 June 2026", "" where it is the only one.
 */
#define DATED_NORM_WORDS_SIZE 256
const char *dated_norm_words(enum language language, const struct dated_norm *norm,
                             char words[static DATED_NORM_WORDS_SIZE]);
const char *dated_norm_days(enum language language, const struct dated_norms *norms, int i,
                            char words[static DATED_NORM_WORDS_SIZE]);

/* Where a norm comes from, and what it means; valid for ever. */
const char *norm_source_words(enum language language, const struct norm_option *option);
const char *norm_help_words(enum language language, const struct norm_option *option);

#endif
