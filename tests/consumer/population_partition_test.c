/* Protects that of a partition of the state topic each child is visited once, as its newest record has it, on the right
 * day; that nobody forgotten is visited; and that what can not be read is named by its offset, and only if it counts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/population_partition.h"
#include "schemas/state.h"

#define THREADS 4
#define MANY 20000
#define SOME 2000

static const struct day monday = {20000};
static atomic_int visited_on;     /* the number of a day */
static uint32_t facts_seen[MANY]; /* by number of child: those of its state, summed over its visits */
static atomic_int said;           /* by the visitor */

static struct text text_of(const char *text)
{
    return (struct text){text, (uint32_t)strlen(text)};
}

static enum visit visit(void *context, int thread, const struct child *child, struct day today)
{
    char id[ID_LENGTH_MAX + 1] = "";
    assert_true(context == facts_seen && thread >= 0 && thread < THREADS);
    memcpy(id, child->child_id.bytes, child->child_id.length);
    facts_seen[atoi(id)] += child->fact_count;
    atomic_store(&visited_on, today.number);
    return (enum visit)atomic_load(&said);
}

static struct population_question question(const char *only, struct day as_of)
{
    memset(facts_seen, 0, sizeof(facts_seen));
    atomic_store(&said, VISIT_GO_ON);
    return (struct population_question){
        .as_of = as_of, .only = text_of(only), .threads = THREADS, .visit = visit, .context = facts_seen};
}

static void put(struct population_partition *partition, int64_t offset, const char *key, const void *value,
                size_t length)
{
    const struct topic_record record = {.offset = offset, .key = text_of(key), .value = value, .length = length};
    assert_true(population_partition_put(partition, &record));
}

/* A state with so many facts; none: it was forgotten. */
static void put_state(struct population_partition *partition, int64_t offset, const char *key, uint32_t fact_count)
{
    static uint8_t bytes[65536];
    struct child child;
    assert_true(child_init(&child));
    child_reset(&child, text_of(key));
    for (uint32_t i = 0; i < fact_count; i++) {
        const struct fact fact = {.event_id.bytes = {[15] = (uint8_t)(i + 1)},
                                  .recorded_at_ms = 1,
                                  .occurred_on = monday,
                                  .birth_date = DAY_ABSENT,
                                  .applied_on = DAY_ABSENT,
                                  .school_id = text_of("school"),
                                  .kind = FACT_ENROLLED};
        assert_int_equal(child_apply(&child, &fact), APPLIED);
    }
    if (fact_count == 0)
        assert_true(child_forget(&child, 5));
    assert_true(state_size_bound(&child) <= sizeof(bytes));
    put(partition, offset, key, bytes, state_write(&child, bytes, sizeof(bytes)));
    child_fini(&child);
}

static void put_progress(struct population_partition *partition, int64_t offset, struct day judged_through)
{
    uint8_t bytes[PROGRESS_BYTES_MAX];
    const struct progress progress = {.judged_through = judged_through};
    put(partition, offset, PROGRESS_KEY, bytes, progress_write(&progress, bytes, sizeof(bytes)));
}

static void the_newest_record_counts(void **state)
{
    const struct population_question asked = question("", DAY_ABSENT);
    struct population_partition partition;
    (void)state;
    assert_true(population_partition_init(&partition, &asked));
    put_state(&partition, 0, "1", 1);
    put_state(&partition, 1, "2", 2);
    put_state(&partition, 2, "3", 3);
    put_state(&partition, 3, "4", 4);
    put_state(&partition, 4, "1", 5); /* newer */
    put(&partition, 5, "2", NULL, 0); /* gone */
    put_state(&partition, 6, "3", 0); /* forgotten */
    put(&partition, 7, "5", NULL, 0); /* never there */
    assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
    assert_int_equal(facts_seen[1], 5);
    assert_int_equal(facts_seen[2] + facts_seen[3] + facts_seen[5], 0);
    assert_int_equal(facts_seen[4], 4);
    assert_int_equal(population_partition_visited(&partition), 2);
    assert_int_equal(partition.unreadable.count, 0);

    population_partition_empty(&partition);
    put_state(&partition, 0, "6", 6);
    assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
    assert_int_equal(facts_seen[6], 6);
    assert_int_equal(facts_seen[1], 5);
    assert_int_equal(population_partition_visited(&partition), 3);
    population_partition_fini(&partition);
}

static void each_child_is_visited_once(void **state)
{
    const struct population_question asked = question("", DAY_ABSENT);
    struct population_partition partition;
    (void)state;
    assert_true(population_partition_init(&partition, &asked));
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            char key[16];
            snprintf(key, sizeof(key), "%d", i);
            put_state(&partition, round * MANY + i, key, 1);
        }
    assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(facts_seen[i], 1);
    assert_int_equal(population_partition_visited(&partition), MANY);
    population_partition_fini(&partition);
}

static void of_one_child_only_that_is_kept(void **state)
{
    const struct population_question asked = question("7", DAY_ABSENT);
    struct population_partition partition;
    (void)state;
    assert_true(population_partition_init(&partition, &asked));
    put_state(&partition, 0, "7", 1);
    put_state(&partition, 1, "77", 1);
    put(&partition, 2, "8", "damaged", 7); /* another's */
    assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
    assert_int_equal(facts_seen[7], 1);
    assert_int_equal(population_partition_visited(&partition), 1);
    assert_int_equal(partition.unreadable.count, 0);
    population_partition_fini(&partition);
}

static void today_is_the_later_day_unless_it_is_asked_for(void **state)
{
    static const struct {
        int as_of, clock, judged_through, today; /* 0: absent */
    } rows[] = {
        {0, 20000, 0, 20000},
        {0, 20000, 19990, 20000},
        {0, 20000, 20010, 20010},
        {19000, 19000, 20010, 19000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct population_question asked = question("", rows[i].as_of == 0 ? DAY_ABSENT
                                                                                 : (struct day){rows[i].as_of});
        struct population_partition partition;
        assert_true(population_partition_init(&partition, &asked));
        put_state(&partition, 0, "1", 1);
        put_progress(&partition, 1, (struct day){30000}); /* not the newest */
        put_progress(&partition, 2, rows[i].judged_through == 0 ? DAY_ABSENT : (struct day){rows[i].judged_through});
        assert_int_equal(population_partition_visit(&partition, (struct day){rows[i].clock}), VISIT_GO_ON);
        assert_int_equal(atomic_load(&visited_on), rows[i].today);
        assert_int_equal(partition.today.number, rows[i].today);
        population_partition_fini(&partition);
    }
}

static void what_can_not_be_read_is_named_if_it_counts(void **state)
{
    const struct population_question asked = question("", DAY_ABSENT);
    struct population_partition partition;
    (void)state;
    assert_true(population_partition_init(&partition, &asked));
    put(&partition, 0, "1", "damaged", 7);
    put_state(&partition, 1, "1", 1); /* takes its place */
    put(&partition, 2, PROGRESS_KEY, "damaged", 7);
    put_progress(&partition, 3, monday); /* takes its place */
    put_state(&partition, 4, "2", 1);
    put(&partition, 5, "2", "damaged", 7);
    put(&partition, 6, "no id", "x", 1);
    put(&partition, 7, "", "x", 1);
    assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
    assert_int_equal(population_partition_visited(&partition), 1);
    assert_int_equal(partition.unreadable.count, 3);
    assert_int_equal(partition.unreadable.offsets[0], 6);
    assert_int_equal(partition.unreadable.offsets[1], 7);
    assert_int_equal(partition.unreadable.offsets[2], 5);

    population_partition_empty(&partition);
    put_state(&partition, 0, "3", 1);
    put(&partition, 1, PROGRESS_KEY, NULL, 0);
    for (int i = 0; i < 2 * UNREADABLE_NAMED; i++)
        put(&partition, 2 + i, "no id", "x", 1);
    assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
    assert_int_equal(partition.unreadable.count, 2 * UNREADABLE_NAMED + 1);
    population_partition_fini(&partition);
}

/* Each thread may be with a child when another has enough. */
static void the_visitors_word_ends_it(void **state)
{
    static const enum visit words[] = {VISIT_ENOUGH, VISIT_NO_MEMORY};
    (void)state;
    for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
        const struct population_question asked = question("", DAY_ABSENT);
        struct population_partition partition;
        assert_true(population_partition_init(&partition, &asked));
        for (int i = 0; i < SOME; i++) {
            char key[12];
            snprintf(key, sizeof(key), "%d", i);
            put_state(&partition, i, key, 1);
        }
        atomic_store(&said, words[w]);
        assert_int_equal(population_partition_visit(&partition, monday), words[w]);
        assert_in_range(population_partition_visited(&partition), 1, THREADS);
        atomic_store(&said, VISIT_GO_ON);
        assert_int_equal(population_partition_visit(&partition, monday), VISIT_GO_ON);
        assert_in_range(population_partition_visited(&partition), SOME + 1, SOME + THREADS);
        population_partition_fini(&partition);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_newest_record_counts),
                                       cmocka_unit_test(each_child_is_visited_once),
                                       cmocka_unit_test(of_one_child_only_that_is_kept),
                                       cmocka_unit_test(today_is_the_later_day_unless_it_is_asked_for),
                                       cmocka_unit_test(what_can_not_be_read_is_named_if_it_counts),
                                       cmocka_unit_test(the_visitors_word_ends_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
