/* What the book is made of. */
#ifndef ALERTS_ALERTMANAGER_BOOK_INTERNAL_H
#define ALERTS_ALERTMANAGER_BOOK_INTERNAL_H

#include "alerts/alertmanager_annotations.h"
#include "alerts/alertmanager_book.h"

#define A_MINUTE_MS INT64_C(60000)
#define A_DAY_MS (24 * 60 * A_MINUTE_MS)
#define ENDS_AFTER_MS (4 * A_DAY_MS)        /* unless it is told again, so a notify that died is noticed */
#define TOLD_AGAIN_BEFORE_MS (3 * A_DAY_MS) /* of that end */
#define ROW_MAX 1000                        /* alerts that took each other's place: a row without an end is none */
#define STARTED_LATELY_MS A_DAY_MS          /* of one that has nothing: it may have lost what it had */
#define MAY_BE_LOST_MS (10 * A_MINUTE_MS)   /* an end is told within that; one that is younger may have been lost */

/* What Alertmanager has, or had, of an alert: one set of labels. */
enum holding_state {
    HOLDING_NEW,    /* it was not told of it yet */
    HOLDING_FORMER, /* before the first meeting: it may have had it, before a record of ended_at_ms changed that */
    HOLDING_SENT,   /* it may have been */
    HOLDING_TOLD,   /* it has it, in force until ends_at_ms */
    HOLDING_LOST,   /* it had it in force, until it was started again, or perhaps until it was told of an end */
    HOLDING_ENDED   /* it was told of the end */
};

struct holding {
    struct holding *next; /* of the same alert */
    struct alertmanager_labels labels;
    enum holding_state state;
    int64_t ends_at_ms;  /* of one that was TOLD */
    int64_t ended_at_ms; /* of one that ENDED, or FORMER */
    int64_t again_at_ms; /* of one of which it refused what it was to be told: when it is tried again; 0: it did not */
    bool is_stale;       /* what it was told is not what is to be read */
    bool is_recent;      /* it was told that it is new */
};

/* An alert by its newest record; and one that is only known by its id: what a record names, what Alertmanager has, what
 * was forgotten. */
struct book_entry {
    struct uuid alert_id; /* first: the tree compares entries as ids */
    bool is_known;
    struct alert_record record; /* if it is; its texts are those below */
    char child_id[ID_LENGTH_MAX + 1];
    char location_id[ID_LENGTH_MAX + 1];
    struct uuid replaced; /* the smallest of those whose place it took; nil: none */
    struct holding *holdings;
};

/* An alert of Alertmanager under the service's name that this version would not write. */
struct stranger {
    struct stranger *next;
    json_t *labels;
};

/* An alert that begins, goes on (no outcome) or ends. */
struct alertmanager_post {
    struct book_entry *entry; /* NULL: a stranger's */
    struct holding *holding;
    struct stranger *stranger;
    enum alertmanager_outcome outcome;
};

struct posts {
    struct alertmanager_post *items;
    size_t count, capacity;
};

struct alertmanager_book {
    struct alertmanager_book_settings settings;
    void *entries; /* a tree of search.h */
    size_t entry_count;
    struct stranger *strangers;
    struct day latest; /* that a record speaks of */
    bool has_met;
    bool are_openings_first; /* since it has lost everything: what ended would be all that a group consists of */
    int64_t started_at_ms, contact_at_ms;
    int64_t changed_at_ms;  /* by the first record since what was gathered was told; 0: by none */
    int64_t gathered_at_ms; /* when that is to be told */
    int64_t opened_at_ms;   /* when it was last told of what it did not have */
    int64_t look_at_ms;
    struct posts openings, endings;
};

/* --- entries (alertmanager_book.c) -------------------------------------------------------------------------------- */

struct book_entry *book_find(const struct alertmanager_book *book, const struct uuid *alert_id);
struct book_entry *book_entry(struct alertmanager_book *book,
                              const struct uuid *alert_id); /* makes it; NULL: no memory */
void book_remove(struct alertmanager_book *book, struct book_entry *entry);
void book_walk(const struct alertmanager_book *book, void (*visit)(struct book_entry *entry, void *context),
               void *context);
struct holding *entry_hold(struct book_entry *entry, const struct alertmanager_labels *labels,
                           enum holding_state state);
struct holding *entry_holding(const struct book_entry *entry, const struct alertmanager_labels *labels); /* or NULL */
void entry_drop(struct book_entry *entry, struct holding *holding);
void entry_drop_those(struct book_entry *entry, bool that_are_former); /* or all others */

/* --- what should be there (alertmanager_wanted.c) ----------------------------------------------------------------- */

/* The labels under which ENTRY would be in force at MOMENT if it were open. It must be known. */
struct alertmanager_labels entry_labels(const struct alertmanager_book *book, const struct book_entry *entry,
                                        const struct alertmanager_moment *moment);

/* Puts what a record does not say into LABELS of ENTRY. */
void entry_complete(const struct alertmanager_book *book, const struct book_entry *entry,
                    const struct alertmanager_moment *moment, struct alertmanager_labels *labels);

/* Whether it is to be in force, and then under which labels. */
bool entry_is_wanted(const struct alertmanager_book *book, const struct book_entry *entry,
                     const struct alertmanager_moment *moment, struct alertmanager_labels *labels);

/* Why HOLDING, which is not what is wanted, ends. */
enum alertmanager_outcome entry_outcome(const struct alertmanager_book *book, const struct book_entry *entry,
                                        const struct holding *holding, const struct alertmanager_moment *moment);

/* Whether mails call it new. */
bool entry_is_recent(const struct book_entry *entry, const struct alertmanager_moment *moment);

struct alertmanager_told entry_told(const struct alertmanager_book *book, const struct book_entry *entry,
                                    const struct holding *holding, enum alertmanager_outcome outcome,
                                    const struct alertmanager_moment *moment);

/* --- what is kept in memory (alertmanager_memory.c) --------------------------------------------------------------- */

/* Whether an alert that is not in memory has to be, by its newest RECORD. */
bool record_is_of_use(const struct alert_record *record, int64_t now_ms);

/* Whether ENTRY, which is not to be in force, still has to be in memory. */
bool entry_is_of_use(const struct alertmanager_book *book, const struct book_entry *entry, int64_t now_ms);

#endif
