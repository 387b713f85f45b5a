/* The show's inside: demo_show.c (from beginning to end), demo_show_days.c (the days pass), demo_show_frame.c (what is
 * to be seen).
 */
#ifndef CONSUMER_DEMO_SHOW_INTERNAL_H
#define CONSUMER_DEMO_SHOW_INTERNAL_H

#include "consumer/demo_cluster.h"
#include "consumer/demo_comparison.h"
#include "consumer/demo_news.h"
#include "consumer/demo_notify.h"
#include "consumer/demo_reader.h"
#include "consumer/demo_sender.h"
#include "consumer/demo_service.h"
#include "consumer/demo_show.h"
#include "consumer/demo_view.h"

struct rate {
    uint64_t counted, per_s;
};

struct show {
    const struct demo_settings *demo;
    struct demo_cluster cluster;
    struct event_sender sender;
    struct demo_reader reader;
    struct demo_service service;
    struct demo_notify notify; /* runs where the view's `told` is there */
    struct ledger ledger;
    struct feed feed;
    struct demo_figures *figures;
    struct demo_day day; /* the figures of the day shown */
    struct screen screen;
    struct view view;
    char news[NEWS_SIZE], vacations[NEWS_SIZE];
    struct rate events, revisions;
    size_t sent;                                    /* events */
    int64_t started_ms, frame_ms, feed_ms, rate_ms; /* monotonic: begun, and last done */
    int shown_month;                                /* of the last plain line */
    bool has_screen;
};

/* Shows how it is now, if it is time to. False: standard output takes nothing any more. */
bool show_frame(struct show *show);

/* Of the day that is shown. False: memory is short, which is said. */
bool show_count_figures(struct show *show);

/* Each goes on for a while, reading and showing; false: something ended, *EXIT_CODE says what. */

/* Until the service has applied and judged all there is on the day that is shown. ACTIVITY is said meanwhile. */
bool show_catch_up(struct show *show, const char *activity, int *exit_code);
/* Through all the days. */
bool show_let_days_pass(struct show *show, int *exit_code);
/* Until what was published is told, as far as it can be. */
bool show_await_told(struct show *show, int *exit_code);

#endif
