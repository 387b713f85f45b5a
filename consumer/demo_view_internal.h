/* The view's inside: demo_view.c (the screen and the line), demo_view_table.c (open alerts by rule), demo_view_feed.c
 * (the newest alerts), demo_view_told.c (what people and systems were told of them). */
#ifndef CONSUMER_DEMO_VIEW_INTERNAL_H
#define CONSUMER_DEMO_VIEW_INTERNAL_H

#include "consumer/demo_view.h"

#define VIEW_MARGIN 1

extern const char *const view_months[12];
extern const char *const view_level_words[LEVEL_COUNT];
extern const enum screen_style view_level_styles[LEVEL_COUNT];

/* A number that is never less than none, "1,234". */
struct thousands view_figure(int32_t count);

/* From row TOP on a heading, a line a rule, and three of sums; bars end before column RIGHT. */
void view_draw_table(const struct view *view, struct screen *screen, int top, int right);

/* Beside it, from COLUMN on, VIEW_PANEL_WIDTH wide. */
#define VIEW_PANEL_WIDTH 42
void view_draw_worst_sites(const struct view *view, struct screen *screen, int top, int column);

/* A heading on row TOP, and the newest lines on the ROWS rows below it, the newest of all on the last. */
void view_draw_feed(const struct feed *feed, struct screen *screen, int top, int rows);

/* Two lines from row TOP on: how much was told, and the newest mail. */
#define VIEW_TOLD_ROWS 2
void view_draw_told(const struct view *view, struct screen *screen, int top);

#endif
