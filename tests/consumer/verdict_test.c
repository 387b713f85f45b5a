/* Protects that a partition whose group has no offsets starts from its own changelog, and not from that of another
 * group: the service it belongs to may be running. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/partition.h"

#define APPLIED 10 /* of each input, as the changelog has it */

static const struct {
    const char *group, *writer; /* NULL: the changelog is empty */
    int64_t committed;          /* of the last input; OFFSET_NONE: of all */
    bool accepted;
    enum verdict verdict;
} rows[] = {
    {"alerts", "alerts-one-0-1", APPLIED, false, VERDICT_CONTINUES},
    {"alerts", "alerts-one-0-1", OFFSET_NONE, false, VERDICT_GROUP_EMPTY},
    {"alerts", "alerts-one-0-1", OFFSET_NONE, true, VERDICT_GROUP_EMPTY},
    /* nobody's yet, or of an unknown writer */
    {"alerts", NULL, OFFSET_NONE, false, VERDICT_FIRST_START},
    {"alerts", "", OFFSET_NONE, false, VERDICT_GROUP_EMPTY},
    /* another's */
    {"test", "alerts-one-0-1", OFFSET_NONE, false, VERDICT_GROUP_DIFFERS},
    {"test", "alerts-one-0-1", OFFSET_NONE, true, VERDICT_GROUP_DIFFERS_ACCEPTED},
    {"alerts-test", "alerts-one-0-1", OFFSET_NONE, false, VERDICT_GROUP_DIFFERS},
    {"alerts", "alerts2-one-0-1", OFFSET_NONE, false, VERDICT_GROUP_DIFFERS},
    {"alerts", "Alerts-one-0-1", OFFSET_NONE, false, VERDICT_GROUP_DIFFERS},
    {"alerts", "alert", OFFSET_NONE, false, VERDICT_GROUP_DIFFERS},
    {"alerts", "alerts", OFFSET_NONE, false, VERDICT_GROUP_DIFFERS},
    /* a group with offsets took part: they decide */
    {"test", "alerts-one-0-1", APPLIED, false, VERDICT_CONTINUES},
    {"test", "alerts-one-0-1", APPLIED + 1, true, VERDICT_TORN},
    {"test", "alerts-one-0-1", APPLIED - 1, true, VERDICT_GROUP_BEHIND},
};

static struct partition partition_of(const char *writer, int64_t committed)
{
    struct partition partition;

    partition_init(&partition, 0);
    partition.has_progress = writer != NULL;
    partition.progress.judged_through = DAY_ABSENT;
    if (writer != NULL)
        partition.progress.transactional_id = (struct text){writer, (uint32_t)strlen(writer)};
    for (int i = 0; i < STATE_INPUTS; i++) {
        partition.progress.next_offset[i] = APPLIED;
        partition.broker.committed[i] = committed == OFFSET_NONE ? OFFSET_NONE : APPLIED;
        partition.broker.end[i] = 2 * APPLIED;
    }
    partition.broker.committed[STATE_INPUTS - 1] = committed;
    return partition;
}

static void test_groups(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct partition partition = partition_of(rows[i].writer, rows[i].committed);
        const struct machine_settings settings = {
            .group = rows[i].group, .cluster_id = "", .accept_other_group = rows[i].accepted};
        struct partition_start start = partition_verdict(&partition, &settings, (struct day){20000});

        print_message("row %zu: %s\n", i, verdict_names[start.verdict]);
        assert_string_equal(verdict_names[start.verdict], verdict_names[rows[i].verdict]);
        assert_int_equal(start.next_offset[0], rows[i].writer == NULL ? 0 : APPLIED);
        partition_fini(&partition);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_groups)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
