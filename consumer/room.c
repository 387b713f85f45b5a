#include "consumer/room.h"

#include <stdlib.h>

#define CAPACITY_SMALLEST 256u

void *room_for_one_more(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t larger = *capacity == 0 ? CAPACITY_SMALLEST : *capacity * 2;
    void *moved = realloc(items, larger * size);
    if (moved != NULL)
        *capacity = larger;
    return moved;
}
