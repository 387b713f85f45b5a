/* The annotations of an alert as Alertmanager is told of it: what mails show of it. They may change at any time.
 */
#ifndef ALERTS_ALERTMANAGER_ANNOTATIONS_H
#define ALERTS_ALERTMANAGER_ANNOTATIONS_H

#include "alerts/alertmanager_labels.h"
#include "alerts/messages.h"

/* Why an alert of Alertmanager ends, X(SYMBOL, whether mails tell of it): its code is the symbol, but for ENDED, whose
 * code is the alert's own resolution (DEPARTED, …). All but ENDED and FORGOTTEN say that the alert goes on as another
 * one of Alertmanager, or was no news: PAST. What goes on at the same place, no better than before, is no news there.
 */
#define ALERTMANAGER_OUTCOMES(X)                                                                                       \
    X(NONE, false)                                                                                                     \
    X(ENDED, true)                                                                                                     \
    X(MOVED, true)                                                                                                     \
    X(ESCALATED, false)                                                                                                \
    X(LOWERED, true)                                                                                                   \
    X(OVERDUE, false)                                                                                                  \
    X(REPLACED, false)                                                                                                 \
    X(FORGOTTEN, true)                                                                                                 \
    X(CHANGED, false)                                                                                                  \
    X(PAST, false)

/* clang-format off */
enum alertmanager_outcome {
#define X(symbol, is_told) OUTCOME_##symbol,
    ALERTMANAGER_OUTCOMES(X)
#undef X
    OUTCOME_COUNT
};
/* clang-format on */

/* Its code; of ENDED that is not the alert's. Valid for ever. */
const char *alertmanager_outcome_code(enum alertmanager_outcome outcome);

/* Whether mails tell of such an end, as mail.tmpl has it, too. */
bool alertmanager_outcome_is_told(enum alertmanager_outcome outcome);

/* What they are made of. */
struct alertmanager_told {
    const struct alertmanager_labels *labels; /* the alert as Alertmanager knows it */
    const struct alert_record *record;        /* its newest revision; NULL: the child is forgotten, or it is unknown */
    const struct alert_record *goes_on;       /* what it goes on as, if it does: the same, or what took its place */
    enum alertmanager_outcome outcome;        /* NONE: it holds; FORGOTTEN without a record */
    bool is_recent;
    int overdue_days;
    const char *link; /* an address with {alert_id} in it, or "" */
};

#define ALERTMANAGER_TEXT_SIZE 512
#define ALERTMANAGER_LINK_SIZE 4096 /* of 1024 bytes of setting, whatever they are */

struct alertmanager_annotations { /* each "" where there is none */
    char summary[LANGUAGE_COUNT][ALERTMANAGER_TEXT_SIZE];
    char since[DAY_TEXT_SIZE], due_on[DAY_TEXT_SIZE];
    char norm_months[12];
    char recent[4]; /* "yes" */
    char link[ALERTMANAGER_LINK_SIZE];
    char outcome[32];
    char outcome_words[LANGUAGE_COUNT][ALERTMANAGER_TEXT_SIZE];
};

/* Nothing of the child is in those of a forgotten one. */
void alertmanager_annotations_init(struct alertmanager_annotations *annotations, const struct alertmanager_told *told);

/* As a JSON object of strings, without those that are "". NULL: memory is short. */
json_t *alertmanager_annotations_json(const struct alertmanager_annotations *annotations);

#endif
