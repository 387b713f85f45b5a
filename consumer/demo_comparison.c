#include "consumer/demo_comparison.h"

#include <stdlib.h>

#include "consumer/evaluation.h"

struct comparing {
    struct comparison *comparison;
    const struct ledger *ledger;
    bool *met; /* by number of entry */
    FILE *lines;
};

static void write_side(FILE *lines, const char *side, const struct alert_record *record)
{
    char line[ALERT_JSON_BYTES_MAX];
    size_t length = alert_record_write_json(record, false, line, sizeof line);
    fprintf(lines, "  %s %.*s\n", side, (int)length, line);
}

static void write_difference(const struct comparing *comparing, const struct alert_record *expected,
                             const struct alert_record *published)
{
    if (comparison_differences(comparing->comparison) > COMPARISON_LINES_MAX)
        return;
    fprintf(comparing->lines, "difference %llu\n", (unsigned long long)comparison_differences(comparing->comparison));
    if (expected != NULL)
        write_side(comparing->lines, "expected ", expected);
    if (published != NULL)
        write_side(comparing->lines, "published", published);
}

static void expect(void *context, const struct alert_record *expected)
{
    struct comparing *comparing = context;
    const struct ledger_entry *entry = ledger_find(comparing->ledger, &expected->alert_id);
    comparing->comparison->expected++;
    if (entry == NULL) {
        comparing->comparison->missing++;
        write_difference(comparing, expected, NULL);
        return;
    }
    comparing->met[entry->number] = true;
    if (alert_same(&expected->alert, &entry->record.alert) && text_equal(expected->child_id, entry->record.child_id))
        return;
    comparing->comparison->unlike++;
    write_difference(comparing, expected, &entry->record);
}

static void find_left_over(const struct comparing *comparing)
{
    for (size_t i = 0; i < comparing->ledger->entry_count; i++) {
        const struct alert_record *published = &comparing->ledger->entries[i]->record;
        if (comparing->met[i] || published->alert.state == ALERT_WITHDRAWN)
            continue;
        comparing->comparison->left_over++;
        write_difference(comparing, NULL, published);
    }
}

static bool evaluate(struct comparing *comparing, const struct event *events, size_t count,
                     const struct yardstick *yardstick)
{
    struct evaluation *evaluation = evaluation_new();
    bool done = evaluation != NULL;
    for (size_t i = 0; done && i < count; i++)
        done = evaluation_add(evaluation, &events[i]);
    done = done && evaluation_run(evaluation, yardstick, 1, expect, comparing);
    evaluation_free(evaluation);
    return done;
}

bool comparison_make(struct comparison *comparison, const struct ledger *ledger, const struct event *events,
                     size_t count, const struct yardstick *yardstick, FILE *lines)
{
    *comparison = (struct comparison){0};
    struct comparing comparing = {comparison, ledger, calloc(ledger->entry_count + 1, sizeof(bool)), lines};
    bool done = comparing.met != NULL && evaluate(&comparing, events, count, yardstick);
    if (done)
        find_left_over(&comparing);
    free(comparing.met);
    return done;
}
