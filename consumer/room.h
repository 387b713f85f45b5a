/* Arrays that grow by doubling. */
#ifndef CONSUMER_ROOM_H
#define CONSUMER_ROOM_H

#include <stddef.h>

/* ITEMS with room for one more of SIZE bytes than COUNT, moved or not; *CAPACITY follows. NULL: memory is short, and
 * everything is as it was. */
void *room_for_one_more(void *items, size_t count, size_t *capacity, size_t size);

#endif
