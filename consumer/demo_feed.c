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

static bool is_good_news(const struct feed_line *line)
{
    return line->change == LEDGER_RESOLVED || line->change == LEDGER_WITHDRAWN;
}

/* How much it matters that people see it. Rules take turns, and so do bad and good news: what is frequent must not hide
 * the rest. */
static int weight(const struct feed *feed, const struct feed_line *line)
{
    static const int by_level[LEVEL_COUNT] = {[LEVEL_NOTICE] = 1, [LEVEL_VIOLATION] = 4, [LEVEL_SEVERE] = 5};
    int repeated = 1;
    for (uint64_t age = 0; age < 4 && age < feed->line_count; age++) {
        const struct feed_line *said = feed_line_at(feed, age);
        repeated += (said->rule == line->rule) + (is_good_news(said) == is_good_news(line));
    }
    int count = line->count < 20 ? line->count : 20;
    return 100 * (is_good_news(line) ? 2 : by_level[line->level]) * (4 + count) / repeated;
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
