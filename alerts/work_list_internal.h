/* Inside of a work list; for work_list*.c. */
#ifndef ALERTS_WORK_LIST_INTERNAL_H
#define ALERTS_WORK_LIST_INTERNAL_H

#include "alerts/report_internal.h"
#include "alerts/work_list.h"

struct work_row {
    const struct work_item *item; /* the first of the row */
    size_t children;
};

/* Fills in the groups, keeps what REPORT asks for and puts it in the order of the rows; *IS_WITHHELD: there are so few
 * children that nothing may be said. False: no memory. */
bool work_rows_prepare(struct work_list *list, const struct report *report, bool *is_withheld);

/* Row after row of a prepared list; ROW zero at first. False: there are no more. */
bool work_row_next(const struct work_list *list, bool exact, struct work_row *row);

#define WORK_FIELD_SIZE 256
enum work_field_sort { WORK_TEXT, WORK_NUMBER, WORK_SYMBOL, WORK_GROUP }; /* the last two have words for people */
struct work_field {
    const char *name;
    enum message heading;
    enum work_field_sort sort;
    void (*write)(const struct work_row *row, char text[static WORK_FIELD_SIZE]); /* "": absent */
};

#define WORK_FIELDS_MAX 8
extern const struct work_field work_fields[WORK_FIELDS_MAX];

/* How many of them a row has: those of single children are in exact lists alone. */
size_t work_field_count(const struct report *report);

#endif
