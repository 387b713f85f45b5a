/* The worker's inside: worker.c (life), worker_step.c (what it does again and again), worker_inputs.c (group member,
 * messages), worker_assignment.c (its partitions, rebalance), worker_waits.c (inputs that wait for a schema),
 * worker_restore.c (from the changelog to a start; worker_changelog.c, worker_offsets.c), worker_producers.c,
 * worker_transaction.c (running a transaction), worker_record.c (one record of it).
 */
#ifndef CONSUMER_WORKER_INTERNAL_H
#define CONSUMER_WORKER_INTERNAL_H

#include <stdatomic.h>

#include <librdkafka/rdkafka.h>
#include <uv.h>

#include "consumer/clock.h"
#include "consumer/job_thread.h"
#include "consumer/topic_reader.h"
#include "consumer/transaction_error.h"
#include "consumer/worker.h"

enum worker_phase {
    WORKER_STARTING,  /* its producers are being made */
    WORKER_WAITING,   /* without an assignment */
    WORKER_RESTORING, /* the job thread reads the changelog; the machine is its */
    WORKER_RUNNING,
    WORKER_STOPPING
};

struct worker_input { /* of one partition */
    bool is_left_out; /* of what is assigned, since its next record waits for a schema */
    int64_t said_ms;  /* when that was last said */
};

struct producer {
    rd_kafka_t *kafka;
    rd_kafka_topic_t *topics[OUTPUT_COUNT];
    char transactional_id[256];
};

#define PRODUCERS 2 /* they take turns, so that none meets its own transaction still being completed by the broker */

struct worker {
    const struct worker_needs *needs;
    const struct settings *settings;
    int number;
    uv_loop_t loop;
    uv_async_t wake;
    uv_timer_t tick;
    struct job_thread jobs;
    struct clock clock;
    struct event_reader *reader;
    struct machine *machine;
    enum worker_phase phase;
    int exit_code;
    atomic_bool stop_asked;
    atomic_int day_set; /* by worker_set_day: the number of a day; 0: never */
    int64_t topics_checked_ms, lag_looked_ms, counts_logged_ms;

    /* inputs */
    rd_kafka_t *consumer;
    rd_kafka_queue_t *queue;
    rd_kafka_consumer_group_metadata_t *group; /* of this assignment, taken once */
    int32_t *partitions;                       /* assigned: the same numbers of all three inputs */
    int32_t partition_count;
    struct worker_input *inputs; /* STATE_INPUTS of each partition */
    bool drained;
    bool is_doubted; /* a broker says that what is to be read next is gone */
    bool releasing;  /* the partitions are being given up: nothing new is begun */

    /* transactions */
    struct producer producers[PRODUCERS];
    int turn;
    const struct transaction *transaction; /* under way, or NULL */
    enum transaction_outcome outcome;
    int64_t began_ms, produced_ms; /* for the log */
    int64_t transaction_watched_ms, transaction_waited_ms;
    bool produced; /* all records of the transaction were taken by the client */
    atomic_bool assignment_lost;

    /* restore */
    rd_kafka_t *changelog;                    /* reads read_committed */
    rd_kafka_t *ends;                         /* asks for ends as they are, uncommitted included */
    struct partition_offsets *broker_offsets; /* by index into partitions */
    int64_t restore_began_ms;
    bool caught_up_said;           /* of this assignment */
    bool renew_producers;          /* before the next restore: theirs is an unknown end */
    atomic_bool restore_cancelled; /* or, at the start, the making of its producers */
    bool job_succeeded;            /* what the job under way has to tell, unless it is a transaction */
    int job_exit_code;             /* why it failed */

    uv_mutex_t sight_mutex;
    struct worker_sight sight;
};

/* The process ends with CODE: the loop is asked to stop. The first code counts. */
void worker_fail(struct worker *worker, int code);

/* worker_step.c */
void worker_steps_begin(struct worker *worker);
void worker_step(struct worker *worker);

/* worker_inputs.c */
bool worker_inputs_open(struct worker *worker);
void worker_inputs_close(struct worker *worker); /* leaves the group */
bool worker_inputs_subscribe(struct worker *worker);
void worker_inputs_poll(struct worker *worker); /* sets drained */
void worker_inputs_lag(struct worker *worker);

/* worker_assignment.c */
/* The group's coordinator has ASSIGNED these partitions, or (NULL) takes back what it had. */
void worker_assignment_change(struct worker *worker, const rd_kafka_topic_partition_list_t *assigned);
/* Waits until all that an earlier assignment took away is stopped. */
void worker_assignment_settle(struct worker *worker);
/* Nothing is fetched; the partitions stay this member's. */
void worker_assignment_pause(struct worker *worker);
/* Every input that is not left out is fetched, at the machine's position. */
void worker_assignment_fetch(struct worker *worker);
/* The partitions are another's: everything known of them is dropped. */
void worker_assignment_drop(struct worker *worker);

/* worker_waits.c */
void worker_waits_look(struct worker *worker, int64_t now_ms);
int worker_waits_count(const struct worker *worker, int64_t now_ms);

/* worker_restore.c and, all on the job thread, worker_changelog.c and worker_offsets.c. What fails says so in the log.
 */
bool changelog_open(struct worker *worker, struct topic_reader *changelog); /* to be closed whatever it returns */
bool changelog_ends_ask(struct worker *worker, rd_kafka_t *kafka, struct topic_reader *changelog);
bool changelog_read(struct worker *worker, struct topic_reader *changelog);
bool offsets_committed_get(struct worker *worker, struct topic_reader *changelog);
bool offsets_ranges_ask(struct worker *worker);
bool restore_is_cancelled(const struct worker *worker);
bool restore_call_failed(struct worker *worker, const char *call, rd_kafka_resp_err_t error); /* false */
void worker_restore_begin(struct worker *worker);
/* The assignment stays; what is known of it is dropped and read back. No job may be under way. */
void worker_restore_again(struct worker *worker);

/* worker_record.c: the client refers to the record's key and value from then on, but for what it must copy. False: the
 * reason is in the log. */
bool worker_record_produce(struct worker *worker, const struct producer *producer, const struct output_record *record);

/* worker_producers.c */
int64_t worker_transaction_timeout_ms(const struct worker *worker); /* as the broker knows it */
bool worker_producers_open(struct worker *worker);                  /* blocks; on the job thread */
void worker_producers_close(struct worker *worker);
bool worker_producer_fence(struct worker *worker, struct text transactional_id); /* blocks */

/* worker_transaction.c */
void worker_transaction_begin(struct worker *worker);

#endif
