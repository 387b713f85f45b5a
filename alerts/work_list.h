/* The work list: which norms will be broken on which day and where, if nothing happens (docs/figures.md). For those who
 * can still prevent it.
 */
#ifndef ALERTS_WORK_LIST_H
#define ALERTS_WORK_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "alerts/report.h"
#include "rules/alert.h"

struct work_item { /* an alert that reaches VIOLATION or SEVERE */
    struct day day;
    struct day due_on; /* or DAY_ABSENT */
    struct uuid alert_id;
    uint8_t rule;
    enum level level;
    struct place place; /* where the child is on that day; the text is in location_id */
    bool is_counted;    /* once a child, day, rule and level; not where it is of age or gone by then */
    char child_id[ID_LENGTH_MAX + 1];
    char location_id[ID_LENGTH_MAX + 1];
    char group[ID_LENGTH_MAX + 1]; /* filled in by the writers */
    bool is_other;
};

struct work_list { /* zero: empty */
    struct work_item *items;
    size_t count, capacity;
};
void work_list_fini(struct work_list *list);

/* Adds what child_forecast told of one child, all items of a child one after the other. PLACE: where the child lives on
 * that day, which of an alert that is over by then need not be the alert's. IS_COUNTED: it is counted there, being in
 * reception and not of age. False: no memory. */
bool work_list_add(struct work_list *list, const struct alert *alert, const struct place *place, struct day day,
                   struct text child_id, bool is_counted);

/* Adds all of OTHER, which has none of the children. False: no memory. */
bool work_list_add_list(struct work_list *list, const struct work_list *other);

/* Write the list as REPORT asks: its norms, groups, exact or not. REPORT's period goes from the day after today on;
 * REPORT->tally has who will be where in it, for the sizes of groups, its days counted from today: 1 is tomorrow. The
 * order of LIST changes. False: no memory. */
bool work_list_table_write(FILE *out, struct work_list *list, const struct report *report);
bool work_list_csv_write(FILE *out, FILE *notes, struct work_list *list, const struct report *report);
bool work_list_json_write(FILE *out, FILE *notes, struct work_list *list, const struct report *report);

/* What stands above it. */
void work_list_heading_write(FILE *out, const struct report *report);

#endif
