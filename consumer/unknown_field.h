/* Fields of events that there are not: said once each, with the nearest right name. */
#ifndef CONSUMER_UNKNOWN_FIELD_H
#define CONSUMER_UNKNOWN_FIELD_H

#include <stddef.h>
#include <stdio.h>

/* "FILE:LINE: an event has no field "regoin", which is passed over; did you mean region?" */
void unknown_field_say(FILE *out, const char *file, size_t line, const char *name);

#endif
