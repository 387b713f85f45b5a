/* The demo, from the first event to the comparison at its end. */
#ifndef CONSUMER_DEMO_SHOW_H
#define CONSUMER_DEMO_SHOW_H

#include <stdint.h>

#include "consumer/demo_population.h"
#include "consumer/settings.h"

struct demo_settings {
    struct settings *settings; /* its clock, broker and names of group and instance become the demo's */
    const struct calendar *calendar;
    const struct demo_population *population;
    int64_t seconds;           /* that the days take, once the backlog is read */
    bool plain;                /* lines instead of a screen, also on a terminal */
    const char *notify_folder; /* where people and systems are told, too (demo_notify.h); NULL: nobody is */
};

/* Shows it on standard output. Returns EXIT_OK, EXIT_DIFFERS when what was published is not what the events give, or
 * what went wrong. */
int demo_show(const struct demo_settings *demo_settings);

#endif
