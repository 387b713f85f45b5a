/* The newest alerts as people want to be told them: many children of one site as one line, the gravest first, and no
 * faster than can be read.
 */
#ifndef CONSUMER_DEMO_FEED_H
#define CONSUMER_DEMO_FEED_H

#include "consumer/demo_ledger.h"

#define FEED_LINES 64
#define FEED_GROUPS_MAX 256

struct feed_line { /* what was said about COUNT children of one site, on one day, by one rule */
    struct day day;
    enum ledger_change change;
    uint8_t rule;
    enum level level;
    enum resolution resolution;
    struct day raised_on, due_on; /* of the first of them */
    int norm_months;
    int count;
    char child_id[ID_LENGTH_MAX + 1]; /* of the first of them */
    char location_id[ID_LENGTH_MAX + 1];
};

struct feed {
    struct feed_line lines[FEED_LINES]; /* a ring; line number N is at N % FEED_LINES */
    uint64_t line_count;
    struct feed_line gathered[FEED_GROUPS_MAX];
    int gathered_count;
};

/* Notes a change of ENTRY, read on DAY. */
void feed_note(struct feed *feed, enum ledger_change change, const struct ledger_entry *entry, struct day day);

/* Makes the gravest of what was noted since the last turn a line, and forgets the rest. */
void feed_turn(struct feed *feed);

/* The line AGE lines before the newest; NULL where there is none (any more). */
const struct feed_line *feed_line_at(const struct feed *feed, uint64_t age);

#endif
