#include "consumer/demo_show.h"

#include <inttypes.h>
#include <stdio.h>

#include "consumer/clock.h"
#include "consumer/demo_cluster.h"
#include "consumer/demo_comparison.h"
#include "consumer/demo_reader.h"
#include "consumer/demo_sender.h"
#include "consumer/demo_terminal.h"
#include "consumer/demo_view.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/worker.h"

#define FRAME_MS 100
#define FEED_TURN_MS 250     /* a new line of alerts no more often than can be read */
#define RATE_MS 1000         /* over which events and revisions a second are counted */
#define CATCH_UP_MS 60000    /* how long the service may take for the backlog, and at the end */

struct rate {
    uint64_t counted, per_s;
};

struct show {
    const struct demo_settings *demo;
    struct demo_cluster cluster;
    struct demo_sender sender;
    struct demo_reader reader;
    struct worker *worker;
    struct ledger ledger;
    struct feed feed;
    struct screen screen;
    struct view view;
    struct rate events, revisions;
    size_t sent; /* events */
    int64_t started_ms, frame_ms, feed_ms, rate_ms; /* monotonic: begun, and last done */
    int shown_month;                                /* of the last plain line */
    bool has_screen;
};

/* --- showing ---------------------------------------------------------------------------------------------------------- */

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

/* On the first of each month, of what was known by its eve. */
static void show_line(struct show *show)
{
    char line[256];
    struct civil_date date = day_to_civil(show->view.today);
    if (date.month == show->shown_month || show->view.activity[0] != '\0')
        return;
    show->shown_month = date.month;
    view_line(&show->view, line, sizeof line);
    printf("%s\n", line);
    fflush(stdout);
}

static void show_figures(struct show *show)
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
    if (show->has_screen)
        show_screen(show, now_ms);
    else
        show_line(show);
}
