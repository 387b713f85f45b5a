/* Every text that people see in reports and explanations, in Dutch and English: plain words, no jargon. One table
 * (messages_*.h), a row a text, so that no language lacks one.
 */
#ifndef ALERTS_MESSAGES_H
#define ALERTS_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "alerts/messages_explain.h"
#include "alerts/messages_forget.h"
#include "alerts/messages_norms.h"
#include "alerts/messages_notify.h"
#include "alerts/messages_page.h"
#include "alerts/messages_report.h"
#include "alerts/messages_terms.h"
#include "rules/day.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_DUTCH, LANGUAGE_COUNT };
extern const char *const language_codes[LANGUAGE_COUNT]; /* "en", "nl": as --lang takes them, and as HTML's lang */

#define MESSAGES(X)                                                                                                    \
    MESSAGES_MONTHS(X)                                                                                                 \
    MESSAGES_REPORT(X) MESSAGES_NORMS(X) MESSAGES_PAGE(X) MESSAGES_EXPLAIN(X) MESSAGES_FORGET(X) MESSAGES_NOTIFY(X)
enum message {
#define X(symbol, english, dutch) MESSAGE_##symbol,
    MESSAGES(X)
#undef X
        MESSAGE_COUNT
};

/* The language of a locale's name, as LC_ALL, LC_MESSAGES or LANG has it ("nl_NL.UTF-8"); English for any other, and
 * for NULL. */
enum language language_of_locale(const char *locale);

/* The text, its placeholders {1} to {9} as they stand in it. Valid for ever. */
const char *message_text(enum language language, enum message message);

/* Writes the text, each {N} replaced by the N-th of what follows: strings, as many as the highest N. */
void message_print(FILE *out, enum language language, enum message message, ...);

/* What a text of too small a size ends with. It stays in whatever that becomes part of, so that neither people nor
 * tests take it for a whole. */
#define TEXT_CUT "[...]"

/* Adds MORE to TEXT, of SIZE bytes, in which TEXT_CUT must have room; nothing to a text that was cut. */
void text_add(char *text, size_t size, const char *more);

/* The message as message_print has it, into TEXT in the same way. Returns TEXT. */
const char *message_format(char *text, size_t size, enum language language, enum message message, ...);

/* Words for a symbol of facts, rules and figures ("emergency-stay", "EMERGENCY", "lost_on_arrival"); valid for ever. A
 * name without words of its own is its own word. */
const char *term_text(enum language language, const char *name);

/* The words for what a term is called by NAME and PART together ("stay_months", ".help"); NULL: it has none. */
const char *term_part_text(enum language language, const char *name, const char *part);

/* "12 March 2025", "12 maart 2025". */
#define DAY_WORDS_SIZE 32
const char *day_words(enum language language, struct day day, char words[static DAY_WORDS_SIZE]);

/* "7,044" and "7.044"; with DECIMALS (0-3) a number of that many decimals, given in units of the last one. */
#define NUMBER_WORDS_SIZE 40
const char *number_words(enum language language, int64_t number, int decimals, char words[static NUMBER_WORDS_SIZE]);

#endif
