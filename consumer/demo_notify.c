#include <stdio.h>
#include <unistd.h>

#include "consumer/clock.h"
#include "consumer/demo_notify_internal.h"

#define QUIET_MS 6000 /* longer than changes gather in notify and in Alertmanager together */

/* The largest emergency sites of the first day, the largest first. */
static void pick_sites(struct demo_notify *notify, const struct demo_sites *sites)
{
    for (size_t i = 0; i < DEMO_SITES_EMERGENCY; i++) {
        const struct demo_site *site = &sites->sites[i];
        for (size_t rank = 0; rank < DEMO_TOLD_SITES && site != NULL; rank++) {
            const struct demo_site *there = notify->sites[rank];
            if (there != NULL && there->size >= site->size)
                continue;
            notify->sites[rank] = site;
            site = there;
        }
    }
}

bool demo_notify_start(struct demo_notify *notify, const char *folder, const struct settings *settings,
                       const struct demo_sites *sites)
{
    static const struct demo_child none = {.output = -1};
    *notify = (struct demo_notify){
        .folder = folder, .inbox_process = none, .alertmanager = none, .notify = none, .port_keeper = -1};
    pick_sites(notify, sites);
    if (demo_notify_start_processes(notify, settings))
        return true;
    demo_notify_end(notify);
    return false;
}

void demo_notify_end(struct demo_notify *notify)
{
    demo_child_end(&notify->notify);
    demo_child_end(&notify->alertmanager);
    demo_child_end(&notify->inbox_process);
    if (notify->port_keeper >= 0)
        close(notify->port_keeper);
    notify->port_keeper = -1;
}

static void look_after(struct demo_notify *notify, struct demo_child *child, const char *log)
{
    if (notify->trouble[0] == '\0' && !demo_child_runs(child))
        snprintf(notify->trouble, sizeof notify->trouble, "nothing more: %s says why",
                 demo_notify_path(notify, log).text);
}

void demo_notify_look(struct demo_notify *notify)
{
    if (!demo_notify_read_inbox(notify) && notify->trouble[0] == '\0')
        snprintf(notify->trouble, sizeof notify->trouble, "the inbox says what can not be read");
    look_after(notify, &notify->inbox_process, "inbox.log");
    look_after(notify, &notify->alertmanager, "alertmanager.log");
    look_after(notify, &notify->notify, "notify.log");
}

static bool is_told(const struct demo_notify *notify, const struct alert *alert)
{
    for (size_t i = 0; i < DEMO_TOLD_SITES; i++)
        if (text_equal(alert->place.location_id, notify->sites[i]->place.location_id))
            return true;
    return false;
}

uint64_t demo_notify_open(const struct demo_notify *notify, const struct ledger *ledger)
{
    uint64_t count = 0;
    for (size_t i = 0; i < ledger->entry_count; i++) {
        const struct alert *alert = &ledger->entries[i]->record.alert;
        count += alert->state == ALERT_OPEN && is_told(notify, alert);
    }
    return count;
}

bool demo_notify_is_done(const struct demo_notify *notify, const struct ledger *ledger)
{
    const bool is_quiet = clock_monotonic_ms() - notify->heard_ms > QUIET_MS;
    return notify->trouble[0] != '\0' || (is_quiet && notify->inbox.in_force == demo_notify_open(notify, ledger));
}
