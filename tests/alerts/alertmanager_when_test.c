/* Protects when Alertmanager is told what: a storm at once but as one, an end after what began, all of it again before
 * it times out; why an alert ends; what took whose place; and what was over before it was told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alertmanager_scene.h"

/* --- when --------------------------------------------------------------------------------------------------------- */

static void test_a_storm_is_told_when_it_is_over(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    meet(&scene);
    assert_string_equal(told(&scene), "");
    for (uint8_t number = 1; number <= 3; number++) {
        const struct alert_record record = record_of(number);
        take(&scene, &record);
        pass(&scene, 900);
        assert_string_equal(told(&scene), "");
    }
    pass(&scene, 99);
    assert_string_equal(told(&scene), "");
    pass(&scene, 1);
    assert_true(alertmanager_book_look_at_ms(scene.book) <= scene.moment.now_ms);
    assert_string_equal(told(&scene), "+1 VIOLATION, +2 VIOLATION, +3 VIOLATION");
    close_scene(&scene);
}

static void test_or_in_parts_when_it_goes_on(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    meet(&scene);
    for (int i = 0; i < 20; i++) {
        struct alert_record record = record_of((uint8_t)(1 + i % 2));
        record.alert.revision = (uint32_t)(1 + i);
        take(&scene, &record);
        assert_string_equal(told(&scene), "");
        pass(&scene, 500);
    }
    assert_string_equal(told(&scene), "+1 VIOLATION, +2 VIOLATION");
    close_scene(&scene);
}

static void test_by_location_and_in_any_number_of_parts(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    (void)state;
    open_scene(&scene);
    meet(&scene);
    for (uint8_t number = 1; number <= 6; number++) {
        struct alert_record record = record_of(number);
        record.alert.place.location_id = text_of(number % 2 == 0 ? "azc-emmen-01" : "noodopvang-oss-01");
        take(&scene, &record);
    }
    pass(&scene, SECOND_MS);
    assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
    assert_int_equal(round.count, 6);
    alertmanager_book_told(scene.book, &round, 0, 4, &scene.moment);
    alertmanager_book_untold(scene.book, &round, 4, 2);
    assert_string_equal(told(&scene), "+3 VIOLATION, +5 VIOLATION"); /* after 2, 4, 6, 1 */
    close_scene(&scene);
}

static void test_an_end_comes_after_what_began(void **state)
{
    struct scene scene;
    struct alert_record record = record_of(1);
    (void)state;
    open_told(&scene, 1);
    record.alert.level = LEVEL_SEVERE;
    record.alert.revision = 2;
    take(&scene, &record);
    assert_string_equal(told(&scene), "");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 SEVERE");
    pass(&scene, 999);
    assert_string_equal(told(&scene), "");
    pass(&scene, 1);
    assert_string_equal(told(&scene), "-1 ESCALATED");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "");
    close_scene(&scene);
}

static void test_it_is_told_again_before_it_times_out(void **state)
{
    struct scene scene;
    (void)state;
    open_told(&scene, 1);
    pass(&scene, 23 * HOUR_MS);
    assert_string_equal(told(&scene), "");
    pass(&scene, HOUR_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION"); /* it is no longer new, too */
    pass(&scene, DAY_MS);
    assert_string_equal(told(&scene), "");
    pass(&scene, MINUTE_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION");
    close_scene(&scene);
}

static const char *recent(const json_t *body, size_t i)
{
    return json_string_value(json_object_get(json_object_get(json_array_get(body, i), "annotations"), "recent"));
}

/* A notice is new to its digest, whatever is new to others; the digest that told it makes it old. */
static void test_what_is_new_to_a_digest(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    struct alert_record notice = record_of(1), violation = record_of(2);
    (void)state;
    open_scene(&scene);
    notice.alert.level = LEVEL_NOTICE;
    notice.logged_at_ms = violation.logged_at_ms = NOON_MS - 2 * DAY_MS;
    scene.moment.digest_since_ms = NOON_MS - 3 * DAY_MS;
    take(&scene, &notice);
    take(&scene, &violation);
    meet(&scene);
    pass(&scene, SECOND_MS);
    assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
    json_t *body = alertmanager_book_write(scene.book, &round, 0, round.count, &scene.moment);
    assert_int_equal(json_array_size(body), 2);
    assert_string_equal(recent(body, 0), "yes");
    assert_null(recent(body, 1));
    json_decref(body);
    assert_string_equal(told(&scene), "+1 NOTICE, +2 VIOLATION");
    scene.moment.digest_since_ms = NOON_MS;
    assert_string_equal(told(&scene), "+1 NOTICE");
    close_scene(&scene);
}

static void test_days_pass(void **state)
{
    struct scene scene;
    (void)state;
    open_told(&scene, 1);
    scene.moment.today = day_plus(TODAY, 20);
    assert_string_equal(told(&scene), "");
    scene.moment.today = day_plus(TODAY, 21); /* since the violation 30 */
    assert_string_equal(told(&scene), "+1 VIOLATION");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 OVERDUE");
    close_scene(&scene);
}

/* A service whose clock is simulated is followed by what it says. */
static void test_days_of_records_count(void **state)
{
    struct scene scene;
    struct alert_record record = record_of(2);
    (void)state;
    open_told(&scene, 1);
    record.alert.raised_on = day_plus(TODAY, 21);
    record.alert.level = LEVEL_NOTICE;
    record.alert.violation_on = DAY_ABSENT;
    take(&scene, &record);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION, +2 NOTICE");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 OVERDUE");
    close_scene(&scene);
}

/* --- why ---------------------------------------------------------------------------------------------------------- */

static void test_why_it_ends(void **state)
{
    static const struct {
        struct alert_record record; /* what is given here, over the alert that was told */
        const char *told, *ended;
    } rows[] = {
        {{.alert = {.level = LEVEL_NOTICE}}, "+1 NOTICE", "-1 LOWERED"},
        {{.alert = {.level = LEVEL_SEVERE}}, "+1 SEVERE", "-1 ESCALATED"},
        {{.alert = {.level = LEVEL_SEVERE, .place = {.location_id = {"b", 1}}}}, "+1 SEVERE", "-1 MOVED"},
        {{.alert = {.level = LEVEL_VIOLATION, .unaccompanied = ANSWER_YES}}, "+1 VIOLATION", "-1 CHANGED"},
        {{.alert = {.level = LEVEL_VIOLATION, .state = ALERT_RESOLVED, .resolution = RESOLUTION_TURNED_18}},
         "-1 TURNED_18",
         ""},
        {{.alert = {.level = LEVEL_VIOLATION, .state = ALERT_WITHDRAWN, .resolution = RESOLUTION_CORRECTED}},
         "-1 CORRECTED",
         ""},
        {{.replaced_by = {{9}},
          .alert = {.level = LEVEL_VIOLATION, .state = ALERT_WITHDRAWN, .resolution = RESOLUTION_CORRECTED}},
         "-1 CORRECTED", /* that took its place is over, too */
         ""},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        struct alert_record record = record_of(1);
        const struct alert *alert = &rows[i].record.alert;
        record.replaced_by = rows[i].record.replaced_by;
        record.alert.level = alert->level;
        record.alert.state = alert->state;
        record.alert.resolution = alert->resolution;
        record.alert.unaccompanied = alert->unaccompanied;
        record.alert.revision = 2;
        if (alert->place.location_id.length > 0)
            record.alert.place.location_id = alert->place.location_id;
        if (alert->state == ALERT_RESOLVED)
            record.alert.resolved_on = TODAY;
        open_told(&scene, 1);
        take(&scene, &record);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].told);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].ended);
        close_scene(&scene);
    }
}

static void test_a_forgotten_child(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    const struct uuid id = id_of(1), unknown = id_of(2);
    (void)state;
    open_told(&scene, 1);
    alertmanager_book_forget(scene.book, &unknown, scene.moment.now_ms);
    alertmanager_book_forget(scene.book, &id, scene.moment.now_ms);
    pass(&scene, SECOND_MS);
    assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
    json_t *body = alertmanager_book_write(scene.book, &round, 0, round.count, &scene.moment);
    json_t *annotations = json_object_get(json_array_get(body, 0), "annotations");
    char *text = json_dumps(annotations, 0);
    assert_int_equal(json_array_size(body), 1);
    assert_string_equal(json_string_value(json_object_get(annotations, "outcome")), "FORGOTTEN");
    assert_null(strstr(text, "k-1"));
    free(text);
    json_decref(body);
    close_scene(&scene);
}

/* --- what took whose place ---------------------------------------------------------------------------------------- */

static const char *label(const json_t *body, size_t i, const char *name)
{
    return json_string_value(json_object_get(json_object_get(json_array_get(body, i), "labels"), name));
}

static void test_threads(void **state)
{
    static const struct {
        uint8_t number, replaced_by[3]; /* up to 0 */
        const char *thread, *replaces;
    } rows[] = {
        {9, {0}, "09000000-0000-0000-0000-000000000001", "no"},
        {1, {9, 0}, "01000000-0000-0000-0000-000000000001", "odd"},
        {1, {2, 9, 0}, "01000000-0000-0000-0000-000000000001", "even"},
    };
    (void)state;
    for (size_t i = 0; i < 2 * LENGTH(rows); i++) { /* in both orders */
        struct scene scene;
        struct alertmanager_round round;
        const struct alert_record open = record_of(9);
        open_scene(&scene);
        if (i % 2 == 0)
            take(&scene, &open);
        uint8_t number = rows[i / 2].number;
        for (const uint8_t *by = rows[i / 2].replaced_by; *by != 0; number = *by, by++) {
            const struct alert_record record = replaced(number, *by);
            take(&scene, &record);
        }
        if (i % 2 == 1)
            take(&scene, &open);
        meet(&scene);
        pass(&scene, SECOND_MS);
        assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
        json_t *body = alertmanager_book_write(scene.book, &round, 0, round.count, &scene.moment);
        assert_int_equal(json_array_size(body), 1);
        assert_string_equal(label(body, 0, "thread"), rows[i / 2].thread);
        assert_string_equal(label(body, 0, "replaces"), rows[i / 2].replaces);
        json_decref(body);
        close_scene(&scene);
    }
}

static void test_what_is_replaced_ends_after_what_takes_its_place(void **state)
{
    struct scene scene;
    const struct alert_record old = replaced(1, 2), new = record_of(2);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &old);
    take(&scene, &new);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+2 VIOLATION");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 REPLACED");
    close_scene(&scene);
}

/* Records that name each other, which the service does not write. */
static void test_a_row_without_end(void **state)
{
    struct scene scene;
    const struct alert_record one = replaced(1, 2), two = replaced(2, 1), own = replaced(3, 3);
    (void)state;
    open_scene(&scene);
    take(&scene, &one);
    take(&scene, &two);
    take(&scene, &own);
    meet(&scene);
    for (int i = 0; i < 3; i++, pass(&scene, MINUTE_MS))
        assert_string_equal(told(&scene), "");
    close_scene(&scene);
}

/* --- over before it was told -------------------------------------------------------------------------------------- */

static void test_what_was_over_is_told_for_some_days(void **state)
{
    static const struct {
        uint32_t revision;
        enum level level;
        int days_ago;
        int64_t logged_ms; /* before now */
        const char *told;
    } rows[] = {
        {1, LEVEL_VIOLATION, 0, 0, "+1 VIOLATION"},
        {1, LEVEL_SEVERE, 7, 4 * DAY_MS - MINUTE_MS, "+1 SEVERE"},
        {1, LEVEL_VIOLATION, 8, 0, ""},
        {1, LEVEL_VIOLATION, 0, 4 * DAY_MS, ""},
        {1, LEVEL_NOTICE, 0, 0, ""},
        {2, LEVEL_VIOLATION, 0, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        struct alert_record record = ended(1);
        record.alert.revision = rows[i].revision;
        record.alert.level = rows[i].level;
        record.alert.resolved_on = day_plus(TODAY, -rows[i].days_ago);
        open_scene(&scene);
        pass(&scene, SECOND_MS);
        record.logged_at_ms = scene.moment.now_ms + SECOND_MS - rows[i].logged_ms;
        take(&scene, &record);
        meet(&scene);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].told);
        pass(&scene, 5 * DAY_MS);
        assert_string_equal(told(&scene), rows[i].told[0] == '\0' ? "" : "-1 PAST");
        close_scene(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_storm_is_told_when_it_is_over),
        cmocka_unit_test(test_or_in_parts_when_it_goes_on),
        cmocka_unit_test(test_by_location_and_in_any_number_of_parts),
        cmocka_unit_test(test_an_end_comes_after_what_began),
        cmocka_unit_test(test_it_is_told_again_before_it_times_out),
        cmocka_unit_test(test_what_is_new_to_a_digest),
        cmocka_unit_test(test_days_pass),
        cmocka_unit_test(test_days_of_records_count),
        cmocka_unit_test(test_why_it_ends),
        cmocka_unit_test(test_a_forgotten_child),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_what_is_replaced_ends_after_what_takes_its_place),
        cmocka_unit_test(test_a_row_without_end),
        cmocka_unit_test(test_what_was_over_is_told_for_some_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
