/* What an Alertmanager is told. */
#include <stdio.h>

#include "consumer/alertmanager_link_internal.h"
#include "consumer/log.h"

#define POSTS_A_REQUEST ((size_t)1000)
#define REFUSED_MANY 10 /* alerts, and none taken: it is not they */

struct telling {
    struct alertmanager_link *link;
    struct alertmanager_round round;
    size_t taken, refused;
    size_t refused_first;            /* of those, what was not refused before */
    char why[ALERTMANAGER_WHY_SIZE]; /* … the last of them */
};

static enum alertmanager_answer post(struct telling *telling, size_t from, size_t count,
                                     char why[static ALERTMANAGER_WHY_SIZE])
{
    struct alertmanager_link *link = telling->link;
    const struct alertmanager_moment moment = link_moment(link);
    json_t *alerts = alertmanager_book_write(link->book, &telling->round, from, count, &moment);
    if (alerts == NULL) {
        link->is_short = true;
        return ALERTMANAGER_OK;
    }
    const enum alertmanager_answer answer = alertmanager_client_post(link->client, alerts, why);
    json_decref(alerts);
    if (answer == ALERTMANAGER_OK)
        alertmanager_book_told(link->book, &telling->round, from, count, &moment);
    else
        alertmanager_book_untold(link->book, &telling->round, from, count);
    telling->taken += answer == ALERTMANAGER_OK ? count : 0;
    return answer;
}

/* Post number WHICH is refused though it goes alone: the others do not wait for it. */
static enum alertmanager_answer set_aside(struct telling *telling, size_t which, const char *why)
{
    struct alertmanager_link *link = telling->link;
    const struct alertmanager_moment moment = link_moment(link);
    telling->refused++;
    telling->refused_first += alertmanager_book_refused(link->book, &telling->round, which, &moment);
    snprintf(telling->why, sizeof(telling->why), "%s", why);
    if (telling->taken > 0 || telling->refused < REFUSED_MANY)
        return ALERTMANAGER_OK;
    alertmanager_book_try_refused(link->book);
    telling->refused_first = 0;
    return ALERTMANAGER_REFUSED;
}

/* What is refused may be more than a proxy takes at once (1 MB, often), so it goes in halves. */
static enum alertmanager_answer tell_part(struct telling *telling, size_t from, size_t count,
                                          char why[static ALERTMANAGER_WHY_SIZE])
{
    const size_t half = count / 2;
    enum alertmanager_answer answer = post(telling, from, count, why);
    if (answer != ALERTMANAGER_REFUSED)
        return answer;
    if (half == 0)
        return set_aside(telling, from, why);
    answer = tell_part(telling, from, half, why);
    return answer == ALERTMANAGER_OK ? tell_part(telling, from + half, count - half, why) : answer;
}

static void say(const struct telling *telling)
{
    if (telling->refused_first > 0)
        log_warning(
            COMPONENT,
            "does not take some alerts, which are tried again each hour; the others go on address=%s alerts=%zu "
            "reason=%s",
            telling->link->url, telling->refused_first, LOG_QUOTED(telling->why));
    if (telling->taken > 0)
        log_debug(COMPONENT, "told address=%s alerts=%zu endings=%s", telling->link->url, telling->taken,
                  telling->round.are_endings ? "yes" : "no");
}

enum alertmanager_answer link_tell(struct alertmanager_link *link, char why[static ALERTMANAGER_WHY_SIZE])
{
    const struct alertmanager_moment moment = link_moment(link);
    struct telling telling = {.link = link};
    enum alertmanager_answer answer = ALERTMANAGER_OK;
    link->is_short |= !alertmanager_book_look(link->book, &moment, &telling.round);
    const size_t count = telling.round.count;
    for (size_t from = 0; from < count && answer == ALERTMANAGER_OK && !link->is_short; from += POSTS_A_REQUEST)
        answer = tell_part(&telling, from, count - from < POSTS_A_REQUEST ? count - from : POSTS_A_REQUEST, why);
    say(&telling);
    return answer;
}
