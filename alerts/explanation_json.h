/* Pieces of the JSON of explanations (docs/explain.md), on top of those of a line (schemas/line_writer.h). */
#ifndef ALERTS_EXPLANATION_JSON_H
#define ALERTS_EXPLANATION_JSON_H

#include "rules/explanation.h"
#include "schemas/line_writer.h"

/* null where the day is absent or does not come. */
void explanation_json_put_day(struct line_writer *writer, const char *name, struct day day);

/* "from" and "until". */
void explanation_json_put_span(struct line_writer *writer, struct day from, struct day until);

void explanation_json_put_answer(struct line_writer *writer, const char *name, enum answer answer);

/* "location_id", "location_kind" and "region". */
void explanation_json_put_place(struct line_writer *writer, const struct place *place);

/* The fields of rules.md 5. */
void explanation_json_put_alert(struct line_writer *writer, const char *name, const struct alert *alert,
                                struct text child_id);

/* The id of the alert of RULE and CAUSE; null where the cause is nil. */
void explanation_json_put_alert_id(struct line_writer *writer, const char *name, uint8_t rule, const struct uuid *cause,
                                   struct text child_id);

/* An object of the list of alerts. */
void explanation_json_put_item(struct line_writer *writer, const struct explanation *explanation,
                               const struct explained *item);

#endif
