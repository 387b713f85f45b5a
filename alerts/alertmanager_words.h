/* The sentences of an alert that Alertmanager is told of. */
#ifndef ALERTS_ALERTMANAGER_WORDS_H
#define ALERTS_ALERTMANAGER_WORDS_H

#include "alerts/alertmanager_annotations.h"

/* The first day over the norm; of an alert that is not, its first day. */
struct day alertmanager_since(const struct alert *alert);

/* Each into TEXT of ALERTMANAGER_TEXT_SIZE bytes: what is the matter; what became of it, where the outcome is not NONE.
 */
void alertmanager_say_alert(char *text, enum language language, const struct alertmanager_told *told);
void alertmanager_say_outcome(char *text, enum language language, const struct alertmanager_told *told);

#endif
