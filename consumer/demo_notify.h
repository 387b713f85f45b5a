/* Being told, in the demo: mails of an Alertmanager and a webhook, by the program's own `notify`, to an inbox that the
 * demo brings along. All of it works in a folder, where settings, logs and mails can be looked at afterwards:
 *
 *     contacts.csv, settings.yaml    what an operator would write, for a handful of sites
 *     alertmanager.yml …             what `notify config` makes of it
 *     mails/index.html               what was mailed
 *     *.log                          what each of them said
 */
#ifndef CONSUMER_DEMO_NOTIFY_H
#define CONSUMER_DEMO_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/demo_child.h"
#include "consumer/demo_inbox.h"
#include "consumer/demo_ledger.h"
#include "consumer/demo_sites.h"
#include "consumer/settings.h"

#define DEMO_TOLD_SITES 6 /* whose case managers and systems are told */

struct demo_notify {
    const char *folder;
    const struct demo_site *sites[DEMO_TOLD_SITES];
    struct demo_child inbox_process, alertmanager, notify;
    struct demo_inbox inbox;
    int port_keeper;   /* a socket that keeps Alertmanager's port from others; -1 none */
    int64_t heard_ms;  /* monotonic: when the inbox last said something */
    char trouble[640]; /* what ended in the middle; "" nothing */
};

/* Starts all of it in FOLDER, which is made if it is not there; FOLDER and SITES must outlive it. SETTINGS lead to the
 * demo's Kafka. False: why is said in one line of the log, and there is nothing to end. */
bool demo_notify_start(struct demo_notify *notify, const char *folder, const struct settings *settings,
                       const struct demo_sites *sites);
void demo_notify_end(struct demo_notify *notify);

/* Takes in what was told since, without waiting. */
void demo_notify_look(struct demo_notify *notify);

/* How many alerts of the sites told are open by LEDGER: as many as the webhook's receiver has, once it has them all. */
uint64_t demo_notify_open(const struct demo_notify *notify, const struct ledger *ledger);

/* Whether all of LEDGER is told as far as it will be: the webhook's receiver has it, and for some seconds nothing came.
 */
bool demo_notify_is_done(const struct demo_notify *notify, const struct ledger *ledger);

#endif
