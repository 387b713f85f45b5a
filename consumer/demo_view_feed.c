#include <stdio.h>

#include "consumer/demo_view_internal.h"

#define LEVEL_COLUMN 9
#define RULE_COLUMN 20
#define EXPLANATION_COLUMN 82
#define COLUMNS_FOR_EXPLANATION 116

static const char *const resolution_words[RESOLUTION_COUNT] = {
    [RESOLUTION_NONE] = "",
    [RESOLUTION_DEPARTED] = "left reception",
    [RESOLUTION_TURNED_18] = "turned eighteen",
    [RESOLUTION_AGED_OUT] = "turned nineteen",
    [RESOLUTION_REGULAR_RECEPTION] = "in regular reception now",
    [RESOLUTION_MOVED] = "moved",
    [RESOLUTION_SCHOOL_STARTED] = "school started",
    [RESOLUTION_SCHOOL_RESUMED] = "school resumed",
    [RESOLUTION_SETTLED] = "settled",
    [RESOLUTION_CORRECTED] = "facts were corrected",
};

static const char *change_word(const struct feed_line *line, enum screen_style *style)
{
    bool is_over = line->change == LEDGER_RESOLVED, is_withdrawn = line->change == LEDGER_WITHDRAWN;
    *style = is_over ? STYLE_GOOD : is_withdrawn ? STYLE_FAINT : view_level_styles[line->level];
    return is_over ? "resolved" : is_withdrawn ? "withdrawn" : view_level_words[line->level];
}

/* The norm and its day, or how it ended. */
static void write_explanation(const struct feed_line *line, char *text, size_t size)
{
    bool has_norm = !day_is_absent(line->due_on);
    struct civil_date date = day_to_civil(has_norm ? line->due_on : line->raised_on);
    char day[32];
    snprintf(day, sizeof day, "%d %.3s %d", date.day, view_months[date.month - 1], date.year);
    if (line->change == LEDGER_RESOLVED || line->change == LEDGER_WITHDRAWN)
        snprintf(text, size, "%s", resolution_words[line->resolution]);
    else if (has_norm && line->norm_months > 0)
        snprintf(text, size, "norm of %d months, due %s", line->norm_months, day);
    else
        snprintf(text, size, "%s %s", has_norm ? "due" : "since", day);
}

static void draw_feed_line(struct screen *screen, int row, const struct feed_line *line)
{
    enum screen_style style;
    const char *word = change_word(line, &style);
    struct civil_date date = day_to_civil(line->day);
    char who[ID_LENGTH_MAX + 1], explanation[64];
    if (line->count == 1)
        snprintf(who, sizeof who, "%s", line->child_id);
    else
        snprintf(who, sizeof who, "%d children", line->count);
    screen_put(screen, row, VIEW_MARGIN, STYLE_FAINT, "%2d %.3s", date.day, view_months[date.month - 1]);
    screen_put(screen, row, LEVEL_COLUMN, style, "%s", word);
    screen_put(screen, row, RULE_COLUMN, STYLE_PLAIN, "%-14s  %-14s  %s", rules[line->rule]->name, who,
               line->location_id);
    write_explanation(line, explanation, sizeof explanation);
    if (screen->columns >= COLUMNS_FOR_EXPLANATION)
        screen_put(screen, row, EXPLANATION_COLUMN, STYLE_FAINT, "%s", explanation);
}

void view_draw_feed(const struct feed *feed, struct screen *screen, int top, int rows)
{
    screen_put(screen, top, VIEW_MARGIN, STYLE_STRONG, "newest");
    for (int i = 0; i < rows; i++) {
        const struct feed_line *line = feed_line_at(feed, (uint64_t)i);
        if (line != NULL)
            draw_feed_line(screen, top + rows - i, line);
    }
}
