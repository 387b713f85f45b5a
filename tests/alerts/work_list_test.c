/* Protects what the work list counts: a child is one however many of its alerts come on a day, who is of age by then is
 * none, and no row gives one to four children away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/work_list.h"

#define TODAY ((struct day){20000}) /* 2024-10-04 */

struct entry {
    const char *child, *location;
    unsigned char cause;
    int day; /* from today */
    bool is_of_age;
    enum level level; /* 0: VIOLATION */
};

static struct calendar *calendar;

static struct text text_of(const char *text)
{
    return (struct text){text, (uint32_t)strlen(text)};
}

static void entry_add(struct work_list *list, const struct entry *entry)
{
    const struct alert alert = {
        .cause = {{entry->cause}},
        .rule = RULE_NO_SCHOOL,
        .level = entry->level == 0 ? LEVEL_VIOLATION : entry->level,
        .due_on = DAY_ABSENT,
        .place = {.location_id = text_of(entry->location), .kind = LOCATION_CENTRE, .region = REGION_NORTH}};
    assert_true(work_list_add(list, &alert, &alert.place, day_plus(TODAY, entry->day), text_of(entry->child),
                              !entry->is_of_age));
}

/* Who is where on the ten days after today: so many at each of the locations, each letter one. */
static struct tally *tally_of(const char *letters)
{
    struct tally *tally = tally_new((struct day){1}, (struct day){11}, calendar);
    for (uint64_t number = 0; letters[number] != '\0'; number++) {
        struct figure_span span = {
            .figure = FIGURE_CHILDREN,
            .from = {1},
            .until = {11},
            .place = {.location_id = {&letters[number], 1}, .kind = LOCATION_CENTRE, .region = REGION_NORTH}};
        assert_true(tally_add(tally, &(struct figures){.spans = &span, .count = 1}, number));
    }
    tally_finish(tally);
    return tally;
}

static void is_written(const char *where, const struct entry *entries, size_t count, bool exact, const char *expected)
{
    struct work_list list = {0}, rest = {0};
    struct tally *tally = tally_of(where);
    const struct report report = {.by = GROUPING_LOCATION,
                                  .from = day_plus(TODAY, 1),
                                  .to = day_plus(TODAY, 10),
                                  .today = TODAY,
                                  .exact = exact,
                                  .tally = tally};
    char *written = NULL;
    size_t size;
    for (size_t i = 0; i < count; i++) /* a child's are in one of the lists */
        entry_add(strcmp(entries[i].child, "k") < 0 ? &list : &rest, &entries[i]);
    assert_true(work_list_add_list(&list, &rest));
    FILE *out = open_memstream(&written, &size), *notes = fopen("/dev/null", "w");
    assert_true(work_list_csv_write(out, notes, &list, &report));
    fclose(out);
    fclose(notes);
    assert_string_equal(strchr(written, '\n') + 1, expected);
    free(written);
    tally_free(tally);
    work_list_fini(&list);
    work_list_fini(&rest);
}

static void a_child_counts_once(void **state)
{
    static const struct entry entries[] = {
        {"c", "a", 1, 2, false, 0}, {"c", "a", 2, 2, false, 0}, {"c", "a", 3, 3, false, 0},
        {"d", "a", 4, 2, false, 0}, {"x", "a", 5, 2, false, 0}, {"y", "a", 6, 2, true, 0},
    };
    (void)state;
    is_written("aaaaa", entries, sizeof(entries) / sizeof(entries[0]), false,
               "2024-10-06,a,no-school,VIOLATION,3\n"
               "2024-10-07,a,no-school,VIOLATION,1\n");
}

static void each_level_of_a_child_counts(void **state)
{
    static const struct entry entries[] = {
        {"c", "a", 1, 2, false, LEVEL_VIOLATION},
        {"c", "a", 2, 2, false, LEVEL_SEVERE},
        {"c", "a", 3, 2, false, LEVEL_SEVERE},
    };
    (void)state;
    is_written("aaaaa", entries, sizeof(entries) / sizeof(entries[0]), false,
               "2024-10-06,a,no-school,VIOLATION,1\n"
               "2024-10-06,a,no-school,SEVERE,1\n");
}

static void small_groups_are_merged(void **state)
{
    static const struct entry entries[] = {
        {"c", "a", 1, 1, false, 0},
        {"d", "b", 2, 1, false, 0},
        {"e", "c", 3, 1, false, 0},
        {"f", "z", 4, 1, false, 0},
    };
    (void)state;
    is_written("aaabbzzzzzz", entries, 2, false, "2024-10-05,other,no-school,VIOLATION,2\n");
    is_written("aaabbcczzzzzz", entries, 4, false,
               "2024-10-05,z,no-school,VIOLATION,1\n"
               "2024-10-05,other,no-school,VIOLATION,3\n");
    is_written("aabb", entries, 2, false, ""); /* withheld */
}

static void exact_lists_every_alert(void **state)
{
    static const struct entry entries[] = {
        {"y", "b", 6, 2, true, 0}, {"c", "a", 1, 2, false, 0}, {"c", "a", 1, 1, false, 0}};
    (void)state;
    is_written("ab", entries, sizeof(entries) / sizeof(entries[0]), true,
               "2024-10-05,a,no-school,VIOLATION,1,c,5c12b9ba-9f7d-5572-a2b5-3a23f894a38c,\n"
               "2024-10-06,a,no-school,VIOLATION,1,c,5c12b9ba-9f7d-5572-a2b5-3a23f894a38c,\n"
               "2024-10-06,b,no-school,VIOLATION,1,y,16e21e90-210a-5565-b6ba-dddbede302ee,\n");
}

static int set_up(void **state)
{
    (void)state;
    calendar = calendar_new(NULL, 0);
    return calendar == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    calendar_free(calendar);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_counts_once),
        cmocka_unit_test(each_level_of_a_child_counts),
        cmocka_unit_test(small_groups_are_merged),
        cmocka_unit_test(exact_lists_every_alert),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
