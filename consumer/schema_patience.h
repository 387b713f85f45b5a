/* For how long a registry must repeat that an id is of no schema until that counts: a minute, which tests can not wait
 * for. They set PLACEMENT_ALERTS_SCHEMA_PATIENCE_MS. */
#ifndef CONSUMER_SCHEMA_PATIENCE_H
#define CONSUMER_SCHEMA_PATIENCE_H

#include <stdint.h>

#define SCHEMA_PATIENCE_VARIABLE "PLACEMENT_ALERTS_SCHEMA_PATIENCE_MS"
#define SCHEMA_PATIENCE_MS_MAX 86400000

/* In milliseconds, from 1 on; -1: the variable is set and no such number. Good events would become dead letters if it
 * were taken for less than was meant. */
int64_t schema_patience_ms(void);

#endif
