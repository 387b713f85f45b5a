/* Protects that whatever two alerts differ in is told: a difference without words is an explanation that says nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "alerts/alert_field.h"

/* Days as so many after the first row's day of raising; NONE is no day. */
#define NONE (INT32_MIN)

struct row {
    enum level level;
    enum alert_state state;
    int32_t raised_on, violation_on, due_on, resolved_on;
    enum resolution resolution;
    int norm_months;
    struct place place;
    enum answer unaccompanied;
    int fields;
    const char *words;
};

/* clang-format off */
#define AT(id, kind, region) {{id, 3}, LOCATION_##kind, REGION_##region}
#define LEVELS(level, state) LEVEL_##level, ALERT_##state
#define ENDS(day, resolution) day, RESOLUTION_##resolution
static const struct row rows[] = {
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN, 0, ""},
    {LEVELS(SEVERE, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "severe instead of violation"},
    {LEVELS(VIOLATION, OPEN), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "still open"},
    {LEVELS(VIOLATION, OPEN), 0, 30, 29, ENDS(NONE, NONE), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     3, "still open"},
    {LEVELS(VIOLATION, RESOLVED), 1, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "raised on 5 October 2024"},
    {LEVELS(VIOLATION, RESOLVED), 0, 31, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "over the norm from 4 November 2024"},
    {LEVELS(VIOLATION, RESOLVED), 0, NONE, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "not over the norm"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 30, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "last day within the norm 3 November 2024"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 2, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "a norm of 2 months"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(41, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "ended on 14 November 2024 (left reception)"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, TURNED_18), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "ended on 13 November 2024 (came of age)"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(41, TURNED_18), 3, AT("azc", CENTRE, NORTH), ANSWER_UNKNOWN,
     2, "ended on 14 November 2024 (came of age)"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("noo", CENTRE, NORTH), ANSWER_UNKNOWN,
     1, "at noo, asylum seekers' centre, North"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", EMERGENCY, NORTH), ANSWER_UNKNOWN,
     1, "at azc, emergency reception, North"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, SOUTH), ANSWER_UNKNOWN,
     1, "at azc, asylum seekers' centre, South"},
    {LEVELS(VIOLATION, RESOLVED), 0, 30, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_YES,
     1, "unaccompanied"},
    {LEVELS(NOTICE, RESOLVED), 0, NONE, 29, ENDS(40, DEPARTED), 3, AT("azc", CENTRE, NORTH), ANSWER_NO,
     3, "notice instead of violation, not over the norm, not unaccompanied"},
};
/* clang-format on */

static struct day day_after(int32_t days)
{
    return days == NONE ? DAY_ABSENT : (struct day){20000 + days}; /* 4 October 2024 */
}

static struct alert alert_of(const struct row *row)
{
    return (struct alert){.level = row->level,
                          .state = row->state,
                          .raised_on = day_after(row->raised_on),
                          .violation_on = day_after(row->violation_on),
                          .due_on = day_after(row->due_on),
                          .resolved_on = day_after(row->resolved_on),
                          .resolution = row->resolution,
                          .norm_months = row->norm_months,
                          .place = row->place,
                          .unaccompanied = row->unaccompanied};
}

static void each_difference_is_told_once(void **state)
{
    const struct alert alert = alert_of(&rows[0]);
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct alert otherwise = alert_of(&rows[i]);
        char words[WORDS_SIZE];
        int fields = 0;
        for (int field = 0; field < ALERT_FIELD_COUNT; field++)
            fields += !alert_fields[field].equal(&alert, &otherwise);
        assert_int_equal(fields, rows[i].fields);
        assert_int_equal(fields == 0, alert_same(&alert, &otherwise));
        assert_string_equal(difference_words(LANGUAGE_ENGLISH, &alert, &otherwise, words), rows[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_difference_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
