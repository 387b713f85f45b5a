/* The newest revision of every alert, as somebody has it who reads the alerts topic from its first record on; what is
 * open; and what changes worth telling there were.
 */
#ifndef CONSUMER_DEMO_LEDGER_H
#define CONSUMER_DEMO_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schemas/alert_record.h"

struct ledger_entry {
    size_t number;              /* its place in the ledger's entries */
    struct alert_record record; /* texts point to the two below */
    char child_id[ID_LENGTH_MAX], location_id[ID_LENGTH_MAX];
};

struct ledger_site {
    char location_id[ID_LENGTH_MAX];
    uint32_t length;
    int32_t in_force; /* alerts open there at VIOLATION or SEVERE */
};

enum ledger_change { LEDGER_NOTHING, LEDGER_RAISED, LEDGER_ESCALATED, LEDGER_RESOLVED, LEDGER_WITHDRAWN };

struct ledger {
    void *by_id;       /* tsearch(3) tree of entries */
    void *by_location; /* of sites */
    struct ledger_entry **entries;
    struct ledger_site **sites;
    size_t entry_count, entry_capacity, site_count, site_capacity;
    uint64_t revisions;
    int32_t open[RULE_COUNT][LEVEL_COUNT];
    int32_t by_state[ALERT_STATE_COUNT];
};

void ledger_init(struct ledger *ledger);
void ledger_fini(struct ledger *ledger);

/* Takes a revision; one that is not newer than the one kept is LEDGER_NOTHING. *ENTRY is the alert's. False: no memory.
 */
bool ledger_take(struct ledger *ledger, const struct alert_record *revision, enum ledger_change *change,
                 const struct ledger_entry **entry);

/* The alert of that id, or NULL. */
const struct ledger_entry *ledger_find(const struct ledger *ledger, const struct uuid *alert_id);

/* The COUNT sites with most alerts in force, the first by name where they are equal; fewer where there are not so many.
 */
size_t ledger_worst_sites(const struct ledger *ledger, const struct ledger_site **sites, size_t count);

#endif
