#include "alerts/tally_crowd.h"

void crowd_count(struct crowd *crowd, enum crowd_side side, uint64_t number)
{
    if (crowd->counts[side] < CROWD_MEMBERS)
        crowd->members[side][crowd->counts[side]] = number;
    crowd->counts[side]++;
}

static uint64_t known(const struct crowd *crowd, int side)
{
    return crowd->counts[side] < CROWD_MEMBERS ? crowd->counts[side] : CROWD_MEMBERS;
}

void crowd_add(struct crowd *to, const struct crowd *from)
{
    for (int side = 0; side < CROWD_SIDES; side++) {
        for (uint64_t i = 0; i < known(from, side) && to->counts[side] + i < CROWD_MEMBERS; i++)
            to->members[side][to->counts[side] + i] = from->members[side][i];
        to->counts[side] += from->counts[side];
    }
}

static bool has_member(const struct crowd *crowd, int side, uint64_t number)
{
    for (uint64_t i = 0; i < known(crowd, side); i++)
        if (crowd->members[side][i] == number)
            return true;
    return false;
}

void crowd_unite(struct crowd *to, const struct crowd *from)
{
    for (int side = 0; side < CROWD_SIDES; side++) {
        if (to->counts[side] > CROWD_MEMBERS || from->counts[side] > CROWD_MEMBERS) {
            if (from->counts[side] > to->counts[side])
                to->counts[side] = from->counts[side];
            continue;
        }
        for (uint64_t i = 0; i < from->counts[side]; i++) /* they differ from each other */
            if (!has_member(to, side, from->members[side][i]))
                crowd_count(to, (enum crowd_side)side, from->members[side][i]);
    }
}
