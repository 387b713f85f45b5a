#include "consumer/demo_view.h"

#include <stdio.h>
#include <string.h>

#define MARGIN 1
#define TABLE_COLUMN 17 /* where the figures of the table begin */
#define FIGURE_WIDTH 10
#define BAR_COLUMN (TABLE_COLUMN + (LEVEL_COUNT + 1) * FIGURE_WIDTH + 2)
#define PANEL_WIDTH 42 /* of the worst sites, beside the table */
#define COLUMNS_FOR_PANEL 124
#define COLUMNS_FOR_WORDS 116
#define EXPLANATION_COLUMN 82

enum {
    ROW_TITLE,
    ROW_PROGRESS,
    ROW_CHILDREN,
    ROW_COUNTS,
    ROW_NEWS,
    ROW_TABLE = 6,
    ROW_TOTAL = VIEW_FIGURES_END - 1,
    ROW_FEED = 14
};

static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const level_words[LEVEL_COUNT] = {"notice", "violation", "severe"};
static const enum screen_style level_styles[LEVEL_COUNT] = {STYLE_NOTICE, STYLE_VIOLATION, STYLE_SEVERE};

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

struct thousands thousands(uint64_t count)
{
    struct thousands result;
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count), at = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            result.text[at++] = ',';
        result.text[at++] = digits[i];
    }
    result.text[at] = '\0';
    return result;
}

static struct thousands figure(int32_t count)
{
    return thousands(count < 0 ? 0 : (uint64_t)count);
}

static int centred(const struct screen *screen, const char *text)
{
    return (screen->columns - (int)strlen(text)) / 2;
}

static void draw_title(const struct view *view, struct screen *screen)
{
    char date[64], day[32];
    struct civil_date civil = day_to_civil(view->today);
    snprintf(date, sizeof date, "%s %d %s %d", weekdays[day_weekday(view->today)], civil.day, months[civil.month - 1],
             civil.year);
    int number = view->today.number - DEMO_START.number + 1;
    snprintf(day, sizeof day, "day %d of %d ", number, DEMO_DAYS);
    screen_fill(screen, ROW_TITLE, 0, STYLE_TITLE, ' ', screen->columns);
    screen_put(screen, ROW_TITLE, MARGIN, STYLE_TITLE, "placement-alerts demo");
    screen_put(screen, ROW_TITLE, centred(screen, date), STYLE_TITLE, "%s", date);
    screen_put_right(screen, ROW_TITLE, screen->columns, STYLE_TITLE, day);
    int done = screen->columns * number / DEMO_DAYS;
    screen_fill(screen, ROW_PROGRESS, 0, STYLE_GOOD, GLYPH_DONE, done);
    screen_fill(screen, ROW_PROGRESS, done, STYLE_FAINT, GLYPH_TO_COME, screen->columns - done);
}

/* " (2,310/s)", or nothing where nothing comes. */
static struct thousands rate(uint64_t per_s)
{
    struct thousands result = {""};
    if (per_s > 0)
        snprintf(result.text, sizeof result.text, " (%.19s/s)", thousands(per_s).text);
    return result;
}

static void draw_counts(const struct view *view, struct screen *screen)
{
    const struct demo_census *census = view->census;
    int column = screen_put(screen, ROW_CHILDREN, MARGIN, STYLE_STRONG, "%s", figure(census->children).text);
    column = screen_put(screen, ROW_CHILDREN, column, STYLE_PLAIN, " children in reception: ");
    column = screen_put(screen, ROW_CHILDREN, column, STYLE_STRONG, "%s", figure(census->in_emergency).text);
    screen_put(screen, ROW_CHILDREN, column, STYLE_PLAIN, " in %d emergency sites, %s unaccompanied",
               census->emergency_sites, figure(census->unaccompanied_in_emergency).text);
    screen_put(screen, ROW_COUNTS, MARGIN, STYLE_PLAIN, "%s events%s, %s alerts in %s revisions%s",
               thousands(view->events).text, rate(view->events_per_s).text, thousands(view->ledger->entry_count).text,
               thousands(view->ledger->revisions).text, rate(view->revisions_per_s).text);
}

static void draw_news(const struct view *view, struct screen *screen)
{
    struct civil_date date = day_to_civil(view->news_on);
    screen_put_right(screen, ROW_NEWS, screen->columns - MARGIN, STYLE_FAINT, view->vacations);
    if (view->activity[0] != '\0')
        screen_put(screen, ROW_NEWS, MARGIN, STYLE_STRONG, "%s", view->activity);
    else if (view->news[0] != '\0')
        screen_put(screen, ROW_NEWS, MARGIN, STYLE_PLAIN, "%d %s: %s", date.day, months[date.month - 1], view->news);
}

static int32_t sum(const int32_t *counts)
{
    int32_t all = 0;
    for (int level = 0; level < LEVEL_COUNT; level++)
        all += counts[level];
    return all;
}

static void draw_figures(struct screen *screen, int row, const int32_t *counts, bool strong)
{
    int right = TABLE_COLUMN;
    for (int level = 0; level < LEVEL_COUNT; level++) {
        right += FIGURE_WIDTH;
        enum screen_style style = counts[level] == 0 ? STYLE_FAINT : level_styles[level];
        screen_put_right(screen, row, right, style, figure(counts[level]).text);
    }
    screen_put_right(screen, row, right + FIGURE_WIDTH, strong ? STYLE_STRONG : STYLE_PLAIN, figure(sum(counts)).text);
}

/* A bar of COLUMNS for MOST alerts, in the colours of the levels. */
static void draw_bar(struct screen *screen, int row, const int32_t *counts, int columns, int32_t most)
{
    int64_t shown = 0;
    int column = BAR_COLUMN;
    for (int level = LEVEL_COUNT - 1; level >= 0 && most > 0; level--) {
        shown += counts[level];
        int until = BAR_COLUMN + (int)((shown * columns + most / 2) / most);
        column = screen_fill(screen, row, column, level_styles[level], GLYPH_BAR, until - column);
    }
}

static void draw_table(const struct view *view, struct screen *screen, int right)
{
    int32_t totals[LEVEL_COUNT] = {0}, most = 1;
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        most = sum(view->ledger->open[rule]) > most ? sum(view->ledger->open[rule]) : most;
        for (int level = 0; level < LEVEL_COUNT; level++)
            totals[level] += view->ledger->open[rule][level];
    }
    screen_put(screen, ROW_TABLE, MARGIN, STYLE_STRONG, "open alerts");
    for (int level = 0; level < LEVEL_COUNT; level++)
        screen_put_right(screen, ROW_TABLE, TABLE_COLUMN + (level + 1) * FIGURE_WIDTH, STYLE_FAINT, level_words[level]);
    screen_put_right(screen, ROW_TABLE, BAR_COLUMN - 2, STYLE_FAINT, "all");
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        int row = ROW_TABLE + 1 + rule;
        screen_put(screen, row, MARGIN, STYLE_PLAIN, "%s", rules[rule]->name);
        draw_figures(screen, row, view->ledger->open[rule], false);
        draw_bar(screen, row, view->ledger->open[rule], right - BAR_COLUMN, most);
    }
    screen_put(screen, ROW_TOTAL, MARGIN, STYLE_STRONG, "all");
    draw_figures(screen, ROW_TOTAL, totals, true);
    screen_put(screen, ROW_TOTAL, BAR_COLUMN, STYLE_FAINT, "%s resolved",
               figure(view->ledger->by_state[ALERT_RESOLVED]).text);
}

static void draw_worst_sites(const struct view *view, struct screen *screen, int column)
{
    const struct ledger_site *sites[RULE_COUNT + 1];
    size_t count = ledger_worst_sites(view->ledger, sites, RULE_COUNT + 1);
    screen_put(screen, ROW_TABLE, column, STYLE_STRONG, "most alerts in force");
    for (size_t i = 0; i < count; i++) {
        int row = ROW_TABLE + 1 + (int)i;
        screen_put(screen, row, column, STYLE_PLAIN, "%.*s", (int)sites[i]->length, sites[i]->location_id);
        screen_put_right(screen, row, column + PANEL_WIDTH - 2, STYLE_VIOLATION, figure(sites[i]->in_force).text);
    }
}

static const char *change_word(const struct feed_line *line, enum screen_style *style)
{
    bool is_over = line->change == LEDGER_RESOLVED, is_withdrawn = line->change == LEDGER_WITHDRAWN;
    *style = is_over ? STYLE_GOOD : is_withdrawn ? STYLE_FAINT : level_styles[line->level];
    return is_over ? "resolved" : is_withdrawn ? "withdrawn" : level_words[line->level];
}

/* The norm and its day, or how it ended. */
static void write_explanation(const struct feed_line *line, char *text, size_t size)
{
    bool has_norm = !day_is_absent(line->due_on);
    struct civil_date date = day_to_civil(has_norm ? line->due_on : line->raised_on);
    char day[32];
    snprintf(day, sizeof day, "%d %.3s %d", date.day, months[date.month - 1], date.year);
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
    screen_put(screen, row, MARGIN, STYLE_FAINT, "%2d %.3s", date.day, months[date.month - 1]);
    screen_put(screen, row, 9, style, "%s", word);
    screen_put(screen, row, 20, STYLE_PLAIN, "%-14s  %-14s  %s", rules[line->rule]->name, who, line->location_id);
    write_explanation(line, explanation, sizeof explanation);
    if (screen->columns >= COLUMNS_FOR_WORDS)
        screen_put(screen, row, EXPLANATION_COLUMN, STYLE_FAINT, "%s", explanation);
}

static void draw_feed(const struct view *view, struct screen *screen, int rows)
{
    screen_put(screen, ROW_FEED, MARGIN, STYLE_STRONG, "newest");
    for (int i = 0; i < rows; i++) {
        const struct feed_line *line = feed_line_at(view->feed, (uint64_t)i);
        if (line != NULL)
            draw_feed_line(screen, ROW_FEED + rows - i, line);
    }
}

static void draw_commands(const struct view *view, struct screen *screen)
{
    char command[256];
    view_watch_command(view->bootstrap_servers, command, sizeof command);
    screen_put(screen, screen->rows - 2, MARGIN, STYLE_FAINT, "follow: ");
    screen_put(screen, screen->rows - 2, MARGIN + 8, STYLE_PLAIN, "%s", command);
    view_kcat_command(view->bootstrap_servers, command, sizeof command);
    screen_put(screen, screen->rows - 1, MARGIN, STYLE_FAINT, "    or: ");
    screen_put(screen, screen->rows - 1, MARGIN + 8, STYLE_PLAIN, "%s", command);
    screen_put_right(screen, screen->rows - 1, screen->columns - MARGIN, STYLE_FAINT, "Ctrl-C ends");
}

void view_draw(const struct view *view, struct screen *screen)
{
    bool has_panel = screen->columns >= COLUMNS_FOR_PANEL;
    int feed_rows = screen->rows - ROW_FEED - 3;
    screen_clear(screen, screen->rows, screen->columns);
    draw_title(view, screen);
    draw_counts(view, screen);
    draw_news(view, screen);
    draw_table(view, screen, has_panel ? screen->columns - PANEL_WIDTH - 2 : screen->columns - MARGIN);
    if (has_panel)
        draw_worst_sites(view, screen, screen->columns - PANEL_WIDTH);
    if (feed_rows <= 0)
        return;
    draw_feed(view, screen, feed_rows);
    draw_commands(view, screen);
}

size_t view_line(const struct view *view, char *line, size_t size)
{
    int32_t open[LEVEL_COUNT] = {0};
    for (int rule = 0; rule < RULE_COUNT; rule++)
        for (int level = 0; level < LEVEL_COUNT; level++)
            open[level] += view->ledger->open[rule][level];
    char date[DAY_TEXT_SIZE];
    day_format(view->today, date);
    int length = snprintf(line, size,
                          "%s  children %6s, in emergency %5s  open: notice %5s, violation %5s, severe %5s  "
                          "resolved %6s  events %7s",
                          date, figure(view->census->children).text, figure(view->census->in_emergency).text,
                          figure(open[LEVEL_NOTICE]).text, figure(open[LEVEL_VIOLATION]).text,
                          figure(open[LEVEL_SEVERE]).text, figure(view->ledger->by_state[ALERT_RESOLVED]).text,
                          thousands(view->events).text);
    return (size_t)length;
}

size_t view_watch_command(const char *bootstrap_servers, char *command, size_t size)
{
    return (size_t)snprintf(command, size, "placement-alerts watch --set kafka.bootstrap.servers=%s",
                            bootstrap_servers);
}

size_t view_kcat_command(const char *bootstrap_servers, char *command, size_t size)
{
    return (size_t)snprintf(command, size, "kcat -b %s -C -t alerts -f '%%k %%S bytes\\n'", bootstrap_servers);
}
