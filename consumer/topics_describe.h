/* What the topics are, told from the settings and the program's tables; no broker is asked. */
#ifndef CONSUMER_TOPICS_DESCRIBE_H
#define CONSUMER_TOPICS_DESCRIBE_H

#include <stdbool.h>
#include <stdio.h>

#include "consumer/settings.h"

/* A table for people. */
void topics_print_table(const struct settings *settings, FILE *out);

/* One JSON object: of each topic an array of the schemas of its values. False: memory is short, or OUT failed. */
bool topics_print_avro(const struct settings *settings, FILE *out);

/* The schema of TOPIC's values as the .avsc it was built from; of more than one, an array of them: a union. */
void topic_print_avro(enum topic topic, FILE *out);

#endif
