/* Protects what Alertmanager is told when it was started again, or this program: what it lost, what others left behind
 * under our name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alertmanager_scene.h"

static json_t *listed(uint8_t number, const char *overdue, const char *ends_at)
{
    char id[UUID_TEXT_SIZE], child[8];
    const struct uuid uuid = id_of(number);
    uuid_format(&uuid, id);
    snprintf(child, sizeof(child), "k-%d", number);
    return json_pack("{s{ss ss ss ss ss ss ss ss ss ss ss ss ss} s{} ss}", "labels", "alertname", "no-school",
                     "service", "alerts", "rule", "no-school", "level", "VIOLATION", "region", "NORTH", "location",
                     "azc-emmen-01", "unaccompanied", "unknown", "alert_id", id, "child", child, "thread", id,
                     "replaces", "no", "overdue", overdue, "past", "no", "annotations", "endsAt", ends_at);
}

static void hold(struct scene *scene, json_t *item)
{
    assert_int_equal(alertmanager_book_hold(scene->book, item, &scene->moment), ALERTMANAGER_HELD);
    json_decref(item);
}

static void test_what_it_has_is_taken_over(void **state)
{
    struct scene scene;
    const struct alert_record open = record_of(1), over = ended(2);
    (void)state;
    open_scene(&scene);
    take(&scene, &open);
    take(&scene, &over);
    alertmanager_book_begin(scene.book);
    hold(&scene, listed(1, "no", "2025-09-06T10:00:00.000Z"));
    hold(&scene, listed(1, "yes", "2025-09-06T10:00:00.000Z")); /* never ended by whoever was before */
    hold(&scene, listed(2, "no", "2025-09-06T10:00:00.000Z"));
    hold(&scene, listed(3, "no", "2025-09-06T10:00:00.000Z")); /* of whom nothing is known any more */
    assert_true(alertmanager_book_meet(scene.book, scene.started_at_ms, &scene.moment));
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION"); /* its words are others */
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 CHANGED, -2 SCHOOL_STARTED, -3 FORGOTTEN");
    close_scene(&scene);
}

static void test_what_it_has_with_the_same_words_is_left_alone(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    const struct alert_record open = record_of(1);
    (void)state;
    open_scene(&scene);
    take(&scene, &open);
    meet(&scene);
    pass(&scene, SECOND_MS);
    assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
    json_t *body = alertmanager_book_write(scene.book, &round, 0, 1, &scene.moment);
    alertmanager_book_begin(scene.book);
    hold(&scene, json_incref(json_array_get(body, 0)));
    assert_true(alertmanager_book_meet(scene.book, scene.started_at_ms, &scene.moment));
    assert_string_equal(told(&scene), "");
    json_decref(body);
    close_scene(&scene);
}

static void test_strangers_are_ended_as_they_are(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    (void)state;
    open_scene(&scene);
    alertmanager_book_begin(scene.book);
    hold(&scene, json_pack("{s{ss ss}}", "labels", "service", "alerts", "of", "an earlier version"));
    assert_true(alertmanager_book_meet(scene.book, scene.started_at_ms, &scene.moment));
    assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
    json_t *body = alertmanager_book_write(scene.book, &round, 0, round.count, &scene.moment);
    char *text = json_dumps(body, JSON_COMPACT);
    assert_string_equal(text, "[{\"labels\":{\"service\":\"alerts\",\"of\":\"an earlier version\"},"
                              "\"annotations\":{\"outcome\":\"CHANGED\"},\"startsAt\":\"2025-09-02T09:59:55.000Z\","
                              "\"endsAt\":\"2025-09-02T09:59:55.000Z\"}]");
    free(text);
    json_decref(body);
    alertmanager_book_told(scene.book, &round, 0, 1, &scene.moment);
    pass(&scene, SECOND_MS);
    assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
    assert_int_equal(round.count, 0);
    close_scene(&scene);
}

static void test_what_is_no_alert(void **state)
{
    static const char *const rows[] = {"{}", "{\"labels\":7}", "{\"labels\":[]}", "[]"};
    struct scene scene;
    (void)state;
    open_scene(&scene);
    for (size_t i = 0; i < LENGTH(rows); i++) {
        json_t *item = json_loads(rows[i], 0, NULL);
        assert_int_equal(alertmanager_book_hold(scene.book, item, &scene.moment), ALERTMANAGER_NO_ALERT);
        json_decref(item);
    }
    close_scene(&scene);
}

/* One alert ended so long before its last sign of life, and another meanwhile. */
static void test_it_is_started_again(void **state)
{
    static const struct {
        int64_t before_ms;
        const char *ends;
    } rows[] = {{9 * MINUTE_MS, "-1 SCHOOL_STARTED, -2 SCHOOL_STARTED"}, {11 * MINUTE_MS, "-2 SCHOOL_STARTED"}};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        const struct alert_record first = ended(1), second = ended(2), opened = record_of(2), stays = record_of(3);
        open_told(&scene, 1);
        take(&scene, &opened);
        take(&scene, &stays);
        take(&scene, &first);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "+2 VIOLATION, +3 VIOLATION");
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
        pass(&scene, rows[i].before_ms);
        assert_false(alertmanager_book_contact(scene.book, scene.started_at_ms, scene.moment.now_ms));
        take(&scene, &second);
        pass(&scene, HOUR_MS); /* it is away */
        assert_true(alertmanager_book_contact(scene.book, scene.moment.now_ms - MINUTE_MS, scene.moment.now_ms));
        assert_string_equal(told(&scene), "+3 VIOLATION");
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].ends);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "");
        close_scene(&scene);
    }
}

/* While news gathers, too: an end that is all a group has would be told as the end of all of it. */
static void test_started_again_in_the_middle_of_news(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1), stays = record_of(3), news = record_of(4);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &stays);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+3 VIOLATION");
    pass(&scene, MINUTE_MS);
    take(&scene, &over);
    take(&scene, &news);
    assert_true(alertmanager_book_contact(scene.book, scene.moment.now_ms, scene.moment.now_ms));
    assert_string_equal(told(&scene), "");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+3 VIOLATION, +4 VIOLATION");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    close_scene(&scene);
}

/* As a demonstration's is: there is always something that it does not have yet. */
static void test_started_again_while_news_never_ends(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1);
    bool has_ended = false;
    (void)state;
    open_told(&scene, 1);
    take(&scene, &over);
    assert_true(alertmanager_book_contact(scene.book, scene.moment.now_ms, scene.moment.now_ms));
    for (uint8_t number = 2; number < 200; number++) {
        const struct alert_record news = record_of(number);
        take(&scene, &news);
        pass(&scene, 100);
        if (alertmanager_book_look_at_ms(scene.book) <= scene.moment.now_ms)
            has_ended |= strcmp(told(&scene), "-1 SCHOOL_STARTED") == 0;
    }
    assert_true(has_ended);
    close_scene(&scene);
}

static void test_its_clock_is_set_back(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &over);
    pass(&scene, -HOUR_MS);
    assert_false(alertmanager_book_contact(scene.book, scene.started_at_ms, scene.moment.now_ms));
    pass(&scene, SECOND_MS);
    assert_true(alertmanager_book_look_at_ms(scene.book) <= scene.moment.now_ms);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    close_scene(&scene);
}

/* Both were started again, as with the machine: what ended shortly before may not have been told. */
static void test_one_that_has_nothing(void **state)
{
    static const struct {
        int64_t started_before_ms, ended_before_ms;
        uint32_t revision;
        const char *ends;
    } rows[] = {
        {MINUTE_MS, 10 * MINUTE_MS, 2, "-1 SCHOOL_STARTED"},
        {MINUTE_MS, 12 * MINUTE_MS, 2, ""},
        {MINUTE_MS, 0, 2, "-1 SCHOOL_STARTED"},
        {2 * DAY_MS, HOUR_MS, 2, ""},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        struct alert_record over = ended(1);
        const struct alert_record open = record_of(2);
        over.logged_at_ms = NOON_MS - rows[i].ended_before_ms;
        over.alert.revision = rows[i].revision;
        open_scene(&scene);
        take(&scene, &over);
        take(&scene, &open);
        scene.started_at_ms = NOON_MS - rows[i].started_before_ms;
        meet(&scene);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "+2 VIOLATION");
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].ends);
        close_scene(&scene);
    }
}

/* An alert moved while both were away: the topic still has the record before. */
static void test_what_moved_while_both_were_away(void **state)
{
    static const struct {
        int64_t moved_before_ms;
        const char *ends;
    } rows[] = {{5 * MINUTE_MS, "-1 MOVED"}, {12 * MINUTE_MS, ""}};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        struct alert_record record = record_of(1);
        open_scene(&scene);
        record.logged_at_ms = NOON_MS - DAY_MS;
        take(&scene, &record);
        record.alert.place.location_id = text_of("noodopvang-oss-01");
        record.alert.revision = 2;
        record.logged_at_ms = NOON_MS - rows[i].moved_before_ms;
        take(&scene, &record);
        scene.started_at_ms = NOON_MS - MINUTE_MS;
        meet(&scene);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "+1 VIOLATION");
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].ends);
        close_scene(&scene);
    }
}

/* A mail would come of it that has no news. */
static void test_what_is_told_anew_has_no_end_of_its_own(void **state)
{
    struct scene scene;
    struct alert_record record = record_of(1);
    (void)state;
    open_scene(&scene);
    record.logged_at_ms = NOON_MS - DAY_MS;
    take(&scene, &record);
    record.alert.place.region = record.alert.place.region == REGION_NORTH ? REGION_SOUTH : REGION_NORTH;
    record.alert.revision = 2;
    record.logged_at_ms = NOON_MS - 5 * MINUTE_MS;
    take(&scene, &record);
    scene.started_at_ms = NOON_MS - MINUTE_MS;
    meet(&scene);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "");
    close_scene(&scene);
}

static void test_what_moved_while_notify_was_away(void **state)
{
    struct scene scene;
    struct alert_record record = record_of(1);
    (void)state;
    open_scene(&scene);
    take(&scene, &record);
    record.alert.level = LEVEL_SEVERE;
    record.alert.revision = 2;
    take(&scene, &record);
    record.alert.place.location_id = text_of("noodopvang-oss-01");
    record.alert.revision = 3;
    take(&scene, &record);
    alertmanager_book_begin(scene.book);
    hold(&scene, listed(1, "no", "2025-09-06T10:00:00.000Z"));
    scene.started_at_ms = NOON_MS - MINUTE_MS;
    assert_true(alertmanager_book_meet(scene.book, scene.started_at_ms, &scene.moment));
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 SEVERE");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 MOVED"); /* of what it has, and nothing else */
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_has_is_taken_over),
        cmocka_unit_test(test_what_it_has_with_the_same_words_is_left_alone),
        cmocka_unit_test(test_strangers_are_ended_as_they_are),
        cmocka_unit_test(test_what_is_no_alert),
        cmocka_unit_test(test_it_is_started_again),
        cmocka_unit_test(test_started_again_in_the_middle_of_news),
        cmocka_unit_test(test_started_again_while_news_never_ends),
        cmocka_unit_test(test_its_clock_is_set_back),
        cmocka_unit_test(test_one_that_has_nothing),
        cmocka_unit_test(test_what_moved_while_both_were_away),
        cmocka_unit_test(test_what_is_told_anew_has_no_end_of_its_own),
        cmocka_unit_test(test_what_moved_while_notify_was_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
