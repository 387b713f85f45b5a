/* Protects the evaluation of heaps of events: facts find their child whatever order, thread or id they come with,
 * alerts come out in the order that is promised, bad lines keep their numbers, and what does not fit is counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/calendar_file.h"
#include "consumer/evaluation.h"
#include "rules/rule.h"

static struct norms norms;
static struct yardstick yardstick = {.norms = &norms};

static int set_up(void **state)
{
    (void)state;
    norms_init(&norms);
    yardstick.calendar = calendar_shipped(stderr);
    return !day_parse("2025-09-01", 10, &yardstick.today) || yardstick.calendar == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    calendar_free((struct calendar *)yardstick.calendar);
    return 0;
}

/* --- events ------------------------------------------------------------------------------------------------------- */

static struct uuid uuid_of(uint32_t number)
{
    struct uuid uuid = {{0}};
    for (int i = 0; i < 4; i++)
        uuid.bytes[15 - i] = (uint8_t)(number >> 8 * i);
    return uuid;
}

/* Arrived in emergency reception in January 2025 and not in school: an emergency-stay and a no-school by September. */
static struct event arrival(const char *child_id, uint32_t number)
{
    struct event event = {.child_id = {child_id, (uint32_t)strlen(child_id)}};
    event.fact = (struct fact){.event_id = uuid_of(number),
                               .birth_date = DAY_ABSENT,
                               .applied_on = DAY_ABSENT,
                               .place = {{"site", 4}, LOCATION_EMERGENCY, REGION_NORTH},
                               .kind = FACT_ARRIVED};
    assert_true(day_parse("2025-01-14", 10, &event.fact.occurred_on));
    event.fact.recorded_at_ms = event.fact.first_recorded_at_ms = event.fact.occurred_on.number * INT64_C(86400000);
    return event;
}

struct shown {
    char *text;
    size_t size;
    FILE *out;
};

static void show(void *context, const struct alert_record *alert)
{
    struct shown *shown = context;
    char line[ALERT_JSON_BYTES_MAX];
    fwrite(line, 1, alert_record_write_json(alert, false, line, sizeof(line)), shown->out);
    fputc('\n', shown->out);
}

static char *alerts_of(struct evaluation *evaluation, int threads)
{
    struct shown shown;
    shown.out = open_memstream(&shown.text, &shown.size);
    assert_true(evaluation_run(evaluation, &yardstick, threads, show, &shown));
    fclose(shown.out);
    return shown.text;
}

/* --- order -------------------------------------------------------------------------------------------------------- */

struct last {
    char child_id[ID_LENGTH_MAX + 1];
    const char *rule;
    size_t count;
};

static void check_order(void *context, const struct alert_record *alert)
{
    struct last *last = context;
    char id[ID_LENGTH_MAX + 1] = "";
    memcpy(id, alert->child_id.bytes, alert->child_id.length);
    const int order = strcmp(last->child_id, id);
    assert_true(order <= 0);
    if (order == 0)
        assert_true(strcmp(last->rule, rules[alert->alert.rule]->name) < 0);
    strcpy(last->child_id, id);
    last->rule = rules[alert->alert.rule]->name;
    last->count++;
}

/* Ids that are alike for long, that begin each other, and that are longer than what is compared first. */
static void test_ids_of_every_sort(void **state)
{
    static const char *const ids[] = {
        "b",
        "a",
        "aa",
        "child-00000000000000000000000000000000000000000000000000000000b",
        "child-00000000000000000000000000000000000000000000000000000000a",
        "child-000000000",
        "child-00000000000",
        "child-0000000000",
        "child-000000000000",
        "child-0000000000-",
        "0123456789abcdef",
        "0123456789abcde",
        "0123456789abcdefg",
        ".",
        "Z",
    };
    const size_t count = sizeof(ids) / sizeof(ids[0]);
    struct evaluation *evaluation = evaluation_new();
    struct last last = {.rule = ""};
    (void)state;
    for (uint32_t round = 0; round < 3; round++) /* the same fact again, among others' */
        for (size_t i = 0; i < count; i++) {
            const struct event event = arrival(ids[i], (uint32_t)i + 1);
            assert_true(evaluation_add(evaluation, &event));
        }
    assert_true(evaluation_run(evaluation, &yardstick, 3, check_order, &last));
    assert_int_equal(last.count, 2 * count);
    assert_int_equal(evaluation_child_count(evaluation), count);
    assert_int_equal(evaluation_event_count(evaluation), 3 * count);
    evaluation_free(evaluation);
}

static void test_nothing(void **state)
{
    struct evaluation *evaluation = evaluation_new();
    struct last last = {.rule = ""};
    (void)state;
    assert_true(evaluation_run(evaluation, &yardstick, 2, check_order, &last));
    assert_int_equal(last.count, 0);
    evaluation_free(evaluation);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

#define CHILDREN 3000

/* Lines of many children; every seventh is none, and some are blank. */
static char *make_lines(size_t *length)
{
    char *text = malloc(CHILDREN * 800), *at = text;
    for (uint32_t i = 0; i < CHILDREN; i++) {
        char id[24];
        snprintf(id, sizeof(id), "child-%u", i * 7919 % CHILDREN);
        const struct event event = arrival(id, i + 1);
        at += i % 7 == 3 ? (size_t)sprintf(at, "{\"no\": \"event\"}") : event_write_json(&event, at, 700);
        *at++ = '\n';
        if (i % 5 == 0)
            at += sprintf(at, " \r\n");
    }
    *length = (size_t)(at - text);
    return text;
}

static void note_line(void *context, size_t line, const struct finding *finding)
{
    (void)finding;
    fprintf(((struct shown *)context)->out, "%zu\n", line);
}

/* The lines have one name that no event has: "no", first on line 5. Slices may tell of it again, never before that. */
static void note_name(void *context, size_t line, const char *name)
{
    (void)context;
    assert_string_equal(name, "no");
    assert_true(line >= 5);
}

static char *evaluate_lines(const char *text, size_t length, int threads, char **bad)
{
    struct evaluation *evaluation = evaluation_new();
    struct shown shown;
    const struct line_listener listener = {note_line, note_name, &shown};
    size_t lines = 0;
    shown.out = open_memstream(&shown.text, &shown.size);
    assert_true(evaluation_add_lines(evaluation, text, length, threads, &lines, &listener));
    fclose(shown.out);
    *bad = shown.text;
    assert_int_equal(lines, CHILDREN + CHILDREN / 5);
    char *alerts = alerts_of(evaluation, threads);
    evaluation_free(evaluation);
    return alerts;
}

static void test_threads_change_nothing(void **state)
{
    size_t length;
    char *text = make_lines(&length), *bad;
    char *alerts = evaluate_lines(text, length, 1, &bad);
    (void)state;
    assert_true(strlen(alerts) > 100000);
    assert_int_equal(strncmp(bad, "5\n13\n22\n", 8), 0);
    for (int threads = 2; threads <= 9; threads++) {
        char *other_bad, *other = evaluate_lines(text, length, threads, &other_bad);
        assert_string_equal(other, alerts);
        assert_string_equal(other_bad, bad);
        free(other);
        free(other_bad);
    }
    free(alerts);
    free(bad);
    free(text);
}

/* Fewer lines than threads, no line end at the end, nothing at all. */
static void test_short_texts(void **state)
{
    static const struct {
        const char *text;
        size_t lines;
        const char *bad;
    } rows[] = {
        {"", 0, ""},   {"x", 1, "11\n"}, {"x\n", 1, "11\n"}, {"x\ny", 2, "11\n12\n"}, {"\n\nx\n", 3, "13\n"},
        {"\n", 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (int threads = 1; threads < 8; threads++) {
            struct evaluation *evaluation = evaluation_new();
            struct shown shown;
            const struct line_listener listener = {note_line, note_name, &shown};
            size_t lines = 10;
            shown.out = open_memstream(&shown.text, &shown.size);
            assert_true(
                evaluation_add_lines(evaluation, rows[i].text, strlen(rows[i].text), threads, &lines, &listener));
            fclose(shown.out);
            assert_int_equal(lines, 10 + rows[i].lines);
            assert_string_equal(shown.text, rows[i].bad);
            free(shown.text);
            evaluation_free(evaluation);
        }
}

/* --- more --------------------------------------------------------------------------------------------------------- */

/* What is added after a run counts in the next. */
static void test_goes_on(void **state)
{
    struct evaluation *evaluation = evaluation_new();
    struct event event = arrival("a", 1);
    (void)state;
    assert_true(evaluation_add(evaluation, &event));
    free(alerts_of(evaluation, 1));
    assert_int_equal(evaluation_child_count(evaluation), 1);
    event = arrival("b", 1);
    assert_true(evaluation_add(evaluation, &event));
    char *alerts = alerts_of(evaluation, 2);
    assert_int_equal(evaluation_child_count(evaluation), 2);
    assert_non_null(strstr(alerts, "\"child_id\":\"b\""));
    free(alerts);
    evaluation_free(evaluation);
}

static void test_too_many_facts(void **state)
{
    struct evaluation *evaluation = evaluation_new();
    (void)state;
    for (uint32_t i = 0; i < CHILD_FACTS_MAX + 5; i++) {
        const struct event event = arrival("a", i + 1);
        assert_true(evaluation_add(evaluation, &event));
    }
    free(alerts_of(evaluation, 1));
    assert_int_equal(evaluation_left_out(evaluation), 5);
    free(alerts_of(evaluation, 2));
    assert_int_equal(evaluation_left_out(evaluation), 5);
    evaluation_free(evaluation);
}

/* --- one child ---------------------------------------------------------------------------------------------------- */

static enum visit note_child(void *context, int thread, const struct child *child)
{
    (void)thread;
    assert_int_equal(child->fact_count, 2);
    ++*(int *)context;
    assert_true(text_equal(child->child_id, (struct text){"b", 1}));
    return VISIT_GO_ON;
}

static void test_only_one_child_is_kept(void **state)
{
    struct evaluation *evaluation = evaluation_new();
    int visits = 0;
    const struct evaluation_visitor visitor = {.visit = note_child, .context = &visits};
    (void)state;
    evaluation_keep_only(evaluation, (struct text){"b", 1});
    for (uint32_t i = 0; i < 6; i++) {
        const struct event event = arrival((const char *[]){"a", "b", "bb"}[i % 3], i);
        assert_true(evaluation_add(evaluation, &event));
    }
    assert_int_equal(evaluation_visit(evaluation, 3, &visitor), VISIT_GO_ON);
    assert_int_equal(visits, 1);
    assert_int_equal(evaluation_child_count(evaluation), 1);
    assert_int_equal(evaluation_event_count(evaluation), 2);
    evaluation_free(evaluation);
}

/* --- the visitor's last word ---------------------------------------------------------------------------------------
 */

struct stopping {
    enum visit says; /* at the third child, or at the end of the round */
    bool in_round;
    int visits, rounds;
};

static enum visit count_child(void *context, int thread, const struct child *child)
{
    struct stopping *stopping = context;
    (void)thread;
    (void)child;
    return ++stopping->visits == 3 && !stopping->in_round ? stopping->says : VISIT_GO_ON;
}

static enum visit count_round(void *context)
{
    struct stopping *stopping = context;
    stopping->rounds++;
    return stopping->in_round ? stopping->says : VISIT_GO_ON;
}

static void test_whoever_has_enough_is_told_no_more(void **state)
{
    struct evaluation *evaluation = evaluation_new();
    (void)state;
    for (uint32_t i = 0; i < 3000; i++) {
        char id[16];
        snprintf(id, sizeof(id), "child-%u", i);
        const struct event event = arrival(id, i);
        assert_true(evaluation_add(evaluation, &event));
    }
    for (int row = 0; row < 4; row++) {
        struct stopping stopping = {.says = row % 2 == 0 ? VISIT_ENOUGH : VISIT_NO_MEMORY, .in_round = row >= 2};
        const struct evaluation_visitor visitor = {count_child, count_round, &stopping};
        assert_int_equal(evaluation_visit(evaluation, 1, &visitor), stopping.says);
        assert_int_equal(stopping.visits, stopping.in_round ? 3000 : 3);
        assert_int_equal(stopping.rounds, stopping.in_round ? 1 : 0);
    }
    evaluation_free(evaluation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_of_every_sort),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_threads_change_nothing),
        cmocka_unit_test(test_short_texts),
        cmocka_unit_test(test_goes_on),
        cmocka_unit_test(test_too_many_facts),
        cmocka_unit_test(test_only_one_child_is_kept),
        cmocka_unit_test(test_whoever_has_enough_is_told_no_more),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
