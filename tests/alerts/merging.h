/* Which groups docs/figures.md merges, decided once more over plain sets of children; it shares no code with alerts/.
 */
#ifndef TESTS_ALERTS_MERGING_H
#define TESTS_ALERTS_MERGING_H

#include "world.h"

struct both { /* sets in the first and the second world: accompanied, unaccompanied */
    uint64_t children[2][2];
};

struct merging {
    bool is_withheld;
    int count; /* groups with children in either world, by name */
    struct {
        char name[ID_LENGTH_MAX + 1];
        struct both both;
        bool is_merged;
    } groups[2 * WORLD_GROUPS_MAX];
};

/* Decides QUESTION, which is not exact, for days number FROM to TO of WORLD, and of COMPARED where it is not NULL. */
void merging_decide(struct merging *merging, const struct figure_question *question, const struct world *world,
                    const struct world *compared, int from, int to);

/* The children of a population. */
static inline uint64_t children_of(const uint64_t children[static 2], enum population population)
{
    return population == POPULATION_UNACCOMPANIED ? children[1] : children[0] | children[1];
}

static inline int set_size(uint64_t set)
{
    return __builtin_popcountll(set);
}

static inline bool is_few(uint64_t set)
{
    return set_size(set) >= 1 && set_size(set) <= 4;
}

#endif
