/* A machine of two partitions whose records' schemas a registry must be asked for: what a test tells it, what it
 * commits, and a restart from that.
 */
#ifndef TESTS_MACHINE_WAITING_WORLD_H
#define TESTS_MACHINE_WAITING_WORLD_H

#include "consumer/machine.h"
#include "rules/calendar.h"
#include "schemas/schema_ids.h"

#define PARTITIONS 2
#define KEPT_MOST 64

struct kept_record { /* of a transaction that was committed */
    enum output output;
    int32_t partition;
    struct text key;
    uint8_t *value;
    size_t value_length;
};

struct world {
    struct norms norms;
    struct calendar *calendar;
    struct schema_ids *ids;
    struct event_reader *reader;
    struct machine *machine;
    int64_t now_ms;
    int64_t next_offset[PARTITIONS][STATE_INPUTS];
    struct kept_record kept[KEPT_MOST];
    int kept_count;
};

/* The backlog of every input ends at END. */
void world_init(struct world *world, int64_t end);
void world_fini(struct world *world);

/* An event of a child of that partition. */
void tell(struct world *world, int input, int32_t partition, int64_t offset, const struct framings *framings);

/* All schemas behind ID of a registry; valid until the next call. */
const struct framings *behind_id(uint32_t id);

/* The registry answers all that it is asked; how many ids that was. */
uint32_t answer_all(struct world *world, enum registry_answer answer, const char *text);

/* How many inputs wait so. */
int waiting(const struct world *world, enum wait_stage stage);

/* Runs the transaction that is due, and commits it; what it was is valid until the next. */
const struct transaction *run(struct world *world);

/* Its partitions are read back from the changelog; the backlog of every input ends at END. */
void restart(struct world *world, int64_t end);

#endif
