/* The simulator's inside: the world and its events (simulation_events.c), instances and what they do
 * (simulation_instances.c), misfortune, time and the end (simulation.c). */
#ifndef TESTS_MACHINE_SIMULATION_INTERNAL_H
#define TESTS_MACHINE_SIMULATION_INTERNAL_H

#include "../oracle/history_generator.h"
#include "../oracle/random_norms.h"
#include "simulated_log.h"
#include "simulated_registry.h"
#include "simulation.h"
#include "simulation_headers.h"
#include "simulation_truth.h"

#define INSTANCES 3
#define CHILDREN_MOST 12

struct instance {
    struct machine *machine;
    struct event_reader *reader;
    bool alive, asleep; /* asleep: stopped, does not hear of rebalances */
    int generation;
    bool owns[SIMULATED_PARTITIONS];
    size_t read_to[STATE_INPUTS][SIMULATED_PARTITIONS]; /* records of the log handed to the machine */
    bool left_out[STATE_INPUTS][SIMULATED_PARTITIONS];  /* nothing is read of it: it waits for a schema */
    const struct transaction *transaction;
    char id[32];
};

struct simulation {
    struct simulated_log log;
    struct simulated_truth truth;
    struct simulated_registry registry;
    struct random_source random;
    struct norms norms;
    struct calendar *calendar;
    struct event_reader *reader; /* knows no registry */
    struct instance instances[INSTANCES];
    struct story *story_of_child;
    struct event *unsent; /* what is still to be produced */
    size_t unsent_count;
    char (*child_ids)[24];
    struct day day, last_day;
    int64_t now_ms;
    bool has_registry;  /* some events are sent with ids of it */
    bool backlog_first; /* everything is produced before the first start */
    struct simulation_result result;
    FILE *story;
};

void simulation_tell(struct simulation *sim, const char *format, ...);
void simulation_fail(struct simulation *sim, const char *format, ...);

/* simulation_events.c */
void unsent_fill(struct simulation *sim);
void days_choose(struct simulation *sim);
void produce_some(struct simulation *sim, int most);

/* simulation_instances.c */
void instance_start(struct simulation *sim, struct instance *instance);
void instance_restore_partition(struct simulation *sim, struct instance *instance, int partition);
bool instance_is_member(const struct instance *instance);
bool instance_feed(struct simulation *sim, struct instance *instance, int most); /* whether it has read everything */
void instance_begin_if_due(struct simulation *sim, struct instance *instance, bool drained);
void instance_end_transaction(struct simulation *sim, struct instance *instance, bool try_commit);
void instance_wake(struct simulation *sim, struct instance *instance);
void instance_act(struct simulation *sim, struct instance *instance);
/* Whether an input waits for a schema; those that are told are read again. */
bool instance_waits(struct simulation *sim, struct instance *instance);
void instance_crash(struct simulation *sim, struct instance *instance);
void rebalance(struct simulation *sim);

#endif
