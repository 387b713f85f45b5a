/* What is to be seen of the show: a screen, or a line a month. */
#include "consumer/demo_show_internal.h"

#include <stdio.h>

#include "consumer/clock.h"
#include "consumer/terminal.h"

#define FRAME_MS 100
#define FEED_TURN_MS 250 /* a new line of alerts no more often than can be read */
#define RATE_MS 1000     /* over which events and revisions a second are counted */

static void count_rate(struct rate *rate, uint64_t count, int64_t elapsed_ms)
{
    rate->per_s = (count - rate->counted) * 1000 / (uint64_t)elapsed_ms;
    rate->counted = count;
}

static bool is_time(int64_t *last_ms, int64_t now_ms, int64_t every_ms)
{
    if (now_ms - *last_ms < every_ms)
        return false;
    *last_ms = now_ms;
    return true;
}

static void show_screen(struct show *show, int64_t now_ms)
{
    if (!is_time(&show->frame_ms, now_ms, FRAME_MS))
        return;
    terminal_measure(&show->screen);
    view_draw(&show->view, &show->screen);
    terminal_show(&show->screen);
}

static bool show_told_line(struct show *show)
{
    char line[512];
    if (show->view.told == NULL)
        return true;
    view_told_line(&show->view, line, sizeof line);
    printf("%s\n", line);
    return fflush(stdout) == 0;
}

/* On the first of each month, of what was known by its eve. False: nobody can read it. */
static bool show_line(struct show *show)
{
    char line[256];
    struct civil_date date = day_to_civil(show->view.today);
    if (date.month == show->shown_month || show->view.activity[0] != '\0')
        return true;
    show->shown_month = date.month;
    view_line(&show->view, line, sizeof line);
    printf("%s\n", line);
    return fflush(stdout) == 0 && show_told_line(show);
}

bool show_frame(struct show *show)
{
    int64_t now_ms = clock_monotonic_ms(), elapsed_ms = now_ms - show->rate_ms;
    if (is_time(&show->feed_ms, now_ms, FEED_TURN_MS))
        feed_turn(&show->feed);
    if (is_time(&show->rate_ms, now_ms, RATE_MS)) {
        count_rate(&show->events, show->sent, elapsed_ms);
        count_rate(&show->revisions, show->ledger.revisions, elapsed_ms);
    }
    show->view.events = show->sent;
    show->view.events_per_s = show->events.per_s;
    show->view.revisions_per_s = show->revisions.per_s;
    show->view.census = &show->demo->population->census[show->view.today.number - DEMO_START.number];
    if (!show->has_screen)
        return show_line(show);
    show_screen(show, now_ms);
    return true;
}
