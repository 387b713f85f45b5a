/* Protects when Alertmanager is told what: a storm at once but as one; an end after what began; nothing that ended in
 * quiet hours before they are over; what was over before it was told; what it lost when it was started again; what
 * others left behind under our name. And that the book forgets what is over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alertmanager_records.h"
#include "alerts/alertmanager_book.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

struct scene {
    struct alertmanager_book *book;
    struct alertmanager_moment moment;
    int64_t started_at_ms; /* Alertmanager */
};

static void open_scene(struct scene *scene)
{
    const struct alertmanager_book_settings settings = {"alerts", "", 30};
    *scene = (struct scene){
        .book = alertmanager_book_new(&settings),
        .moment = {.now_ms = NOON_MS,
                   .today = TODAY,
                   .recent_since_ms = NOON_MS - DAY_MS,
                   .digest_since_ms = NOON_MS - DAY_MS},
        .started_at_ms = NOON_MS - 30 * DAY_MS,
    };
    assert_non_null(scene->book);
}

static void close_scene(struct scene *scene)
{
    alertmanager_book_free(scene->book);
}

static void take(struct scene *scene, const struct alert_record *record)
{
    assert_true(alertmanager_book_take(scene->book, record, scene->moment.now_ms));
}

static void meet(struct scene *scene)
{
    alertmanager_book_begin(scene->book);
    assert_true(alertmanager_book_meet(scene->book, scene->started_at_ms, &scene->moment));
}

static void pass(struct scene *scene, int64_t ms)
{
    scene->moment.now_ms += ms;
    scene->moment.recent_since_ms += ms;
    scene->moment.digest_since_ms += ms;
}

/* What is told now: "+1 NOTICE" in force, "-1 MOVED" ended, by the alerts' numbers; "": nothing. */
static const char *told(struct scene *scene)
{
    static char text[1024];
    struct alertmanager_round round;
    text[0] = '\0';
    assert_true(alertmanager_book_look(scene->book, &scene->moment, &round));
    json_t *body = alertmanager_book_write(scene->book, &round, 0, round.count, &scene->moment);
    for (size_t i = 0; i < json_array_size(body); i++) {
        const json_t *posted = json_array_get(body, i), *labels = json_object_get(posted, "labels");
        const char *outcome = json_string_value(json_object_get(json_object_get(posted, "annotations"), "outcome"));
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%c%ld %s", i == 0 ? "" : ", ",
                 outcome == NULL ? '+' : '-',
                 strtol((char[3]){json_string_value(json_object_get(labels, "alert_id"))[0],
                                  json_string_value(json_object_get(labels, "alert_id"))[1], '\0'},
                        NULL, 16),
                 outcome == NULL ? json_string_value(json_object_get(labels, "level")) : outcome);
    }
    json_decref(body);
    alertmanager_book_told(scene->book, &round, 0, round.count, &scene->moment);
    return text;
}

static struct alert_record ended(uint8_t number)
{
    struct alert_record record = record_of(number);
    record.alert.state = ALERT_RESOLVED;
    record.alert.resolution = RESOLUTION_SCHOOL_STARTED;
    record.alert.resolved_on = TODAY;
    record.alert.revision = 2;
    return record;
}

static struct alert_record replaced(uint8_t number, uint8_t by)
{
    struct alert_record record = ended(number);
    record.alert.state = ALERT_WITHDRAWN;
    record.alert.resolution = RESOLUTION_CORRECTED;
    record.replaced_by = id_of(by);
    return record;
}

/* A scene in which Alertmanager was told of one alert that is open, a while ago. */
static void open_told(struct scene *scene, uint8_t number)
{
    open_scene(scene);
    meet(scene);
    const struct alert_record record = record_of(number);
    take(scene, &record);
    pass(scene, 2 * SECOND_MS);
    assert_int_equal(told(scene)[0], '+');
    pass(scene, MINUTE_MS);
    assert_string_equal(told(scene), "");
}

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

/* --- quiet hours -------------------------------------------------------------------------------------------------- */

static void test_no_violation_ends_in_quiet_hours(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1);
    (void)state;
    open_told(&scene, 1);
    scene.moment.is_quiet = true;
    take(&scene, &over);
    for (int i = 0; i < 3; i++, pass(&scene, HOUR_MS))
        assert_string_equal(told(&scene), "");
    scene.moment.is_quiet = false;
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    close_scene(&scene);
}

static void test_but_a_notice_does_and_all_begins(void **state)
{
    struct scene scene;
    struct alert_record notice = record_of(1);
    (void)state;
    open_scene(&scene);
    meet(&scene);
    scene.moment.is_quiet = true;
    notice.alert.level = LEVEL_NOTICE;
    take(&scene, &notice);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 NOTICE");
    notice.alert.state = ALERT_RESOLVED;
    notice.alert.resolution = RESOLUTION_DEPARTED;
    take(&scene, &notice);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 DEPARTED");
    close_scene(&scene);
}

static void test_nothing_is_told_of_what_came_back_in_quiet_hours(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1);
    struct alert_record again = record_of(1);
    (void)state;
    open_told(&scene, 1);
    scene.moment.is_quiet = true;
    take(&scene, &over);
    pass(&scene, HOUR_MS);
    assert_string_equal(told(&scene), "");
    again.alert.revision = 3;
    take(&scene, &again);
    pass(&scene, HOUR_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION"); /* its words may have changed */
    scene.moment.is_quiet = false;
    pass(&scene, MINUTE_MS);
    assert_string_equal(told(&scene), "");
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

/* At the same place nobody is told of it; at another it has moved. */
static void test_what_takes_its_place_in_quiet_hours(void **state)
{
    static const struct {
        const char *location, *quiet, *later;
    } rows[] = {{"azc-emmen-01", "-1 REPLACED", ""}, {"noodopvang-oss-01", "", "-1 MOVED"}};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        const struct alert_record old = replaced(1, 2);
        struct alert_record new = record_of(2);
        new.alert.place.location_id = text_of(rows[i].location);
        open_told(&scene, 1);
        scene.moment.is_quiet = true;
        take(&scene, &old);
        take(&scene, &new);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "+2 VIOLATION");
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), rows[i].quiet);
        scene.moment.is_quiet = false;
        pass(&scene, HOUR_MS);
        assert_string_equal(told(&scene), rows[i].later);
        close_scene(&scene);
    }
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

/* --- what it has, and what it lost -------------------------------------------------------------------------------- */

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

static void told_without_an_answer(struct scene *scene)
{
    struct alertmanager_round round;
    assert_true(alertmanager_book_look(scene->book, &scene->moment, &round));
    assert_int_equal(round.count, 1);
    alertmanager_book_untold(scene->book, &round, 0, 1);
}

/* What was not answered may have been taken, or not. */
static void test_an_end_that_was_not_answered(void **state)
{
    struct scene scene;
    const struct alert_record other = replaced(2, 1), other_again = record_of(2);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &other);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION"); /* as one that took another's place */
    pass(&scene, SECOND_MS);
    told_without_an_answer(&scene);
    take(&scene, &other_again);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION, +2 VIOLATION"); /* as it was */
    close_scene(&scene);
}

static void test_a_beginning_that_was_not_answered(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1), again = record_of(1);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &over);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    take(&scene, &again);
    pass(&scene, MINUTE_MS);
    told_without_an_answer(&scene);
    take(&scene, &over);
    pass(&scene, MINUTE_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    close_scene(&scene);
}

static void test_a_beginning_that_was_never_sent(void **state)
{
    struct scene scene;
    const struct alert_record open = record_of(1), over = ended(1);
    (void)state;
    open_scene(&scene);
    meet(&scene);
    take(&scene, &open);
    assert_string_equal(told(&scene), "");
    take(&scene, &over);
    pass(&scene, MINUTE_MS);
    assert_string_equal(told(&scene), "");
    close_scene(&scene);
}

static void refuse(struct scene *scene, bool is_first)
{
    struct alertmanager_round round;
    assert_true(alertmanager_book_look(scene->book, &scene->moment, &round));
    assert_int_equal(round.count, 1);
    alertmanager_book_untold(scene->book, &round, 0, 1);
    assert_int_equal(alertmanager_book_refused(scene->book, &round, 0, &scene->moment), is_first);
}

/* An alert that is refused holds up neither the beginning nor the end of another. */
static void test_one_that_is_refused(void **state)
{
    struct scene scene;
    const struct alert_record refused = record_of(2), news = record_of(3), over = ended(1);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &refused);
    pass(&scene, SECOND_MS);
    refuse(&scene, true);
    take(&scene, &news);
    take(&scene, &over);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+3 VIOLATION");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    pass(&scene, HOUR_MS - 3 * SECOND_MS);
    assert_string_equal(told(&scene), "");
    pass(&scene, SECOND_MS);
    refuse(&scene, false);
    assert_string_equal(told(&scene), "");
    pass(&scene, HOUR_MS);
    assert_string_equal(told(&scene), "+2 VIOLATION");
    close_scene(&scene);
}

static void take_again(struct scene *scene)
{
    struct alert_record record = record_of(1);
    record.alert.revision = 2;
    take(scene, &record);
}

static void start_again(struct scene *scene)
{
    const int64_t now_ms = scene->moment.now_ms;
    assert_true(alertmanager_book_contact(scene->book, now_ms - SECOND_MS, now_ms));
}

static void try_refused(struct scene *scene)
{
    alertmanager_book_try_refused(scene->book);
}

static void test_what_lets_it_be_tried_again(void **state)
{
    static void (*const rows[])(struct scene *) = {take_again, start_again, try_refused};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        const struct alert_record record = record_of(1);
        open_scene(&scene);
        take(&scene, &record);
        meet(&scene);
        pass(&scene, SECOND_MS);
        refuse(&scene, true);
        assert_string_equal(told(&scene), "");
        rows[i](&scene);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "+1 VIOLATION");
        close_scene(&scene);
    }
}

static void test_an_end_that_is_refused(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1), other = record_of(2), other_over = ended(2);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &other);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+2 VIOLATION");
    take(&scene, &over);
    pass(&scene, SECOND_MS);
    refuse(&scene, true);
    take(&scene, &other_over);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-2 SCHOOL_STARTED");
    pass(&scene, HOUR_MS);
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

/* --- memory ------------------------------------------------------------------------------------------------------- */

static struct alert_record numbered(unsigned number)
{
    struct alert_record record = record_of((uint8_t)number);
    record.alert_id = (struct uuid){{(uint8_t)number, (uint8_t)(number >> 8), 7}};
    return record;
}

static void test_what_is_over_is_forgotten(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    for (unsigned number = 0; number < 5000; number++) { /* long ago, and lately */
        struct alert_record record = numbered(number);
        record.alert.state = ALERT_RESOLVED;
        record.alert.revision = 2;
        record.logged_at_ms = number % 2 == 0 ? NOON_MS - 15 * DAY_MS : NOON_MS;
        take(&scene, &record);
    }
    assert_int_equal(alertmanager_book_entry_count(scene.book), 2500);
    meet(&scene);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "");
    assert_int_equal(alertmanager_book_entry_count(scene.book), 0);
    close_scene(&scene);
}

static void test_what_was_told_of_is_forgotten_some_minutes_later(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    (void)state;
    open_scene(&scene);
    meet(&scene);
    for (int turn = 0; turn < 2; turn++) { /* they open, they end */
        for (unsigned number = 0; number < 5000; number++) {
            struct alert_record record = numbered(number);
            record.alert.state = turn == 0 ? ALERT_OPEN : ALERT_RESOLVED;
            record.alert.revision = (uint32_t)(turn + 1);
            take(&scene, &record);
        }
        pass(&scene, 10 * SECOND_MS);
        assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
        assert_int_equal(round.count, 5000);
        alertmanager_book_told(scene.book, &round, 0, round.count, &scene.moment);
        assert_int_equal(alertmanager_book_entry_count(scene.book), 5000);
        assert_int_equal(alertmanager_book_open_count(scene.book), turn == 0 ? 5000 : 0);
    }
    pass(&scene, 11 * MINUTE_MS);
    assert_false(alertmanager_book_contact(scene.book, scene.started_at_ms, scene.moment.now_ms));
    assert_string_equal(told(&scene), "");
    assert_int_equal(alertmanager_book_entry_count(scene.book), 0);
    close_scene(&scene);
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
        cmocka_unit_test(test_no_violation_ends_in_quiet_hours),
        cmocka_unit_test(test_but_a_notice_does_and_all_begins),
        cmocka_unit_test(test_nothing_is_told_of_what_came_back_in_quiet_hours),
        cmocka_unit_test(test_why_it_ends),
        cmocka_unit_test(test_a_forgotten_child),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_what_is_replaced_ends_after_what_takes_its_place),
        cmocka_unit_test(test_what_takes_its_place_in_quiet_hours),
        cmocka_unit_test(test_a_row_without_end),
        cmocka_unit_test(test_what_was_over_is_told_for_some_days),
        cmocka_unit_test(test_what_it_has_is_taken_over),
        cmocka_unit_test(test_what_it_has_with_the_same_words_is_left_alone),
        cmocka_unit_test(test_strangers_are_ended_as_they_are),
        cmocka_unit_test(test_what_is_no_alert),
        cmocka_unit_test(test_it_is_started_again),
        cmocka_unit_test(test_started_again_in_the_middle_of_news),
        cmocka_unit_test(test_started_again_while_news_never_ends),
        cmocka_unit_test(test_its_clock_is_set_back),
        cmocka_unit_test(test_an_end_that_was_not_answered),
        cmocka_unit_test(test_a_beginning_that_was_not_answered),
        cmocka_unit_test(test_a_beginning_that_was_never_sent),
        cmocka_unit_test(test_one_that_is_refused),
        cmocka_unit_test(test_what_lets_it_be_tried_again),
        cmocka_unit_test(test_an_end_that_is_refused),
        cmocka_unit_test(test_one_that_has_nothing),
        cmocka_unit_test(test_what_moved_while_both_were_away),
        cmocka_unit_test(test_what_is_told_anew_has_no_end_of_its_own),
        cmocka_unit_test(test_what_moved_while_notify_was_away),
        cmocka_unit_test(test_what_is_over_is_forgotten),
        cmocka_unit_test(test_what_was_told_of_is_forgotten_some_minutes_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
