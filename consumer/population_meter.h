/* How far a state topic is read, shown on a terminal while that goes on. */
#ifndef CONSUMER_POPULATION_METER_H
#define CONSUMER_POPULATION_METER_H

#include <stdbool.h>
#include <stdint.h>

struct population_meter {
    bool has_terminal; /* stderr is one; else nothing is ever shown */
    int64_t started_ms, shown_ms;
    uint64_t records_in_all; /* of all partitions that are to be read, as their offsets count them */
};

/* The time begins now. */
void population_meter_init(struct population_meter *meter, uint64_t records_in_all);

/* So many of the records are passed, with so many children found. To be called as often as one likes. */
void population_meter_show(struct population_meter *meter, uint64_t records, uint64_t children);

/* The line is empty again, and something else may be said. */
void population_meter_clear(const struct population_meter *meter);

#endif
