/* The labels of an alert as Alertmanager is told of it: by them it knows the alert, groups and routes it. What they say
 * changes only by ending one alert of Alertmanager and beginning another.
 */
#ifndef ALERTS_ALERTMANAGER_LABELS_H
#define ALERTS_ALERTMANAGER_LABELS_H

#include <jansson.h>

#include "schemas/alert_record.h"

/* How many alerts of corrected facts it has taken the place of, one after the other: mails must not tell of those
 * before, and Alertmanager mutes one alert by another only where their labels differ. */
enum alertmanager_replaces { REPLACES_NONE, REPLACES_ODD, REPLACES_EVEN, REPLACES_COUNT };

struct alertmanager_labels {
    struct uuid alert_id;
    struct uuid thread; /* the first alert of that row; of one that replaced none its own id */
    char child_id[ID_LENGTH_MAX + 1];
    char location_id[ID_LENGTH_MAX + 1];
    uint8_t rule;
    enum level level;
    enum region region;
    enum answer unaccompanied;
    enum alertmanager_replaces replaces;
    bool is_overdue; /* a violation that stands for long */
    bool is_past;    /* over before it could be told */
};

/* Labels of RECORD; of what a record does not say those of an alert that replaced none, is not overdue and not past. */
struct alertmanager_labels alertmanager_labels_of(const struct alert_record *record);

bool alertmanager_labels_equal(const struct alertmanager_labels *a, const struct alertmanager_labels *b);

/* As a JSON object of strings, under the name of the SERVICE. NULL: memory is short. */
json_t *alertmanager_labels_json(const struct alertmanager_labels *labels, const char *service);

/* Reads what alertmanager_labels_json writes for SERVICE. False: OBJECT is anything else, or memory is short. */
bool alertmanager_labels_read(const json_t *object, const char *service, struct alertmanager_labels *labels);

#endif
