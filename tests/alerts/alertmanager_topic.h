/* A topic of alerts that change, move, are corrected and forgotten at random, and what of it Alertmanager should have:
 * said once more, and by looking at all records each time.
 */
#ifndef TESTS_ALERTS_ALERTMANAGER_TOPIC_H
#define TESTS_ALERTS_ALERTMANAGER_TOPIC_H

#include "alerts/alertmanager_labels.h"
#include "tests/oracle/random_source.h"

#define TOPIC_ALERTS 12 /* numbers from 1 on, three of a child */
#define TOPIC_RECORDS_MAX 150
#define TOPIC_OVERDUE_DAYS 3

struct logged { /* a record */
    uint8_t number;
    bool is_tombstone;
    struct alert_record record;
};

struct topic {
    struct logged log[TOPIC_RECORDS_MAX];
    size_t count;
};

/* From 0 to before BOUND. */
static inline int below(struct random_source *random, int bound)
{
    return random_between(random, 0, bound - 1);
}

/* Something becomes of some alert, which is the record that is returned. */
const struct logged *topic_change(struct topic *topic, struct random_source *random, int64_t now_ms);

/* The newest record of an alert; NULL: there is none, or it is forgotten. */
const struct alert_record *topic_newest(const struct topic *topic, uint8_t number);

/* Whether record I is the newest of its alert. */
bool topic_is_newest(const struct topic *topic, size_t i);

/* Whether an alert is to be in force in Alertmanager, and its labels. */
bool topic_wants(const struct topic *topic, uint8_t number, int64_t now_ms, struct alertmanager_labels *labels);

#endif
