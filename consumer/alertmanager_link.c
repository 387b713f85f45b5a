#include <stdlib.h>

#include "alerts/alertmanager_config.h"
#include "consumer/alertmanager_link_internal.h"
#include "consumer/log.h"
#include "consumer/settings_mail.h"

#define QUIET_SLACK_MS 60000 /* its clock and ours do not begin and leave quiet hours at once */
#define RETRY_FIRST_MS 1000
#define RETRY_MAX_MS 60000

struct alertmanager_link *alertmanager_link_new(const struct notify_needs *needs, const char *url,
                                                struct alertmanager_book *book)
{
    struct alertmanager_link *link = calloc(1, sizeof(*link));
    if (link == NULL)
        return NULL;
    *link = (struct alertmanager_link){
        .needs = needs,
        .url = url,
        .book = book,
        .client = alertmanager_client_new(needs->settings, url, needs->is_stopped),
        .quiet = settings_quiet_hours(needs->settings),
        .digest_at = settings_digest_at(needs->settings),
        .retry = {.first_ms = RETRY_FIRST_MS, .most_ms = RETRY_MAX_MS},
    };
    clock_init(&link->clock, &needs->settings->clock, clock_monotonic_ms());
    if (link->client != NULL)
        return link;
    free(link);
    return NULL;
}

void alertmanager_link_free(struct alertmanager_link *link)
{
    if (link == NULL)
        return;
    alertmanager_client_free(link->client);
    free(link);
}

/* --- time --------------------------------------------------------------------------------------------------------- */

int64_t alertmanager_link_now_ms(const struct alertmanager_link *link)
{
    return clock_wall_ms() + link->ahead_ms;
}

/* Whether an end that is told now could be lost: Alertmanager looks at a group so often only, and drops what it finds
 * ended in quiet hours. So in the morning it is told after Alertmanager has begun to mail, though a location whose turn
 * comes first hears of what ended an interval later than of what is new: if Alertmanager kept silent until all ends are
 * there, a group whose turn comes in between, which nobody can choose, would lose them. */
static bool is_quiet(const struct alertmanager_link *link, int64_t now_ms)
{
    const int64_t look_ms = link->needs->settings->mail_interval_seconds * 1000;
    return quiet_hours_touch(&link->quiet, now_ms - QUIET_SLACK_MS, now_ms + look_ms + QUIET_SLACK_MS);
}

struct alertmanager_moment link_moment(struct alertmanager_link *link)
{
    const int64_t now_ms = alertmanager_link_now_ms(link);
    bool held;
    return (struct alertmanager_moment){
        .now_ms = now_ms,
        .today = clock_today(&link->clock, clock_monotonic_ms(), clock_wall_ms(), &held),
        .recent_since_ms = quiet_hours_recent_since(&link->quiet, now_ms),
        .digest_since_ms = quiet_hours_digest_since(&link->quiet, link->digest_at, ALERTMANAGER_DIGEST_MINUTES, now_ms),
        .is_quiet = is_quiet(link, now_ms),
    };
}

int64_t alertmanager_link_step_at_ms(const struct alertmanager_link *link)
{
    const int64_t look_in_ms = alertmanager_book_look_at_ms(link->book) - alertmanager_link_now_ms(link);
    const int64_t look_at_ms = clock_monotonic_ms() + look_in_ms;
    if (link->retry.failures > 0)
        return link->retry.at_ms;
    return link->has_met && look_at_ms < link->status_at_ms ? look_at_ms : link->status_at_ms;
}

/* --- what does not succeed ---------------------------------------------------------------------------------------- */

/* One line when it begins, or fails otherwise. */
static void note_failure(struct alertmanager_link *link, enum alertmanager_answer answer, const char *why)
{
    if (*link->needs->is_stopped)
        return;
    if (link->retry.failures == 0 || answer != link->failure)
        log_warning(COMPONENT, "%s, trying again address=%s reason=%s", alertmanager_answer_sentences[answer],
                    link->url, LOG_QUOTED(why));
    link->failure = answer;
    retry_failed(&link->retry, clock_monotonic_ms(), arc4random());
}

static void note_success(struct alertmanager_link *link)
{
    if (link->retry.failures > 0)
        log_info(COMPONENT, "is told again address=%s after_ms=%lld", link->url,
                 (long long)(clock_monotonic_ms() - link->retry.since_ms));
    retry_succeeded(&link->retry);
}

/* --- a step ------------------------------------------------------------------------------------------------------- */

static bool has_to_look(const struct alertmanager_link *link)
{
    return alertmanager_book_look_at_ms(link->book) <= alertmanager_link_now_ms(link);
}

/* Before anything is told it is asked when it was started: one that has forgotten the others would tell what it is told
 * as all there is of a location, and then tell again what it had told. */
bool alertmanager_link_step(struct alertmanager_link *link)
{
    char why[ALERTMANAGER_WHY_SIZE] = "";
    if (clock_monotonic_ms() < alertmanager_link_step_at_ms(link))
        return true;
    enum alertmanager_answer answer = link_ask_status(link, why);
    if (answer == ALERTMANAGER_OK && has_to_look(link))
        answer = link_tell(link, why);
    if (answer == ALERTMANAGER_OK)
        note_success(link);
    else
        note_failure(link, answer, why);
    return !link->is_short;
}
