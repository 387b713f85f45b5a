/* What Alertmanager says of itself, and what it has when it is met. */
#include "consumer/alertmanager_link_internal.h"
#include "consumer/log.h"

#define STATUS_EVERY_MS 15000

struct listing {
    struct alertmanager_link *link;
    struct alertmanager_moment moment;
    size_t count;
    char *why; /* of ALERTMANAGER_WHY_SIZE */
};

static enum alertmanager_answer on_held(void *context, const json_t *alert)
{
    struct listing *listing = context;
    const enum alertmanager_held held = alertmanager_book_hold(listing->link->book, alert, &listing->moment);
    listing->count++;
    listing->link->is_short |= held == ALERTMANAGER_NO_MEMORY;
    return held != ALERTMANAGER_NO_ALERT ? ALERTMANAGER_OK
                                         : alertmanager_strange("one of its alerts has no labels", listing->why);
}

static enum alertmanager_answer meet(struct alertmanager_link *link, int64_t started_at_ms,
                                     char why[static ALERTMANAGER_WHY_SIZE])
{
    struct listing listing = {.link = link, .moment = link_moment(link), .why = why};
    alertmanager_book_begin(link->book);
    const enum alertmanager_answer answer = alertmanager_client_list(link->client, link->needs->settings->group,
                                                                     on_held, &listing, why);
    if (answer != ALERTMANAGER_OK)
        return answer;
    listing.moment = link_moment(link);
    link->is_short |= !alertmanager_book_meet(link->book, started_at_ms, &listing.moment);
    link->has_met = true;
    log_info(COMPONENT, "met address=%s holds=%zu open=%zu", link->url, listing.count,
             alertmanager_book_open_count(link->book));
    return ALERTMANAGER_OK;
}

enum alertmanager_answer link_ask_status(struct alertmanager_link *link, char why[static ALERTMANAGER_WHY_SIZE])
{
    int64_t started_at_ms = 0;
    const enum alertmanager_answer answer = alertmanager_client_status(link->client, &started_at_ms, &link->ahead_ms,
                                                                       why);
    if (answer != ALERTMANAGER_OK)
        return answer;
    link->status_at_ms = clock_monotonic_ms() + STATUS_EVERY_MS;
    if (!link->has_met)
        return meet(link, started_at_ms, why);
    if (alertmanager_book_contact(link->book, started_at_ms, alertmanager_link_now_ms(link)))
        log_info(COMPONENT, "was started again, is told of everything address=%s open=%zu", link->url,
                 alertmanager_book_open_count(link->book));
    return ALERTMANAGER_OK;
}
