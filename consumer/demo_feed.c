#include "consumer/demo_feed.h"

#include <string.h>

static void copy_id(char *id, struct text text)
{
    memcpy(id, text.bytes, text.length);
    id[text.length] = '\0';
}

static bool same_group(const struct feed_line *a, const struct feed_line *b)
{
    return day_equal(a->day, b->day) && a->change == b->change && a->rule == b->rule && a->level == b->level &&
           a->resolution == b->resolution && strcmp(a->location_id, b->location_id) == 0;
}

void feed_note(struct feed *feed, enum ledger_change change, const struct ledger_entry *entry, struct day day)
{
    const struct alert *alert = &entry->record.alert;
    struct feed_line line = {.day = day,
                             .change = change,
                             .rule = alert->rule,
                             .level = alert->level,
                             .resolution = alert->resolution,
                             .raised_on = alert->raised_on,
                             .due_on = alert->due_on,
                             .norm_months = alert->norm_months,
                             .count = 1};
    copy_id(line.child_id, entry->record.child_id);
    copy_id(line.location_id, alert->place.location_id);
    for (int i = 0; i < feed->gathered_count; i++) {
        if (same_group(&feed->gathered[i], &line)) {
            feed->gathered[i].count++;
            return;
        }
    }
    if (feed->gathered_count < FEED_GROUPS_MAX)
        feed->gathered[feed->gathered_count++] = line;
}

/* How much it matters that people see it. Rules take turns, so that the frequent ones do not hide the others. */
static int weight(const struct feed *feed, const struct feed_line *line)
{
    static const int by_level[LEVEL_COUNT] = {[LEVEL_NOTICE] = 1, [LEVEL_VIOLATION] = 4, [LEVEL_SEVERE] = 5};
    bool is_news = line->change == LEDGER_RAISED || line->change == LEDGER_ESCALATED;
    int repeated = 1;
    for (uint64_t age = 0; age < 4 && age < feed->line_count; age++)
        repeated += feed_line_at(feed, age)->rule == line->rule;
    int count = line->count < 20 ? line->count : 20;
    return 100 * (is_news ? by_level[line->level] : 2) * (4 + count) / repeated;
}

void feed_turn(struct feed *feed)
{
    const struct feed_line *gravest = NULL;
    for (int i = 0; i < feed->gathered_count; i++)
        if (gravest == NULL || weight(feed, &feed->gathered[i]) > weight(feed, gravest))
            gravest = &feed->gathered[i];
    if (gravest != NULL)
        feed->lines[feed->line_count++ % FEED_LINES] = *gravest;
    feed->gathered_count = 0;
}

const struct feed_line *feed_line_at(const struct feed *feed, uint64_t age)
{
    if (age >= feed->line_count || age >= FEED_LINES)
        return NULL;
    return &feed->lines[(feed->line_count - 1 - age) % FEED_LINES];
}
