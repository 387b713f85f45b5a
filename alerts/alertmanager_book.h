/* What one Alertmanager is to be told, and what it has been told: the pure part of keeping it in step with the alerts
 * topic. It is told of records, of instants, and of what Alertmanager holds, and says what to post; it knows neither
 * clock nor network nor Kafka, so that a test can be all of them.
 *
 * It compares what should be in force there, which follows from the newest revision of each alert and from today, with
 * what is there. So whatever was lost - a post, Alertmanager's memory, this program - one look brings it in step.
 * In memory are the alerts that are open, those that ended lately, and what ties an open one to those it replaced.
 *
 * All instants are milliseconds since 1970 by Alertmanager's clock, since it goes by that, but for the logged_at of
 * records. Functions that return false are short of memory.
 */
#ifndef ALERTS_ALERTMANAGER_BOOK_H
#define ALERTS_ALERTMANAGER_BOOK_H

#include <jansson.h>

#include "schemas/alert_record.h"

struct alertmanager_book_settings { /* texts must outlive the book */
    const char *service;            /* the label by which its alerts are told from others' */
    const char *link;               /* of an alert, with {alert_id}; "" none */
    int overdue_days;
};

/* When something is asked of the book. */
struct alertmanager_moment {
    int64_t now_ms;
    struct day today;        /* the clock's; a later day that a record speaks of wins */
    int64_t recent_since_ms; /* revisions logged from then on are new … */
    int64_t digest_since_ms; /* … and from then on those of notices, which a digest tells */
    bool is_quiet;           /* quiet hours, or soon: that a violation ended is not said, since nobody would be told */
};

struct alertmanager_book;
struct alertmanager_book *alertmanager_book_new(const struct alertmanager_book_settings *settings);
void alertmanager_book_free(struct alertmanager_book *book);

/* --- the alerts topic --------------------------------------------------------------------------------------------- */

/* A record, in the order of its partition; and a tombstone. */
bool alertmanager_book_take(struct alertmanager_book *book, const struct alert_record *record, int64_t now_ms);
void alertmanager_book_forget(struct alertmanager_book *book, const struct uuid *alert_id, int64_t now_ms);

/* --- Alertmanager ------------------------------------------------------------------------------------------------- */

/* The first meeting, when the topic is read to its end: _begin; then each alert that it lists; then _meet, with when it
 * was started. If its list is not to be had whole, it begins again. */
enum alertmanager_held { ALERTMANAGER_HELD, ALERTMANAGER_NO_ALERT, ALERTMANAGER_NO_MEMORY };
void alertmanager_book_begin(struct alertmanager_book *book);
enum alertmanager_held alertmanager_book_hold(struct alertmanager_book *book, const json_t *item,
                                              const struct alertmanager_moment *moment);
bool alertmanager_book_meet(struct alertmanager_book *book, int64_t started_at_ms,
                            const struct alertmanager_moment *moment);

/* Any later time that it said when it was started. True: it was started again, and has lost what it was told. */
bool alertmanager_book_contact(struct alertmanager_book *book, int64_t started_at_ms, int64_t now_ms);

/* --- what to post ------------------------------------------------------------------------------------------------- */

struct alertmanager_post; /* an alert that begins, goes on, or ends */

/* Posts of one kind, by location, so that what belongs into one mail is not torn apart. */
struct alertmanager_round {
    struct alertmanager_post *posts; /* the book's, until it is told of a record, or asked for another round */
    size_t count;                    /* 0: nothing is to be said now */
    bool are_endings;
};

/* When to look next; any record changes it. */
int64_t alertmanager_book_look_at_ms(const struct alertmanager_book *book);
bool alertmanager_book_look(struct alertmanager_book *book, const struct alertmanager_moment *moment,
                            struct alertmanager_round *round);

/* COUNT posts of the round from number FROM on as the body of one request. NULL: memory is short. */
json_t *alertmanager_book_write(const struct alertmanager_book *book, const struct alertmanager_round *round,
                                size_t from, size_t count, const struct alertmanager_moment *moment);

/* How that request ended: it was taken; or that is not known. They go in the order of the round, and none after one of
 * which it is not known. */
void alertmanager_book_told(struct alertmanager_book *book, const struct alertmanager_round *round, size_t from,
                            size_t count, const struct alertmanager_moment *moment);
void alertmanager_book_untold(struct alertmanager_book *book, const struct alertmanager_round *round, size_t from,
                              size_t count);

/* After _untold of a request of one post, number WHICH of the round: it was refused, though others are taken. The
 * others do not wait for it; it is tried again in an hour, when it has another revision, or when Alertmanager was
 * started again. False: it was refused before. */
bool alertmanager_book_refused(struct alertmanager_book *book, const struct alertmanager_round *round, size_t which,
                               const struct alertmanager_moment *moment);
/* All that were refused are to be tried again at once: it was not them. */
void alertmanager_book_try_refused(struct alertmanager_book *book);

/* --- for the log and tests ---------------------------------------------------------------------------------------- */

size_t alertmanager_book_open_count(const struct alertmanager_book *book);  /* alerts that are open */
size_t alertmanager_book_entry_count(const struct alertmanager_book *book); /* alerts that are in memory */

#endif
