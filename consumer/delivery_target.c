#include "consumer/delivery_target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include "consumer/clock.h"
#include "consumer/crash_point.h"
#include "consumer/delivery_internal.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "schemas/fingerprint.h"

#define COMPONENT DELIVERY_COMPONENT
#define WAIT_MS 200 /* so soon a wish, or the end, is noticed */
#define HOUR_MS 3600000

/* --- life --------------------------------------------------------------------------------------------------------- */

int64_t delivery_target_now_ms(const struct delivery_target *target)
{
    return target->started_wall_ms + clock_monotonic_ms() - target->started_monotonic_ms;
}

static uint32_t on_random(void *context)
{
    uint32_t random = 0;
    (void)context;
    uv_random(NULL, NULL, &random, sizeof random, 0, NULL);
    return random;
}

/* Of what is asked for: a change of it makes a survey. */
static uint64_t filter_hash(const struct subscription *subscription)
{
    const char *const lists[] = {subscription->rules, subscription->levels, subscription->regions,
                                 subscription->locations};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        hash = hash * 31 + crc_64_avro(lists[i], strlen(lists[i]));
    return hash;
}

static int begin(struct delivery_target *target)
{
    int64_t *ends = delivery_read_ends(target);
    bool anew = false;
    if (ends == NULL)
        return EXIT_OS;
    delivery_start(target->delivery, ends, delivery_target_now_ms(target), &anew);
    free(ends);
    target->is_following = target->has_followed = true;
    if (anew)
        log_warning(COMPONENT, "the topic of alerts was made anew; all that it holds is told subscription=%s",
                    target->subscription->name);
    delivery_read_seek(target);
    log_info(COMPONENT, "follows subscription=%s partition=%d standing=%s", target->subscription->name,
             target->book.partition, delivery_standing(target->delivery)->is_gone ? "unsubscribed" : "subscribed");
    return delivery_read_heed(target);
}

static int open_target(struct delivery_target *target)
{
    const struct settings *settings = target->needs->settings;
    const struct subscription *subscription = target->subscription;
    char why[SUBSCRIPTION_WHY_SIZE];
    int exit_code = alert_feed_find(&target->feed, settings, COMPONENT, target->needs->is_stopped);
    target->is_opened = true;
    if (exit_code == EXIT_OK && !*target->needs->is_stopped)
        exit_code = delivery_book_open(&target->book, settings, subscription->name, target->feed.kafka,
                                       target->needs->is_stopped);
    if (exit_code != EXIT_OK || *target->needs->is_stopped)
        return exit_code;
    target->look_most = target->feed.topic.look_most;
    const struct delivery_wishes wishes = {.partitions = target->feed.topic.partition_count,
                                           .give_up_ms = settings->webhook_give_up_hours * HOUR_MS,
                                           .filter_hash = filter_hash(subscription),
                                           .random = on_random};
    target->delivery = delivery_new(&wishes);
    target->webhook = webhook_new(settings, subscription, target->needs->is_stopped);
    target->has_filter = subscription_filter_init(&target->filter, subscription->rules, subscription->levels,
                                                  subscription->regions, subscription->locations, why);
    if (target->delivery == NULL || target->webhook == NULL || !target->has_filter)
        return EXIT_OS;
    exit_code = delivery_book_read(&target->book, target->delivery);
    if (exit_code != EXIT_OK || *target->needs->is_stopped)
        return exit_code; /* what was kept may not be read whole, and must not be written over */
    return begin(target);
}

static void close_target(struct delivery_target *target)
{
    if (target->is_opened) {
        delivery_book_close(&target->book);
        alert_feed_close(&target->feed);
    }
    if (target->has_filter)
        subscription_filter_fini(&target->filter);
    webhook_free(target->webhook);
    delivery_free(target->delivery);
    target->webhook = NULL;
    target->delivery = NULL;
    target->is_opened = target->has_filter = target->is_following = false;
}

static bool goes_on(const struct delivery_target *target)
{
    return target->exit_code == EXIT_OK && !*target->needs->is_stopped && !target->book.is_lost;
}

/* From what is kept, to the end or until that is lost. */
static void follow(struct delivery_target *target)
{
    target->exit_code = open_target(target);
    while (goes_on(target)) {
        const bool is_busy = delivery_send_step(target);
        if (goes_on(target))
            delivery_read(target, is_busy ? 0 : delivery_send_wait_ms(target, WAIT_MS));
        if (goes_on(target))
            target->exit_code = delivery_book_look(&target->book, 0);
        if (goes_on(target))
            target->exit_code = delivery_read_heed(target);
    }
    if (target->exit_code == EXIT_OK && target->is_following && !target->book.is_lost)
        target->exit_code = delivery_book_note(&target->book, target->delivery, delivery_target_now_ms(target));
    close_target(target);
}

/* A broker that was there is waited for. */
static bool begins_anew(const struct delivery_target *target)
{
    const bool is_lost = target->exit_code == EXIT_OK && target->book.is_lost;
    return !*target->needs->is_stopped && (is_lost || (target->has_followed && target->exit_code == EXIT_UNAVAILABLE));
}

static int run(void *context)
{
    struct delivery_target *target = context;
    target->started_wall_ms = clock_wall_ms();
    target->started_monotonic_ms = clock_monotonic_ms();
    follow(target);
    while (begins_anew(target)) {
        log_warning(COMPONENT, "begins anew from what is kept subscription=%s", target->subscription->name);
        follow(target);
    }
    return target->exit_code;
}

int delivery_add_targets(struct notify *notify)
{
    const struct notify_needs *needs = notify_needs(notify);
    if (!crash_points_init()) {
        log_error(COMPONENT, "PLACEMENT_ALERTS_CRASH_AT names no crash point");
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < needs->settings->subscription_count; i++) {
        struct delivery_target *target = calloc(1, sizeof *target);
        if (target == NULL)
            return EXIT_OS;
        target->needs = needs;
        target->subscription = &needs->settings->subscriptions[i];
        snprintf(target->name, sizeof target->name, "subscription %s", target->subscription->name);
        if (!notify_add(notify, (struct notify_target){target->name, run, free, target}))
            return EXIT_CONFIG;
    }
    return EXIT_OK;
}
