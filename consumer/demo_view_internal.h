/* The view's inside: demo_view.c (the screen and the line), demo_view_feed.c (the newest alerts on the screen),
 * demo_view_told.c (what people and systems were told of them). */
#ifndef CONSUMER_DEMO_VIEW_INTERNAL_H
#define CONSUMER_DEMO_VIEW_INTERNAL_H

#include "consumer/demo_view.h"

#define VIEW_MARGIN 1

extern const char *const view_months[12];
extern const char *const view_level_words[LEVEL_COUNT];
extern const enum screen_style view_level_styles[LEVEL_COUNT];

/* A heading on row TOP, and the newest lines on the ROWS rows below it, the newest of all on the last. */
void view_draw_feed(const struct feed *feed, struct screen *screen, int top, int rows);

/* Two lines from row TOP on: how much was told, and the newest mail. */
#define VIEW_TOLD_ROWS 2
void view_draw_told(const struct view *view, struct screen *screen, int top);

#endif
