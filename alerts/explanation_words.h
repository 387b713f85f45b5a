/* Pieces of sentences about a child: places, facts, days, and what an alert would be. Each returns WORDS, which end in
 * TEXT_CUT where the size is too small (messages.h).
 */
#ifndef ALERTS_EXPLANATION_WORDS_H
#define ALERTS_EXPLANATION_WORDS_H

#include "alerts/messages.h"
#include "rules/explanation.h"

#define WORDS_SIZE 1024

/* An id as a string. */
const char *id_words(struct text id, char words[static ID_LENGTH_MAX + 1]);

/* "azc-n, asylum seekers' centre, North" */
const char *place_words(enum language language, const struct place *place, char words[static WORDS_SIZE]);

/* "28 April 2025: moved to azc-m, …", with what else it tells of the child, and when it was reported if later. */
const char *fact_words(enum language language, const struct fact *fact, char words[static WORDS_SIZE]);

/* The days [FROM, UNTIL): "3 May 2025 to 2 June 2025", "3-11 May 2025", "3 May 2025", "since 3
 * May 2025". */
const char *days_words(enum language language, struct day from, struct day until, char words[static WORDS_SIZE]);

/* "Too long in emergency reception" */
const char *rule_words(enum language language, const struct alert *alert, char words[static WORDS_SIZE]);

/* How OTHERWISE differs from ALERT, the same one: "notice instead of violation, over the norm from 3 May 2025". */
const char *difference_words(enum language language, const struct alert *alert, const struct alert *otherwise,
                             char words[static WORDS_SIZE]);

/* "from 3 May 2025 if nothing happens", of a level to come of ITEM; and what a fact dated up to then does to that. */
const char *ahead_words(enum language language, const struct explained *item, enum level level,
                        char words[static WORDS_SIZE]);

/* How it stands today, for a heading. */
const char *standing_words(enum language language, const struct explanation *explanation, const struct explained *item,
                           char words[static WORDS_SIZE]);

/* Adds MORE to WORDS, after BETWEEN where there is something already. */
void words_add(char words[static WORDS_SIZE], const char *between, const char *more);

/* With a capital letter. */
const char *words_capitalised(char words[static WORDS_SIZE]);

#endif
