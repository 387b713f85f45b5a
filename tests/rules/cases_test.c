/* Protects the contract: every worked example of tests/cases (and of ../shared/cases where it stands beside the
 * repository) comes out of the core exactly, whatever the order and repetition of its events; and no change comes
 * unannounced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"
#include "tests/oracle/case_file.h"

#define CASES_AT_LEAST 80
#define SHUFFLES 20
#define SEED 20250717u

/* The case's configuration through the options of the core. */
static void configure(struct bench *bench, json_t *config)
{
    const char *name, *why;
    json_t *value;
    norms_init(&bench->norms);
    json_object_foreach(config, name, value)
    {
        const struct norm_option *option = norm_option_find(name);
        const char *text = json_is_string(value) ? json_string_value(value) : json_is_true(value) ? "true" : "false";
        assert_non_null(option);
        assert_true(norm_parse(&bench->norms, option, text, &why));
    }
}

static void alerts_are_expected(struct bench *bench, const struct case_file *file)
{
    const struct judgement *judgement = &bench->judgement;
    if (judgement->alert_count != file->alert_count)
        fail_msg("%s: %u alerts, expected %zu", file->name, judgement->alert_count, file->alert_count);
    for (size_t i = 0; i < file->alert_count; i++)
        if (!alert_same(&judgement->alerts[i], &file->alerts[i]))
            fail_msg("%s: alert %zu (%s) is another", file->name, i, rules[file->alerts[i].rule]->name);
}

static void ids_are_expected(struct bench *bench, const struct case_file *file)
{
    json_t *expected = json_object_get(file->json, "alerts");
    for (uint32_t i = 0; i < bench->judgement.alert_count; i++) {
        struct uuid id = alert_id(&bench->judgement.alerts[i], bench->child.child_id);
        char text[UUID_TEXT_SIZE];
        bool found = false;
        size_t at;
        json_t *alert;
        uuid_format(&id, text);
        json_array_foreach(expected, at, alert)
            found |= strcmp(json_string_value(json_object_get(alert, "alert_id")), text) == 0;
        if (!found)
            fail_msg("%s: no alert is expected with id %s", file->name, text);
    }
}

static void case_apply(struct bench *bench, const struct case_file *file, const size_t *order, size_t count)
{
    bench_begin(bench);
    for (size_t i = 0; i < count; i++) {
        struct fact version = file->versions[order[i]];
        fact_normalize(&version);
        child_apply(&bench->child, &version);
    }
}

/* Each event once and some of them twice, in any order. */
static size_t order_shuffled(size_t *order, size_t versions, unsigned *seed)
{
    size_t count = versions;
    for (size_t i = 0; i < versions; i++) {
        order[i] = i;
        if (rand_r(seed) % 2 == 0)
            order[count++] = i;
    }
    for (size_t i = count - 1; i > 0; i--) {
        size_t other = (size_t)rand_r(seed) % (i + 1), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    return count;
}

/* Between two announced changes every day says the same as the first of them. */
static void changes_are_announced(struct bench *bench, const struct case_file *file)
{
    static struct alert before[100];
    uint32_t before_count = 0;
    struct yardstick yardstick = {&bench->norms, bench->calendar, day_plus(file->as_of, -800), 30};
    struct day next = yardstick.today;
    for (; day_before(yardstick.today, day_plus(file->as_of, 800)); yardstick.today = day_plus(yardstick.today, 1)) {
        struct day announced = child_assess(&bench->child, &yardstick, &bench->judgement);
        if (day_before(yardstick.today, next)) {
            assert_int_equal(announced.number, next.number);
            assert_int_equal(bench->judgement.alert_count, before_count);
            for (uint32_t i = 0; i < before_count; i++)
                assert_true(alert_same(&bench->judgement.alerts[i], &before[i]));
        }
        next = announced;
        before_count = bench->judgement.alert_count;
        assert_true(before_count <= 100);
        memcpy(before, bench->judgement.alerts, before_count * sizeof(before[0]));
    }
}

static void case_check(struct bench *bench, const struct case_file *file)
{
    struct yardstick yardstick = {&bench->norms, bench->calendar, file->as_of, 30};
    unsigned seed = SEED;
    size_t order[200], count = file->version_count;
    assert_true(count <= 100);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (int shuffle = 0; shuffle <= SHUFFLES; shuffle++) {
        case_apply(bench, file, order, count);
        child_judge(&bench->child, &yardstick, &bench->judgement);
        alerts_are_expected(bench, file);
        ids_are_expected(bench, file);
        assert_int_equal(bench->judgement.change_count, file->alert_count);
        count = order_shuffled(order, file->version_count, &seed);
    }
    changes_are_announced(bench, file);
}

static int is_json(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

/* How many examples FOLDER holds; 0 where there is no such folder. */
static int folder_check(struct bench *bench, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_json, alphasort);
    if (count < 0)
        return 0;
    for (int i = 0; i < count; i++) {
        char path[4096];
        struct case_file file;
        snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        assert_true(case_read(&file, path));
        configure(bench, json_object_get(file.json, "config"));
        case_check(bench, &file);
        case_fini(&file);
        free(entries[i]);
    }
    free(entries);
    return count;
}

static void every_worked_example_comes_out(void **state)
{
    struct bench bench;
    (void)state;
    bench_init(&bench);
    printf("shuffled with seed %u\n", SEED);
    assert_true(folder_check(&bench, PROJECT_SOURCE_DIR "/tests/cases") >= CASES_AT_LEAST);
    printf("beside the repository: %d\n", folder_check(&bench, PROJECT_SOURCE_DIR "/../shared/cases"));
    bench_fini(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_worked_example_comes_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
