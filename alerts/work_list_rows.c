/* The rows of a work list. For publication a row is how many children, small groups merged; an exact one is for the
 * people who act on it, a row an alert.
 */
#include <stdlib.h>
#include <string.h>

#include "alerts/work_list_internal.h"

/* --- groups ------------------------------------------------------------------------------------------------------- */

static bool is_row(const struct figure_table *table, const char *group)
{
    for (size_t i = 0; i < table->count; i++)
        if (!table->rows[i].is_other && strcmp(table->rows[i].group, group) == 0)
            return true;
    return false;
}

static void group_fill(struct work_item *item, const struct report *report, const struct figure_table *table)
{
    item->place.location_id = (struct text){item->location_id, (uint32_t)strlen(item->location_id)};
    group_name(&item->place, report->by, item->group);
    item->is_other = !report->exact && !is_row(table, item->group);
    if (item->is_other)
        strcpy(item->group, GROUP_OTHER);
}

/* By day, group (`other` last), rule and level; then child and alert. */
static int item_compare(const void *a, const void *b)
{
    const struct work_item *left = a, *right = b;
    int order = day_compare(left->day, right->day);
    order = order != 0 ? order : left->is_other - right->is_other;
    order = order != 0 ? order : strcmp(left->group, right->group);
    order = order != 0 ? order : left->rule - right->rule;
    order = order != 0 ? order : (int)left->level - (int)right->level;
    order = order != 0 ? order : strcmp(left->child_id, right->child_id);
    return order != 0 ? order : uuid_compare(&left->alert_id, &right->alert_id);
}

static void items_keep(struct work_list *list, const struct report *report, const struct figure_table *table)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!report->exact && (table->is_withheld || !list->items[i].is_counted))
            continue;
        list->items[kept] = list->items[i];
        group_fill(&list->items[kept++], report, table);
    }
    list->count = kept;
    if (kept > 1)
        qsort(list->items, kept, sizeof(*list->items), item_compare);
}

bool work_rows_prepare(struct work_list *list, const struct report *report, bool *is_withheld)
{
    const struct day tomorrow = {1}, last = {report->to.number - report->today.number};
    const struct figure_question question = report_question(report, tomorrow, last);
    struct figure_table table;
    if (!tally_table(report->tally, &question, &table))
        return false;
    *is_withheld = table.is_withheld;
    items_keep(list, report, &table);
    figure_table_fini(&table);
    return true;
}

bool work_row_next(const struct work_list *list, bool exact, struct work_row *row)
{
    const struct work_item *item = row->item == NULL ? list->items : row->item + row->children;
    const struct work_item *end = list->items + list->count, *at = item + 1;
    if (list->count == 0 || item == end)
        return false;
    while (!exact && at < end && day_equal(at->day, item->day) && at->is_other == item->is_other &&
           strcmp(at->group, item->group) == 0 && at->rule == item->rule && at->level == item->level)
        at++;
    *row = (struct work_row){item, (size_t)(at - item)};
    return true;
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static void write_day(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    day_format(row->item->day, text);
}

static void write_group(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    strcpy(text, row->item->group);
}

static void write_rule(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    strcpy(text, rules[row->item->rule]->name);
}

static void write_level(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    strcpy(text, level_names[row->item->level]);
}

static void write_children(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    snprintf(text, WORK_FIELD_SIZE, "%zu", row->children);
}

static void write_child(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    strcpy(text, row->item->child_id);
}

static void write_alert(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    uuid_format(&row->item->alert_id, text);
}

static void write_due(const struct work_row *row, char text[static WORK_FIELD_SIZE])
{
    if (day_is_absent(row->item->due_on))
        text[0] = '\0';
    else
        day_format(row->item->due_on, text);
}

const struct work_field work_fields[WORK_FIELDS_MAX] = {
    {"day", MESSAGE_REPORT_DAY, WORK_TEXT, write_day},
    {"group", MESSAGE_WORK_LIST_GROUP, WORK_GROUP, write_group},
    {"rule", MESSAGE_WORK_LIST_RULE, WORK_SYMBOL, write_rule},
    {"level", MESSAGE_WORK_LIST_LEVEL, WORK_SYMBOL, write_level},
    {"children", MESSAGE_WORK_LIST_CHILDREN, WORK_NUMBER, write_children},
    {"child_id", MESSAGE_WORK_LIST_CHILD, WORK_TEXT, write_child},
    {"alert_id", MESSAGE_WORK_LIST_ALERT, WORK_TEXT, write_alert},
    {"due_on", MESSAGE_WORK_LIST_DUE, WORK_TEXT, write_due},
};

size_t work_field_count(const struct report *report)
{
    return report->exact ? WORK_FIELDS_MAX : 5;
}
