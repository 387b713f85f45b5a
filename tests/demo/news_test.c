/* Protects what the demo says beside the alerts: why there are suddenly more of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/demo_news.h"
#include "tests/support/calendar_csv.h"

static struct day day(int year, int month, int of_month)
{
    return day_from_civil((struct civil_date){year, month, of_month});
}

static void test_news(void **state)
{
    (void)state;
    static struct demo_sites sites;
    struct norms norms;
    char text[NEWS_SIZE];
    norms_init(&norms);
    demo_sites_init(&sites, 1);
    struct {
        struct day day;
        const char *news;
    } rows[] = {
        {day(2025, 4, 1), ""},
        {day(2025, 7, 1), "12 emergency sites closed"},
        {day(2025, 9, 15), "3 emergency sites became regular"},
        {day(2026, 6, 12), "from today the norm for school is 2 months"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text[0] = '\0';
        assert_int_equal(news_of_day(&sites, &norms, rows[i].day, text), rows[i].news[0] != '\0');
        assert_string_equal(text, rows[i].news);
    }
}

static void test_vacations(void **state)
{
    (void)state;
    struct calendar_row *rows;
    size_t count;
    char text[NEWS_SIZE];
    assert_true(calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count));
    struct calendar *calendar = calendar_new(rows, count);
    news_vacations(calendar, day(2025, 4, 1), text);
    assert_string_equal(text, "");
    news_vacations(calendar, day(2025, 7, 12), text);
    assert_string_equal(text, "school vacation: NORTH, SOUTH");
    news_vacations(calendar, day(2025, 8, 1), text);
    assert_string_equal(text, "school vacation: MIDDLE, NORTH, SOUTH");
    calendar_free(calendar);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_news),
        cmocka_unit_test(test_vacations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
