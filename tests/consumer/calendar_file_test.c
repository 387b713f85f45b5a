/* Protects the reading of the school calendar: every mistake is said with its line and nothing is judged with half a
 * calendar; the one that is shipped is right; and an operator hears when it ends soon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/calendar_file.h"
#include "rules/fact.h"

#define HEADING "region,school_year,name,kind,from,to\n"

static struct day day_of(const char *text)
{
    struct day day = DAY_ABSENT;
    assert_true(day_parse(text, strlen(text), &day));
    return day;
}

/* Reads TEXT as a file; *ERRORS, to be freed, with "FILE" for its name. */
static struct calendar *read_text(const char *text, char **errors)
{
    char path[] = "/tmp/calendar-XXXXXX";
    size_t size;
    FILE *file = fdopen(mkstemp(path), "w"), *stream = open_memstream(errors, &size);
    fputs(text, file);
    fclose(file);
    struct calendar *calendar = calendar_file_read(path, stream);
    fclose(stream);
    unlink(path);
    for (char *at; (at = strstr(*errors, path)) != NULL;) {
        memcpy(at, "FILE", 4);
        memmove(at + 4, at + strlen(path), strlen(at + strlen(path)) + 1);
    }
    return calendar;
}

static void test_mistakes(void **state)
{
    static const struct {
        const char *text, *errors;
    } rows[] = {
        {"", "FILE: there are no rows\n"},
        {HEADING, "FILE:1: there are no rows\n"},
        {"NORTH,2025-2026,x,vacation,2025-01-01,2025-01-02\n",
         "FILE:1: the first line must be region,school_year,name,kind,from,to\n"},
        {"# comment\n\n" HEADING "WEST,2025-2026,x,vacation,2025-01-01,2025-01-02\n",
         "FILE:4: region \"WEST\" is not NORTH, MIDDLE, SOUTH or ALL\n"},
        {HEADING "north,2025-2026,x,vacation,2025-01-01,2025-01-02\n",
         "FILE:2: region \"north\" is not NORTH, MIDDLE, SOUTH or ALL\n"},
        {HEADING "ALL,2025-2026,x,holidays,2025-01-01,2025-01-02\n",
         "FILE:2: kind \"holidays\" is not vacation or holiday\n"},
        {HEADING "ALL,2025-2026,x,holiday,2025-02-29,2025-03-02\n",
         "FILE:2: from \"2025-02-29\" is not a date YYYY-MM-DD from 1900-01-01 to 2199-12-31\n"},
        {HEADING "ALL,2025-2026,x,holiday,2025-02-28,2025-3-2\n",
         "FILE:2: to \"2025-3-2\" is not a date YYYY-MM-DD from 1900-01-01 to 2199-12-31\n"},
        {HEADING "ALL,2025-2026,x,holiday,2025-02-28,2025-02-27\n",
         "FILE:2: to 2025-02-27 is before from 2025-02-28\n"},
        {HEADING "ALL,2025-2026,x,holiday,2025-02-28\n",
         "FILE:2: 5 columns, not 6: region,school_year,name,kind,from,to\n"},
        {HEADING "ALL,2025-2026,x,y,holiday,2025-02-28,2025-02-28\n",
         "FILE:2: 7 columns, not 6: region,school_year,name,kind,from,to\n"},
        {HEADING "WEST,,x,vacation,2025-01-01,2025-01-02\nALL,,x,day,2025-01-01,2025-01-02\n",
         "FILE:2: region \"WEST\" is not NORTH, MIDDLE, SOUTH or ALL\nFILE:3: kind \"day\" is not vacation or "
         "holiday\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *errors;
        assert_null(read_text(rows[i].text, &errors));
        assert_string_equal(errors, rows[i].errors);
        free(errors);
    }
}

/* Line ends of any system, no line end at the end, and ALL. */
static void test_right_file(void **state)
{
    char *errors;
    struct calendar *calendar = read_text("\xef\xbb\xbf# made by hand\r\nregion,school_year,name,kind,from,to\r\n"
                                          "ALL,2025-2026,christmas,vacation,2025-12-20,2026-01-04\r\n"
                                          "SOUTH,2025-2026,carnival,holiday,2026-02-16,2026-02-16",
                                          &errors);
    (void)state;
    assert_string_equal(errors, "");
    assert_non_null(calendar);
    for (int region = 0; region < REGION_COUNT; region++) {
        assert_true(calendar_in_vacation(calendar, (enum region)region, day_of("2025-12-20")));
        assert_true(calendar_in_vacation(calendar, (enum region)region, day_of("2026-01-04")));
        assert_false(calendar_in_vacation(calendar, (enum region)region, day_of("2026-01-05")));
        assert_int_equal(calendar_is_school_day(calendar, (enum region)region, day_of("2026-02-16")),
                         region != REGION_SOUTH);
    }
    assert_false(calendar_in_vacation(calendar, REGION_SOUTH, day_of("2026-02-16")));
    calendar_free(calendar);
    free(errors);
}

static void test_missing_file(void **state)
{
    char *errors;
    size_t size;
    FILE *stream = open_memstream(&errors, &size);
    (void)state;
    assert_null(calendar_file_read("/nonexistent/calendar.csv", stream));
    fclose(stream);
    assert_string_equal(errors, "/nonexistent/calendar.csv: No such file or directory\n");
    free(errors);
}

/* What is built in is the file in etc/. */
static void test_shipped(void **state)
{
    struct calendar *shipped = calendar_shipped(stderr);
    struct calendar *file = calendar_file_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", stderr);
    (void)state;
    assert_non_null(shipped);
    assert_non_null(file);
    assert_int_equal(calendar_hash(shipped), calendar_hash(file));
    calendar_free(shipped);
    calendar_free(file);
}

static void test_cover(void **state)
{
    static const struct {
        const char *today;
        bool ends_soon;
    } rows[] = {
        {"2025-12-01", false}, {"2026-05-07", false}, {"2026-05-08", true}, {"2026-07-05", true}, {"2030-01-01", true},
    };
    char *errors, text[CALENDAR_COVER_SIZE];
    struct calendar *calendar = read_text(HEADING "NORTH,,a,vacation,2026-07-06,2026-08-30\n"
                                                  "MIDDLE,,a,vacation,2026-07-05,2026-07-06\n"
                                                  "SOUTH,,a,vacation,2026-07-06,2026-08-30\n",
                                          &errors);
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%s\n", rows[i].today);
        assert_int_equal(calendar_cover_ends_soon(calendar, day_of(rows[i].today), text), rows[i].ends_soon);
    }
    assert_string_equal(
        text, "calendar: region MIDDLE is covered until 2026-07-06 only; days after it count as days of a term");
    calendar_free(calendar);
    free(errors);
    calendar = read_text(HEADING "NORTH,,a,vacation,2026-07-06,2030-08-30\nSOUTH,,a,vacation,2026-07-06,2030-08-30\n",
                         &errors);
    assert_true(calendar_cover_ends_soon(calendar, day_of("2026-01-01"), text));
    assert_string_equal(text, "calendar: region MIDDLE is covered by no row; its days count as days of a term");
    calendar_free(calendar);
    free(errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes), cmocka_unit_test(test_right_file), cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_shipped),  cmocka_unit_test(test_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
