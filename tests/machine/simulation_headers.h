/* The headers of everything published in a simulated world. */
#ifndef TESTS_MACHINE_SIMULATION_HEADERS_H
#define TESTS_MACHINE_SIMULATION_HEADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schemas/alert_record.h"
#include "simulated_log.h"

/* Whether they say what the records are: the event of the topic and its value, its own id, and a trace that an input of
 * the partition came with. *TRACED grows by the records that have one. False: WHY. */
bool headers_compare(const struct simulated_log *log, const struct alert_reader *reader, uint64_t *traced, char *why,
                     size_t size);

#endif
