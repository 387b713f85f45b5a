#include "consumer/demo_view_internal.h"

#include <stdio.h>
#include <string.h>

#define COLUMNS_FOR_PANEL 124
#define COMMAND_COLUMN (VIEW_MARGIN + 2)

enum {
    ROW_TITLE,
    ROW_PROGRESS,
    ROW_CHILDREN,
    ROW_FIGURES,
    ROW_COUNTS,
    ROW_NEWS,
    ROW_TABLE = 7,
    ROW_FEED = VIEW_FIGURES_END
};

static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
const char *const view_months[12] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
const char *const view_level_words[LEVEL_COUNT] = {"notice", "violation", "severe"};
const enum screen_style view_level_styles[LEVEL_COUNT] = {STYLE_NOTICE, STYLE_VIOLATION, STYLE_SEVERE};

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

struct thousands view_figure(int32_t count)
{
    return thousands(count < 0 ? 0 : (uint64_t)count);
}

/* Writes TEXT so that it ends before COLUMN, if it does not touch what ends before LEFT. */
static void put_right_of(struct screen *screen, int row, int left, int column, enum screen_style style,
                         const char *text)
{
    if (left + 2 <= column - (int)strlen(text))
        screen_put_right(screen, row, column, style, text);
}

/* The date is what a narrow screen still has; the name stands left of it where there is room. */
static int draw_date(struct screen *screen, const char *date)
{
    static const char name[] = "placement-alerts demo";
    const int name_end = VIEW_MARGIN + (int)sizeof name - 1;
    const int centre = (screen->columns - (int)strlen(date)) / 2;
    const bool has_name = centre >= name_end + 2;
    if (has_name)
        screen_put(screen, ROW_TITLE, VIEW_MARGIN, STYLE_TITLE, "%s", name);
    return screen_put(screen, ROW_TITLE, has_name ? centre : VIEW_MARGIN, STYLE_TITLE, "%s", date);
}

static void draw_title(const struct view *view, struct screen *screen)
{
    char date[64], day[32];
    struct civil_date civil = day_to_civil(view->today);
    snprintf(date, sizeof date, "%s %d %s %d", weekdays[day_weekday(view->today)], civil.day,
             view_months[civil.month - 1], civil.year);
    int number = view->today.number - DEMO_START.number + 1;
    snprintf(day, sizeof day, "day %d of %d ", number, DEMO_DAYS);
    screen_fill(screen, ROW_TITLE, 0, STYLE_TITLE, ' ', screen->columns);
    put_right_of(screen, ROW_TITLE, draw_date(screen, date), screen->columns, STYLE_TITLE, day);
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

/* How long, and how many school days: what alerts do not say. */
static void draw_mean_and_lost(const struct demo_day *figures, struct screen *screen)
{
    const int64_t stays = figures->in_emergency > 0 ? figures->in_emergency : 1;
    const uint64_t mean_days = (uint64_t)((figures->emergency_days + stays / 2) / stays);
    int column = screen_put(screen, ROW_FIGURES, VIEW_MARGIN, STYLE_PLAIN, "mean stay in emergency reception ");
    column = screen_put(screen, ROW_FIGURES, column, STYLE_STRONG, "%s", thousands(mean_days).text);
    column = screen_put(screen, ROW_FIGURES, column, STYLE_PLAIN, " days, ");
    column = screen_put(screen, ROW_FIGURES, column, STYLE_STRONG, "%s",
                        thousands((uint64_t)figures->school_days_lost).text);
    screen_put(screen, ROW_FIGURES, column, STYLE_PLAIN, " school days lost so far");
}

static void draw_counts(const struct view *view, struct screen *screen)
{
    const struct demo_census *census = view->census;
    int column = screen_put(screen, ROW_CHILDREN, VIEW_MARGIN, STYLE_STRONG, "%s", view_figure(census->children).text);
    column = screen_put(screen, ROW_CHILDREN, column, STYLE_PLAIN, " children in reception: ");
    column = screen_put(screen, ROW_CHILDREN, column, STYLE_STRONG, "%s", view_figure(census->in_emergency).text);
    screen_put(screen, ROW_CHILDREN, column, STYLE_PLAIN, " in %d emergency sites, %s of them alone",
               census->emergency_sites, view_figure(census->unaccompanied_in_emergency).text);
    screen_put(screen, ROW_COUNTS, VIEW_MARGIN, STYLE_PLAIN, "%s events%s, %s alerts in %s revisions%s",
               thousands(view->events).text, rate(view->events_per_s).text, thousands(view->ledger->entry_count).text,
               thousands(view->ledger->revisions).text, rate(view->revisions_per_s).text);
}

static void draw_news(const struct view *view, struct screen *screen)
{
    struct civil_date date = day_to_civil(view->news_on);
    int end = VIEW_MARGIN;
    if (view->activity[0] != '\0')
        end = screen_put(screen, ROW_NEWS, VIEW_MARGIN, STYLE_STRONG, "%s", view->activity);
    else if (view->news[0] != '\0')
        end = screen_put(screen, ROW_NEWS, VIEW_MARGIN, STYLE_PLAIN, "%d %s: %s", date.day, view_months[date.month - 1],
                         view->news);
    put_right_of(screen, ROW_NEWS, end, screen->columns - VIEW_MARGIN, STYLE_FAINT, view->vacations);
}

static int draw_command(struct screen *screen, int row, const char *command)
{
    screen_put(screen, row, VIEW_MARGIN, STYLE_FAINT, "$");
    return screen_put(screen, row, COMMAND_COLUMN, STYLE_PLAIN, "%s", command);
}

static void draw_commands(const struct view *view, struct screen *screen)
{
    char command[SCREEN_COLUMNS_MAX + 1];
    int room = screen->columns - COMMAND_COLUMN;
    view_watch_command(view, command, room > 0 ? (size_t)room + 1 : 1);
    draw_command(screen, screen->rows - 2, command);
    view_kcat_command(view, command, sizeof command);
    const int end = draw_command(screen, screen->rows - 1, command);
    put_right_of(screen, screen->rows - 1, end, screen->columns - VIEW_MARGIN, STYLE_FAINT, "Ctrl-C ends");
}

void view_draw(const struct view *view, struct screen *screen)
{
    bool has_panel = screen->columns >= COLUMNS_FOR_PANEL;
    const int told_rows = view->told != NULL ? VIEW_TOLD_ROWS : 0;
    int feed_rows = screen->rows - ROW_FEED - 3 - told_rows;
    screen_clear(screen, screen->rows, screen->columns);
    draw_title(view, screen);
    draw_mean_and_lost(view->figures, screen);
    draw_counts(view, screen);
    draw_news(view, screen);
    view_draw_table(view, screen, ROW_TABLE,
                    has_panel ? screen->columns - VIEW_PANEL_WIDTH - 2 : screen->columns - VIEW_MARGIN);
    if (has_panel)
        view_draw_worst_sites(view, screen, ROW_TABLE, screen->columns - VIEW_PANEL_WIDTH);
    if (feed_rows <= 0)
        return;
    view_draw_feed(view->feed, screen, ROW_FEED, feed_rows);
    if (told_rows > 0)
        view_draw_told(view, screen, ROW_FEED + 1 + feed_rows);
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
                          "resolved %6s  school days lost %7s  events %7s",
                          date, view_figure(view->census->children).text, view_figure(view->census->in_emergency).text,
                          view_figure(open[LEVEL_NOTICE]).text, view_figure(open[LEVEL_VIOLATION]).text,
                          view_figure(open[LEVEL_SEVERE]).text,
                          view_figure(view->ledger->by_state[ALERT_RESOLVED]).text,
                          thousands((uint64_t)view->figures->school_days_lost).text, thousands(view->events).text);
    return (size_t)length;
}

static int write_watch_command(const struct view *view, const char *program, char *command, size_t size)
{
    return snprintf(command, size, "%s watch --set kafka.bootstrap.servers=%s", program, view->bootstrap_servers);
}

void view_watch_command(const struct view *view, char *command, size_t size)
{
    if (write_watch_command(view, view->program, command, size) >= (int)size)
        write_watch_command(view, "placement-alerts", command, size); /* the address matters more than the path */
}

void view_kcat_command(const struct view *view, char *command, size_t size)
{
    snprintf(command, size, "kcat -b %s -C -t alerts -f '%%k %%S bytes\\n'", view->bootstrap_servers);
}
