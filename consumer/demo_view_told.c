#include <stdio.h>

#include "consumer/demo_view_internal.h"

#define TOLD_COLUMN 9 /* where the levels of the alerts above stand */

static void write_counts(const struct demo_inbox *told, char *text, size_t size)
{
    char signatures[64];
    if (told->refused == 0)
        snprintf(signatures, sizeof signatures, "all signatures right");
    else
        snprintf(signatures, sizeof signatures, "%s more with a wrong signature", thousands(told->refused).text);
    snprintf(text, size, "%s mails, %s webhook events, %s", thousands(told->mails).text, thousands(told->events).text,
             signatures);
}

/* A line of the screen, or a part of one. */
static const char *newest(const struct view *view)
{
    const bool is_well = view->told_trouble[0] == '\0';
    return !is_well ? view->told_trouble : view->told->mails == 0 ? "none yet" : view->told->subject;
}

void view_draw_told(const struct view *view, struct screen *screen, int top)
{
    char counts[160];
    write_counts(view->told, counts, sizeof counts);
    screen_put(screen, top, VIEW_MARGIN, STYLE_STRONG, "told");
    screen_put(screen, top, TOLD_COLUMN, STYLE_PLAIN, "%s", counts);
    screen_put(screen, top + 1, VIEW_MARGIN, STYLE_FAINT, "mail");
    screen_put(screen, top + 1, TOLD_COLUMN, STYLE_PLAIN, "%s", newest(view));
}

size_t view_told_line(const struct view *view, char *line, size_t size)
{
    char counts[160];
    write_counts(view->told, counts, sizeof counts);
    const int length = snprintf(line, size, "            told: %s; newest mail: %s", counts, newest(view));
    return (size_t)length;
}
