/* Protects from whatever answers in Alertmanager's place: what is no list of alerts is none, however it begins, and
 * what is to be tried again is told apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/alertmanager_answer.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void test_statuses(void **state)
{
    static const struct {
        long status;
        enum alertmanager_answer answer;
    } rows[] = {
        {200, ALERTMANAGER_OK},          {204, ALERTMANAGER_STRANGE},     {302, ALERTMANAGER_STRANGE},
        {400, ALERTMANAGER_REFUSED},     {401, ALERTMANAGER_DENIED},      {403, ALERTMANAGER_DENIED},
        {404, ALERTMANAGER_STRANGE},     {413, ALERTMANAGER_REFUSED},     {422, ALERTMANAGER_REFUSED},
        {429, ALERTMANAGER_UNAVAILABLE}, {500, ALERTMANAGER_UNAVAILABLE}, {503, ALERTMANAGER_UNAVAILABLE},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_int_equal(alertmanager_answer_of_status(rows[i].status), rows[i].answer);
}

static void test_when_it_was_started(void **state)
{
    static const struct {
        const char *bytes;
        int64_t ms; /* -1: it does not say */
    } rows[] = {
        {"{\"uptime\":\"1970-01-01T00:00:01.500Z\",\"config\":{}}", 1500},
        {"{\"uptime\":\"1970-01-01T01:00:01.500+01:00\"}", 1500},
        {"{\"uptime\":\"yesterday\"}", -1},
        {"{\"uptime\":7}", -1},
        {"{\"uptime\":null}", -1},
        {"{}", -1},
        {"[]", -1},
        {"", -1},
        {"<html>", -1},
        {"{\"uptime\":\"1970-01-01T00:00:01.500Z\"", -1},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        int64_t ms = -1;
        const bool is_read = alertmanager_read_started(rows[i].bytes, strlen(rows[i].bytes), &ms);
        assert_int_equal(is_read, rows[i].ms >= 0);
        assert_int_equal(ms, rows[i].ms);
    }
}

/* Takes so many, and then has enough. */
struct reader {
    size_t most, count;
};

static enum alertmanager_answer on_alert(void *context, const json_t *alert)
{
    struct reader *reader = context;
    assert_true(json_is_object(alert));
    return ++reader->count < reader->most ? ALERTMANAGER_OK : ALERTMANAGER_REFUSED;
}

static void test_lists(void **state)
{
    static const struct {
        const char *bytes;
        size_t count;
        enum alertmanager_answer answer;
    } rows[] = {
        {"[]", 0, ALERTMANAGER_OK},
        {" [ ] ", 0, ALERTMANAGER_OK},
        {"[{}]\n", 1, ALERTMANAGER_OK},
        {"[{\"a\":\"]\"},\n{\"b\":[1,{}]}]", 2, ALERTMANAGER_OK},
        {"[{},{},{},{}]", 3, ALERTMANAGER_REFUSED}, /* as the caller says after the third */
        {"", 0, ALERTMANAGER_STRANGE},
        {"{}", 0, ALERTMANAGER_STRANGE},
        {"[", 0, ALERTMANAGER_STRANGE},
        {"[1]", 0, ALERTMANAGER_STRANGE},
        {"[{}", 1, ALERTMANAGER_STRANGE},
        {"[{},", 1, ALERTMANAGER_STRANGE},
        {"[{}}", 1, ALERTMANAGER_STRANGE},
        {"[{},{\"a\":", 1, ALERTMANAGER_STRANGE},
        {"[{\"a\":\"\xff\"}]", 0, ALERTMANAGER_STRANGE},
        {"null", 0, ALERTMANAGER_STRANGE},
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        char why[ALERTMANAGER_WHY_SIZE] = "";
        struct reader reader = {.most = 3};
        assert_int_equal(alertmanager_read_list(rows[i].bytes, strlen(rows[i].bytes), on_alert, &reader, why),
                         rows[i].answer);
        assert_int_equal(reader.count, rows[i].count);
        assert_int_equal(why[0] != '\0', rows[i].answer == ALERTMANAGER_STRANGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_when_it_was_started),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
