/* The table of open alerts by rule and level, and beside it, where there is room, the sites that have most. */
#include "consumer/demo_view_internal.h"

#define TABLE_COLUMN 17 /* where the figures of the table begin */
#define FIGURE_WIDTH 10
#define ALL_COLUMN (TABLE_COLUMN + (LEVEL_COUNT + 1) * FIGURE_WIDTH) /* where a figure ends, as do those below */
#define NORM_COLUMN (ALL_COLUMN + FIGURE_WIDTH)
#define BAR_COLUMN (NORM_COLUMN + 2)

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
        enum screen_style style = counts[level] == 0 ? STYLE_FAINT : view_level_styles[level];
        screen_put_right(screen, row, right, style, view_figure(counts[level]).text);
    }
    screen_put_right(screen, row, right + FIGURE_WIDTH, strong ? STYLE_STRONG : STYLE_PLAIN,
                     view_figure(sum(counts)).text);
}

/* A bar of COLUMNS for MOST alerts, in the colours of the levels. */
static void draw_bar(struct screen *screen, int row, const int32_t *counts, int columns, int32_t most)
{
    int64_t shown = 0;
    int column = BAR_COLUMN;
    for (int level = LEVEL_COUNT - 1; level >= 0 && most > 0; level--) {
        shown += counts[level];
        int until = BAR_COLUMN + (int)((shown * columns + most / 2) / most);
        column = screen_fill(screen, row, column, view_level_styles[level], GLYPH_BAR, until - column);
    }
}

/* What became of the alerts that are not open: with them the column adds up to all alerts. */
static void draw_closed(const struct ledger *ledger, struct screen *screen, int row, const char *word,
                        enum alert_state state)
{
    screen_put(screen, row, VIEW_MARGIN, STYLE_PLAIN, "%s", word);
    screen_put_right(screen, row, ALL_COLUMN, STYLE_PLAIN, view_figure(ledger->by_state[state]).text);
}

static void draw_rule(const struct view *view, struct screen *screen, int row, int rule, int right, int32_t most)
{
    screen_put(screen, row, VIEW_MARGIN, STYLE_PLAIN, "%s", rules[rule]->name);
    draw_figures(screen, row, view->ledger->open[rule], false);
    screen_put_right(screen, row, NORM_COLUMN, STYLE_STRONG, thousands((uint64_t)view->figures->over_norm[rule]).text);
    draw_bar(screen, row, view->ledger->open[rule], right - BAR_COLUMN, most);
}

static void draw_headings(struct screen *screen, int top)
{
    screen_put(screen, top, VIEW_MARGIN, STYLE_STRONG, "open alerts");
    for (int level = 0; level < LEVEL_COUNT; level++)
        screen_put_right(screen, top, TABLE_COLUMN + (level + 1) * FIGURE_WIDTH, STYLE_FAINT, view_level_words[level]);
    screen_put_right(screen, top, ALL_COLUMN, STYLE_FAINT, "all");
    screen_put_right(screen, top, NORM_COLUMN, STYLE_FAINT, "children");
}

void view_draw_table(const struct view *view, struct screen *screen, int top, int right)
{
    int32_t totals[LEVEL_COUNT] = {0}, most = 1;
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        most = sum(view->ledger->open[rule]) > most ? sum(view->ledger->open[rule]) : most;
        for (int level = 0; level < LEVEL_COUNT; level++)
            totals[level] += view->ledger->open[rule][level];
    }
    draw_headings(screen, top);
    for (int rule = 0; rule < RULE_COUNT; rule++)
        draw_rule(view, screen, top + 1 + rule, rule, right, most);
    screen_put(screen, top + 1 + RULE_COUNT, VIEW_MARGIN, STYLE_STRONG, "all");
    draw_figures(screen, top + 1 + RULE_COUNT, totals, true);
    draw_closed(view->ledger, screen, top + 2 + RULE_COUNT, "resolved", ALERT_RESOLVED);
    draw_closed(view->ledger, screen, top + 3 + RULE_COUNT, "withdrawn", ALERT_WITHDRAWN);
}

void view_draw_worst_sites(const struct view *view, struct screen *screen, int top, int column)
{
    const struct ledger_site *sites[RULE_COUNT + 1];
    size_t count = ledger_worst_sites(view->ledger, sites, RULE_COUNT + 1);
    screen_put(screen, top, column, STYLE_STRONG, "most alerts in force");
    for (size_t i = 0; i < count; i++) {
        int row = top + 1 + (int)i;
        screen_put(screen, row, column, STYLE_PLAIN, "%.*s", (int)sites[i]->length, sites[i]->location_id);
        screen_put_right(screen, row, column + VIEW_PANEL_WIDTH - 2, STYLE_VIOLATION,
                         view_figure(sites[i]->in_force).text);
    }
}
