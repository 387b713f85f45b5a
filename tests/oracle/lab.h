/* Where the core and the oracle meet: calendars in both their forms, a child for the core, and the properties that must
 * hold for every story on every day. */
#ifndef TESTS_ORACLE_LAB_H
#define TESTS_ORACLE_LAB_H

#include <stdbool.h>
#include <stddef.h>

#include "history_generator.h"
#include "oracle.h"
#include "rules/child.h"

#define LAB_CALENDARS 8

struct lab {
    struct calendar *calendars[LAB_CALENDARS]; /* none, the real one, random ones */
    struct almanac *almanacs[LAB_CALENDARS];
    struct oracle *oracle;
    struct child child;
    struct judgement judgement;
    struct alert *before; /* room for CHILD_ALERTS_MAX */
    char why[200];        /* what a property that does not hold has to say */
};

/* Reads the real calendar from PATH. False: it or memory is missing. */
bool lab_init(struct lab *lab, const char *path);
void lab_fini(struct lab *lab);

const struct almanac *lab_almanac(const struct lab *lab, const struct story *story);

/* The oracle's answer; it lasts until the next question. */
const struct alert *lab_expected(struct lab *lab, const struct story *story, struct day today, size_t *count);

/* Norms and calendar of the story, on TODAY. */
struct yardstick lab_yardstick(const struct lab *lab, const struct story *story, struct day today);

/* Forgets the child of the lab and applies the versions of the story in random order, some of them twice. */
void lab_apply_story(struct lab *lab, const struct story *story, struct random_source *random);

/* What lab->why will say; false, so that a property can end with it. */
bool lab_fails(struct lab *lab, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Random choices that follow from the story's seed and the day. */
struct random_source lab_random(const struct story *story, struct day today);

/* A property: whether it holds for the story on a day. Random choices follow from the story's seed and the day, so that
 * it says the same each time. */
struct property {
    const char *name;
    bool (*holds)(struct lab *lab, const struct story *story, struct day today);
    void (*tell)(struct lab *lab, const struct story *story,
                 struct day today); /* more of a failure, on stderr; or NULL */
};

/* child_assess after any order and repetition of facts is what the oracle says. */
extern const struct property assessment_is_the_oracles;
/* Until the next change that child_assess announces, the oracle's answer does not change. */
extern const struct property next_change_is_never_late;
/* The same on every single day of the story's life: slow. `today` is not looked at. */
extern const struct property every_day_agrees;
/* However facts are batched and whenever the child is judged on the way, the newest alerts are the oracle's. */
extern const struct property judging_on_the_way_changes_nothing;
/* A fact sent once more, later and otherwise the same, changes no alert. */
extern const struct property sending_again_changes_nothing;
/* A forgotten child begins anew, whenever the wish is read. */
extern const struct property forgetting_begins_anew;

#endif
