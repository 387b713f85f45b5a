#include "alertmanager_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void open_scene(struct scene *scene)
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

void close_scene(struct scene *scene)
{
    alertmanager_book_free(scene->book);
}

void take(struct scene *scene, const struct alert_record *record)
{
    assert_true(alertmanager_book_take(scene->book, record, scene->moment.now_ms));
}

void meet(struct scene *scene)
{
    alertmanager_book_begin(scene->book);
    assert_true(alertmanager_book_meet(scene->book, scene->started_at_ms, &scene->moment));
}

void pass(struct scene *scene, int64_t ms)
{
    scene->moment.now_ms += ms;
    scene->moment.recent_since_ms += ms;
    scene->moment.digest_since_ms += ms;
}

const char *told(struct scene *scene)
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

struct alert_record ended(uint8_t number)
{
    struct alert_record record = record_of(number);
    record.alert.state = ALERT_RESOLVED;
    record.alert.resolution = RESOLUTION_SCHOOL_STARTED;
    record.alert.resolved_on = TODAY;
    record.alert.revision = 2;
    return record;
}

struct alert_record replaced(uint8_t number, uint8_t by)
{
    struct alert_record record = ended(number);
    record.alert.state = ALERT_WITHDRAWN;
    record.alert.resolution = RESOLUTION_CORRECTED;
    record.replaced_by = id_of(by);
    return record;
}

void open_told(struct scene *scene, uint8_t number)
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
