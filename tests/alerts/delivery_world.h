/* A world for the core of deliveries: an alerts topic that is written, compacted and read, a receiver that fails in
 * many ways, a topic of what is kept, and processes that die between any two steps. It knows what must hold. */
#ifndef TESTS_ALERTS_DELIVERY_WORLD_H
#define TESTS_ALERTS_DELIVERY_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "alerts/delivery.h"
#include "tests/oracle/random_source.h"

#define WORLD_PARTITIONS 3
#define WORLD_CHILDREN 8
#define WORLD_ALERTS 24 /* three of each child */
#define WORLD_RECORDS_MAX 4000
#define WORLD_REGIONS 3

struct world_record {
    bool is_there; /* not compacted away */
    bool is_forgotten, is_open;
    int alert, region;
    uint32_t revision;
    int64_t logged_at_ms;
    bool was_delivered;
};

struct world_alert {
    uint32_t revision;  /* the newest; 0: none, or forgotten */
    int64_t newest;     /* offset of its newest record; -1: none */
    int64_t held;       /* offset of what the receiver has; -1: nothing */
    bool was_asked_for; /* some record of it, ever */
    bool is_given_up;   /* an event of it */
    int64_t tried;      /* offset of what was tried last and not taken; -1: none */
    int64_t tried_since_ms;
};

struct world {
    uint64_t seed;
    struct random_source random;
    struct world_record topic[WORLD_PARTITIONS][WORLD_RECORDS_MAX];
    int64_t ends[WORLD_PARTITIONS], start[WORLD_PARTITIONS];
    struct world_alert alerts[WORLD_ALERTS];
    unsigned filter; /* a bit for each region asked for */
    struct delivery *delivery;
    int64_t read[WORLD_PARTITIONS]; /* where the process reads */
    int64_t now_ms;
    struct delivery_record *kept; /* compacted here and there */
    int kept_count, kept_room;
    struct delivery_record notes[4096]; /* of a transaction */
    int note_count;
    struct delivery_wish wish;         /* the newest */
    int64_t wishes;                    /* how many; that many'th is its name */
    int64_t wished_from_ms;            /* the earliest of all */
    int64_t told_last[WORLD_CHILDREN]; /* in this process and survey: the greatest offset of each lane */
    int64_t told_most[WORLD_CHILDREN]; /* ever */
    bool has_surveyed;                 /* after the first start: older records may be told after newer ones */
    bool is_down, loses_answers, is_gone;
    int poison, poison_outcome; /* the alert that is never taken; -1 */
    int64_t give_up_ms;
    int waiting_most;
};

void world_init(struct world *world, uint64_t seed, int64_t give_up_ms);
void world_fini(struct world *world);

/* What may happen. */
void world_write(struct world *world, int alert, int region,
                 bool is_open); /* a revision; region < 0: it is forgotten */
void world_compact(struct world *world);
void world_crash(struct world *world); /* and starts again, perhaps by a clock that was set back */
void world_wish(struct world *world, int64_t from_ms);
void world_read(struct world *world, int most); /* of each partition */
bool world_step(struct world *world);           /* what the core says is next; false: it waits */

/* Until everything is read and told. */
void world_settle(struct world *world);

bool world_asks_for(const struct world *world, const struct world_record *record);

/* Fails the test, naming the seed. */
#define world_assert(world, condition) world_check(world, condition, #condition, __FILE__, __LINE__)
void world_check(const struct world *world, bool holds, const char *what, const char *file, int line);

#endif
