/* Protects that nothing that anybody is told of ends in quiet hours, and everything else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alertmanager_scene.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_violation_ends_in_quiet_hours),
        cmocka_unit_test(test_but_a_notice_does_and_all_begins),
        cmocka_unit_test(test_nothing_is_told_of_what_came_back_in_quiet_hours),
        cmocka_unit_test(test_what_takes_its_place_in_quiet_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
