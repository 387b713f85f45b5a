/* What an alert says, field by field (rules.md 5): in which fields two of one rule and cause differ, and in which
 * words.
 */
#ifndef ALERTS_ALERT_FIELD_H
#define ALERTS_ALERT_FIELD_H

#include "alerts/explanation_words.h"

struct alert_field {
    bool (*equal)(const struct alert *a, const struct alert *b);

    /* The value, for a row: into WORDS, which stay empty where there is none. NULL: norms can not change it, and rows
     * of what they change do not have it. LABEL is a term that stands before it; NULL: it speaks for itself. */
    void (*value)(enum language language, const struct alert *alert, char words[static WORDS_SIZE]);
    const char *label;

    /* What OTHERWISE, which is not equal, has instead, as part of a sentence: into WORDS, which stay empty where
     * another field tells it. */
    void (*instead)(enum language language, const struct alert *alert, const struct alert *otherwise,
                    char words[static WORDS_SIZE]);
};

/* All fields that alert_same looks at, but rule and cause. */
#define ALERT_FIELD_COUNT 10
extern const struct alert_field alert_fields[ALERT_FIELD_COUNT];

#endif
