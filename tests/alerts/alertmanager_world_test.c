/* Protects that Alertmanager ends up with exactly the alerts that are open, whatever happens: alerts that change, move,
 * are corrected and forgotten in any order; this program or Alertmanager starting again at any moment; posts and
 * answers that are lost; quiet hours; clocks that differ. And that on the way nothing is ended that is open, nothing
 * twice that was answered, no violation in quiet hours, and what ended while it was open there is told as ended.
 *
 * 1,000 worlds, each from its seed. PA_SEED=n runs one and tells its story; PA_SEEDS=n changes how many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alertmanager_model.h"
#include "alertmanager_records.h"
#include "alertmanager_topic.h"
#include "alerts/alertmanager_annotations.h"
#include "alerts/alertmanager_book.h"
#include "rules/civil_time.h"

#define STEPS TOPIC_RECORDS_MAX
#define A_MINUTE_MS INT64_C(60000)
#define A_DAY_MS INT64_C(86400000)

struct world {
    struct random_source random;
    FILE *story;
    int64_t now_ms;
    int64_t skew_ms; /* of Alertmanager's clock against what is known of it */
    bool is_quiet, is_down;
    int lose; /* of a hundred posts, and as many answers */
    struct topic topic;
    struct model model;
    struct alertmanager_book *book;
    bool has_met;
    size_t restarts, notify_restarts, lost;
};

#define TELL(world, ...)                                                                                               \
    do {                                                                                                               \
        if ((world)->story != NULL) {                                                                                  \
            fprintf((world)->story, "%+.3f h ", (double)((world)->now_ms - NOON_MS) / 3600000.0);                      \
            fprintf((world)->story, __VA_ARGS__);                                                                      \
        }                                                                                                              \
    } while (0)

/* --- what happens ------------------------------------------------------------------------------------------------- */

static void publish(struct world *world)
{
    const struct logged *logged = topic_change(&world->topic, &world->random, world->now_ms);
    const struct alert *alert = &logged->record.alert;
    const struct uuid id = id_of(logged->number);
    if (logged->is_tombstone) {
        TELL(world, "alert %d is forgotten\n", logged->number);
        alertmanager_book_forget(world->book, &id, world->now_ms);
        return;
    }
    TELL(world, "alert %d %s %s at %.*s revision %u\n", logged->number, alert_state_names[alert->state],
         level_names[alert->level], (int)alert->place.location_id.length, alert->place.location_id.bytes,
         alert->revision);
    assert_true(alertmanager_book_take(world->book, &logged->record, world->now_ms));
}

/* What is left of the topic when it is compacted: some or all of what is not newest is gone, and of what was forgotten
 * everything may be. */
static void start_notify(struct world *world)
{
    const struct alertmanager_book_settings settings = {"alerts", "https://d/{alert_id}", TOPIC_OVERDUE_DAYS};
    const int kept = below(&world->random, 2) * below(&world->random, 100);
    alertmanager_book_free(world->book);
    world->book = alertmanager_book_new(&settings);
    world->has_met = false;
    for (size_t i = 0; i < world->topic.count; i++) {
        const struct logged *logged = &world->topic.log[i];
        const struct uuid id = id_of(logged->number);
        const bool is_gone = kept == 0 && topic_newest(&world->topic, logged->number) == NULL;
        if (is_gone || (!topic_is_newest(&world->topic, i) && !random_chance(&world->random, kept)))
            continue;
        if (logged->is_tombstone)
            alertmanager_book_forget(world->book, &id, world->now_ms);
        else
            assert_true(alertmanager_book_take(world->book, &logged->record, world->now_ms));
    }
}

static void happen(struct world *world)
{
    const int what = below(&world->random, 100);
    if (what < 70) {
        publish(world);
    } else if (what < 76) {
        TELL(world, "notify starts again\n");
        world->notify_restarts++;
        start_notify(world);
    } else if (what < 82) {
        TELL(world, "Alertmanager starts again\n");
        world->restarts++;
        model_start(&world->model, world->now_ms);
    } else if (what < 88) {
        world->is_down = !world->is_down;
        TELL(world, "Alertmanager is %s\n", world->is_down ? "away" : "back");
    } else if (what < 94) {
        world->is_quiet = !world->is_quiet;
        TELL(world, "quiet: %d\n", world->is_quiet);
    } else {
        world->lose = below(&world->random, 2) * below(&world->random, 60);
    }
}

/* --- what notify does about it ------------------------------------------------------------------------------------ */

static struct alertmanager_moment moment_of(const struct world *world)
{
    return (struct alertmanager_moment){world->now_ms, civil_day_at(world->now_ms), world->now_ms - A_DAY_MS,
                                        world->now_ms - A_DAY_MS, world->is_quiet};
}

static int64_t model_now_ms(const struct world *world)
{
    return world->now_ms + world->skew_ms;
}

static void meet(struct world *world)
{
    const struct alertmanager_moment moment = moment_of(world);
    alertmanager_book_begin(world->book);
    for (size_t i = 0; i < world->model.count; i++) {
        json_t *listed = model_list(&world->model, i, model_now_ms(world));
        if (listed != NULL)
            assert_int_equal(alertmanager_book_hold(world->book, listed, &moment), ALERTMANAGER_HELD);
        json_decref(listed);
    }
    if (model_in_force(&world->model, model_now_ms(world)) == 0)
        model_forget_ends(&world->model);
    assert_true(alertmanager_book_meet(world->book, world->model.started_at_ms, &moment));
    world->has_met = true;
}

static bool is_silent(const char *code)
{
    for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        if (strcmp(alertmanager_outcome_code((enum alertmanager_outcome)outcome), code) == 0)
            return !alertmanager_outcome_is_told((enum alertmanager_outcome)outcome);
    return false;
}

/* Of each end that is posted: whether it may be. Of the silent ones nobody is told. */
static void judge_endings(struct world *world, const json_t *body)
{
    for (size_t i = 0; i < json_array_size(body); i++) {
        struct alertmanager_labels posted, wanted;
        json_t *labels = json_object_get(json_array_get(body, i), "labels");
        assert_true(alertmanager_labels_read(labels, "alerts", &posted));
        if (topic_wants(&world->topic, posted.alert_id.bytes[0], world->now_ms, &wanted) &&
            alertmanager_labels_equal(&posted, &wanted))
            world->model.wrong = "is ended though it is open";
        const json_t *annotations = json_object_get(json_array_get(body, i), "annotations");
        const char *outcome = json_string_value(json_object_get(annotations, "outcome"));
        if (world->is_quiet && posted.level != LEVEL_NOTICE && !is_silent(outcome))
            world->model.wrong = "a violation is ended in quiet hours";
    }
}

static void tell_story(struct world *world, const json_t *body, const char *how)
{
    for (size_t i = 0; world->story != NULL && i < json_array_size(body); i++) {
        const json_t *posted = json_array_get(body, i), *labels = json_object_get(posted, "labels");
        const char *outcome = json_string_value(json_object_get(json_object_get(posted, "annotations"), "outcome"));
        TELL(world, "  %s %.2s %s %s overdue=%s past=%s replaces=%s: %s\n", how,
             json_string_value(json_object_get(labels, "alert_id")),
             json_string_value(json_object_get(labels, "level")),
             json_string_value(json_object_get(labels, "location")),
             json_string_value(json_object_get(labels, "overdue")), json_string_value(json_object_get(labels, "past")),
             json_string_value(json_object_get(labels, "replaces")), outcome == NULL ? "in force" : outcome);
    }
}

/* False: no answer came. */
static bool post(struct world *world, const struct alertmanager_round *round, size_t from, size_t count)
{
    const struct alertmanager_moment moment = moment_of(world);
    const bool is_lost = random_chance(&world->random, world->lose),
               is_answered = !is_lost && !random_chance(&world->random, world->lose);
    json_t *body = alertmanager_book_write(world->book, round, from, count, &moment);
    assert_int_equal(json_array_size(body), count);
    tell_story(world, body, is_lost ? "lost" : is_answered ? "told" : "unanswered");
    if (round->are_endings)
        judge_endings(world, body);
    if (is_lost)
        model_lose(&world->model, body);
    else
        model_post(&world->model, body, model_now_ms(world), is_answered);
    json_decref(body);
    if (is_answered)
        alertmanager_book_told(world->book, round, from, count, &moment);
    else
        alertmanager_book_untold(world->book, round, from, count);
    world->lost += !is_answered;
    return is_answered;
}

static void step(struct world *world)
{
    struct alertmanager_round round;
    if (world->is_down)
        return;
    if (!world->has_met)
        meet(world);
    else
        alertmanager_book_contact(world->book, world->model.started_at_ms, world->now_ms);
    if (alertmanager_book_look_at_ms(world->book) > world->now_ms)
        return;
    const struct alertmanager_moment moment = moment_of(world);
    assert_true(alertmanager_book_look(world->book, &moment, &round));
    for (size_t from = 0, count; from < round.count; from += count) {
        count = 1 + (size_t)below(&world->random, (int)(round.count - from));
        if (!post(world, &round, from, count))
            return;
    }
}

static void pass(struct world *world, int64_t ms)
{
    world->now_ms += ms;
    step(world);
}

/* --- the world ---------------------------------------------------------------------------------------------------- */

static const char *difference(const struct world *world)
{
    size_t wanted = 0;
    for (uint8_t number = 1; number <= TOPIC_ALERTS; number++) {
        struct alertmanager_labels labels;
        if (!topic_wants(&world->topic, number, world->now_ms, &labels))
            continue;
        wanted++;
        json_t *object = alertmanager_labels_json(&labels, "alerts");
        const struct model_alert *alert = model_find(&world->model, object, model_now_ms(world));
        if (alert == NULL && world->story != NULL)
            json_dumpf(object, world->story, JSON_COMPACT);
        json_decref(object);
        if (alert == NULL)
            return "an alert that is open is missing";
        const int64_t new_for_ms = world->now_ms - topic_newest(&world->topic, number)->logged_at_ms;
        const bool is_new = json_object_get(json_object_get(alert->posted, "annotations"), "recent") != NULL;
        if (is_new ? new_for_ms > A_DAY_MS + A_MINUTE_MS : new_for_ms < A_DAY_MS)
            return "what is new is not called so, or what is not";
        if (alert->ends_at_ms < world->now_ms + 2 * A_DAY_MS)
            return "an alert will soon time out";
    }
    if (model_in_force(&world->model, model_now_ms(world)) != wanted)
        return "an alert is in force that is not open";
    return alertmanager_book_entry_count(world->book) > 3 * TOPIC_ALERTS ? "the book is full of what is over" : NULL;
}

/* Everything is well again, for some minutes. */
static void settle(struct world *world)
{
    world->is_quiet = world->is_down = false;
    world->lose = 0;
    for (int i = 0; i < 10; i++)
        pass(world, 61000);
    for (int i = 0; i < 5; i++)
        pass(world, 1500);
}

static void run(struct world *world)
{
    static const int64_t spans_ms[] = {100, 700, 5000, 40000, 1200000, 7200000};
    world->now_ms = NOON_MS;
    world->skew_ms = below(&world->random, 6000) - 3000;
    model_start(&world->model, world->now_ms - A_DAY_MS);
    start_notify(world);
    for (int i = 0; i < STEPS && world->model.wrong == NULL; i++) {
        happen(world);
        for (int looks = 1 + below(&world->random, 4); looks > 0; looks--)
            pass(world, 1 + below(&world->random, (int)spans_ms[below(&world->random, 6)]));
    }
    settle(world);
    if (world->model.wrong == NULL)
        world->model.wrong = difference(world);
}

static long number_of(const char *variable, long otherwise)
{
    const char *text = getenv(variable);
    return text == NULL ? otherwise : strtol(text, NULL, 10);
}

static void whatever_happens_it_is_in_step(void **state)
{
    const long first = number_of("PA_SEED", 1), count = getenv("PA_SEED") != NULL ? 1 : number_of("PA_SEEDS", 1000);
    size_t posts = 0, ended = 0, restarts = 0, notify_restarts = 0, lost = 0;
    (void)state;
    for (long seed = first; seed < first + count; seed++) {
        struct world *world = calloc(1, sizeof(*world));
        world->random.state = (uint64_t)seed;
        world->story = count == 1 ? stdout : NULL;
        run(world);
        if (world->model.wrong != NULL)
            fail_msg("seed %ld: %s (PA_SEED=%ld tells the story)", seed, world->model.wrong, seed);
        posts += world->model.posts;
        ended += world->model.ended;
        restarts += world->restarts;
        notify_restarts += world->notify_restarts;
        lost += world->lost;
        model_stop(&world->model);
        alertmanager_book_free(world->book);
        free(world);
    }
    print_message("seeds %ld…%ld: posts %zu ended %zu restarts %zu of notify %zu lost %zu\n", first, first + count - 1,
                  posts, ended, restarts, notify_restarts, lost);
    assert_true(count == 1 || (posts > 0 && ended > 0 && restarts > 0 && notify_restarts > 0 && lost > 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_happens_it_is_in_step)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
