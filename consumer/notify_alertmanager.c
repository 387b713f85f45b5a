#include "consumer/notify_alertmanager.h"

#include <stdlib.h>
#include <string.h>

#include "alerts/alertmanager_book.h"
#include "consumer/alert_feed.h"
#include "consumer/alertmanager_link.h"
#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "schemas/http_urls.h"

#define COMPONENT "alertmanager"
#define LOOK_MS 200

struct target {
    const struct notify_needs *needs;
    char *url;
    struct alertmanager_book *book;
    struct alertmanager_link *link;
    struct alert_feed feed;
    int exit_code;
};

/* --- the alerts topic --------------------------------------------------------------------------------------------- */

static bool on_alert(void *context, const struct alert_record *record)
{
    struct target *target = context;
    return alertmanager_book_take(target->book, record, alertmanager_link_now_ms(target->link));
}

static void on_forgotten(void *context, const struct uuid *alert_id)
{
    struct target *target = context;
    alertmanager_book_forget(target->book, alert_id, alertmanager_link_now_ms(target->link));
}

/* Nothing is told before all is known that is there: else what is over would be told as open. */
static void keep_in_step(void *context)
{
    struct target *target = context;
    if (alert_feed_is_read(&target->feed) && !alertmanager_link_step(target->link) && target->exit_code == EXIT_OK) {
        log_error(COMPONENT, "memory is short");
        target->exit_code = EXIT_OS;
    }
}

static int wait_ms(struct target *target)
{
    const int64_t left_ms = alertmanager_link_step_at_ms(target->link) - clock_monotonic_ms();
    return !alert_feed_is_read(&target->feed) ? LOOK_MS : left_ms < 0 ? 0 : left_ms > LOOK_MS ? LOOK_MS : (int)left_ms;
}

/* --- the target --------------------------------------------------------------------------------------------------- */

static int run(void *context)
{
    struct target *target = context;
    const struct notify_needs *needs = target->needs;
    const struct alert_listener listener = {on_alert, on_forgotten, keep_in_step, target};
    target->exit_code = alert_feed_open(&target->feed, needs->settings, COMPONENT, needs->is_stopped);
    if (target->exit_code == EXIT_OK)
        log_info(COMPONENT, "reading topic=%s partitions=%d address=%s", needs->settings->topics[TOPIC_ALERTS],
                 target->feed.topic.partition_count, target->url);
    while (target->exit_code == EXIT_OK && !*needs->is_stopped) {
        const int exit_code = alert_feed_look(&target->feed, wait_ms(target), &listener);
        keep_in_step(target);
        target->exit_code = target->exit_code == EXIT_OK ? exit_code : target->exit_code;
    }
    alert_feed_close(&target->feed);
    return target->exit_code;
}

static void target_free(void *context)
{
    struct target *target = context;
    alertmanager_link_free(target->link);
    alertmanager_book_free(target->book);
    free(target->url);
    free(target);
}

static struct target *target_new(const struct notify_needs *needs, const char *url)
{
    const struct settings *settings = needs->settings;
    const struct alertmanager_book_settings book = {
        .service = settings->group,
        .link = settings->alertmanager_link,
        .overdue_days = (int)settings->alertmanager_overdue_days,
    };
    struct target *target = calloc(1, sizeof(*target));
    if (target == NULL)
        return NULL;
    target->needs = needs;
    target->url = strdup(url);
    target->book = alertmanager_book_new(&book);
    if (target->url != NULL && target->book != NULL)
        target->link = alertmanager_link_new(needs, target->url, target->book);
    if (target->link != NULL)
        return target;
    target_free(target);
    return NULL;
}

static int add_target(struct notify *notify, const char *url)
{
    struct target *target = target_new(notify_needs(notify), url);
    if (target == NULL) {
        log_error(COMPONENT, "memory is short");
        return EXIT_OS;
    }
    return notify_add(notify, (struct notify_target){target->url, run, target_free, target}) ? EXIT_OK : EXIT_CONFIG;
}

int alertmanager_add_targets(struct notify *notify)
{
    struct http_urls urls;
    char why[HTTP_URLS_WHY_SIZE];
    int exit_code = EXIT_OK;
    if (notify_needs(notify)->settings->alertmanager_urls[0] == '\0')
        return EXIT_OK;
    if (!http_urls_init(&urls, notify_needs(notify)->settings->alertmanager_urls, why)) {
        log_error(COMPONENT, "alertmanager.urls: %s", why);
        return EXIT_CONFIG;
    }
    for (size_t i = 0; i < urls.count && exit_code == EXIT_OK; i++)
        exit_code = add_target(notify, urls.items[i]);
    http_urls_fini(&urls);
    return exit_code;
}
