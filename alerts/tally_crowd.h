/* How many distinct children a group has, those alone in the Netherlands and the others apart: a child that is counted
 * in two groups counts once where they are merged, so small groups remember who they are.
 */
#ifndef ALERTS_TALLY_CROWD_H
#define ALERTS_TALLY_CROWD_H

#include <stdint.h>

#include "alerts/tally.h"

enum crowd_side { CROWD_ACCOMPANIED, CROWD_UNACCOMPANIED, CROWD_SIDES }; /* each child is in one of them */

#define CROWD_MEMBERS (GROUP_SIZE_MIN - 1) /* what is larger needs no names: with whomever merged, it is large */

struct crowd {
    uint64_t counts[CROWD_SIDES];
    uint64_t members[CROWD_SIDES][CROWD_MEMBERS]; /* numbers of the first children; of a small crowd all */
};

/* One more child, which is not among those of the crowd. */
void crowd_count(struct crowd *crowd, enum crowd_side side, uint64_t number);

/* Adds a crowd that has no child in common. */
void crowd_add(struct crowd *to, const struct crowd *from);

/* Unites with a crowd that may have children in common. The count stays exact while all that were united are small;
 * else it is the least there can be. */
void crowd_unite(struct crowd *to, const struct crowd *from);

#endif
