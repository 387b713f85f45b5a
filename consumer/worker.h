/* A worker: the shell around one machine. A loop (libuv) that tells the machine what the broker and the clock say, and
 * runs the transactions it computes. One member of the consumer group, two producers that take turns, one thread for
 * calls that block.
 */
#ifndef CONSUMER_WORKER_H
#define CONSUMER_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/machine.h"
#include "consumer/settings.h"
#include "rules/calendar.h"
#include "schemas/event.h"

struct worker_needs { /* all must outlive the worker; the same for all workers of a process */
    const struct settings *settings;
    const struct calendar *calendar;
    const struct event_versions *versions; /* schemas of events; NULL: the shipped ones alone */
    struct schema_ids *ids;                /* of the schema registry's; NULL: there is none */
    int32_t partition_count;               /* as topics_check found it */
    const char *cluster_id;
    const struct framings *framings; /* of what is published */
    /* Each worker tells on its thread when it begins to end: what it closes then may take long. NULL: nobody asks. */
    void (*on_ending)(void *context);
    void *context;
};

struct worker;

/* A worker, NUMBER 0…; NULL: said in the log. */
struct worker *worker_new(const struct worker_needs *needs, int number);
void worker_free(struct worker *worker);

/* Runs on the calling thread until it is stopped or can not go on; the exit code (exit_code.h), its reason in the log.
 */
int worker_run(struct worker *worker);

/* Asks it to stop; from any thread, more than once. */
void worker_stop(struct worker *worker);

/* Lets it look at once whether there is something to do; from any thread. */
void worker_wake(struct worker *worker);

/* From now on DAY is what its clock says, whatever the settings have; from any thread. For who is the time of the
 * service himself. */
void worker_set_day(struct worker *worker, struct day day);

/* What it was last seen to do; from any thread. */
struct worker_sight {
    struct day today;  /* the earliest of its partitions; DAY_ABSENT before it has any */
    bool is_caught_up; /* everything read is judged, and everybody due */
    int32_t partition_count;
    struct machine_counts counts;
};
struct worker_sight worker_look(struct worker *worker);

#endif
