/* What the demo shows: a screen on a terminal, or a line a month; both from the same figures, as pure functions. */
#ifndef CONSUMER_DEMO_VIEW_H
#define CONSUMER_DEMO_VIEW_H

#include "consumer/demo_feed.h"
#include "consumer/demo_figures.h"
#include "consumer/demo_inbox.h"
#include "consumer/demo_ledger.h"
#include "consumer/demo_population.h"
#include "consumer/demo_screen.h"

struct view {
    struct day today;                 /* DEMO_START … DEMO_END */
    const struct demo_census *census; /* of today */
    const struct demo_day *figures;   /* of today, as far as events have told */
    uint64_t events, events_per_s;    /* sent to the topics so far */
    uint64_t revisions_per_s;
    const struct ledger *ledger;
    const struct feed *feed;
    const char *program; /* as it was called */
    const char *bootstrap_servers;
    const char *activity;          /* what the demo is doing, if not the ordinary; else "" */
    struct day news_on;            /* the day of the news */
    const char *news;              /* what last happened that explains the alerts; or "" */
    const char *vacations;         /* where schools are closed today; or "" */
    const struct demo_inbox *told; /* what came to those who are told; NULL: nobody is */
    const char *told_trouble;      /* why nothing comes any more; or "" */
};

/* Draws all of SCREEN, whose rows and columns are set; leaves out what does not fit. */
void view_draw(const struct view *view, struct screen *screen);

/* The part of the screen that has the figures, from its first row to before its last; the rest moves. */
#define VIEW_FIGURES_FIRST 2
#define VIEW_FIGURES_END 16

/* The figures of the day as one line without newline. Returns its length; 256 suffices. */
size_t view_line(const struct view *view, char *line, size_t size);

/* What was told, likewise; 512 suffices. */
size_t view_told_line(const struct view *view, char *line, size_t size);

/* The commands with which another terminal can follow, ready to be typed, as far as SIZE allows. */
void view_watch_command(const struct view *view, char *command, size_t size);
void view_kcat_command(const struct view *view, char *command, size_t size);

/* A count with its thousands apart: 7,044. */
struct thousands {
    char text[28];
};
struct thousands thousands(uint64_t count);

#endif
