/* The service in a simulated world: machines as instances, a log, clocks that differ, and everything that goes wrong,
 * all from one seed. What happened is told line by line, so that a seed that fails reads like a story. */
#ifndef TESTS_MACHINE_SIMULATION_H
#define TESTS_MACHINE_SIMULATION_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct simulation_result {
    bool holds;
    char why[300];
    uint64_t events, registered, poison, waits, alerts, revisions, crashes, rebalances, aborts, refusals, uncertain,
        restores, traced;
};

/* Runs the world of SEED; tells it on STORY unless NULL. */
struct simulation_result simulation_run(uint64_t seed, FILE *story);

#endif
