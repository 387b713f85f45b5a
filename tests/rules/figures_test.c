/* Protects that no rule is left out of the figures, and from which level each counts. What is counted of children is
 * held against a second reading in tests/figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rules/figures.h"
#include "story.h"

static void every_rule_has_a_figure_of_its_own(void **state)
{
    static const char *const names[RULE_COUNT] = {"over_stay_norm", "over_school_norm", "interrupted_by_move",
                                                  "interrupted_otherwise", "moved_often"};
    (void)state;
    for (int i = 0; i < RULE_COUNT; i++) {
        assert_int_equal(figure_sorts[rules[i]->figure], FIGURE_STOCK);
        assert_string_equal(figure_names[rules[i]->figure], names[i]);
        assert_int_equal(rules[i]->figure_level, i == RULE_REPEATED_MOVES ? LEVEL_NOTICE : LEVEL_VIOLATION);
        for (int other = 0; other < i; other++)
            assert_int_not_equal(rules[i]->figure, rules[other]->figure);
    }
}

/* --- the first day on which a fact that is known takes effect ----------------------------------------------------- */

static void what_is_planned_next_is_told(void **state)
{
    static const struct {
        const char *facts, *planned;
    } rows[] = {
        {"2025-01-14 arrived e EMERGENCY NORTH", NULL},
        {"2025-01-14 arrived e EMERGENCY NORTH; 2025-06-01 departed", "2025-06-01"},
        {"2025-01-14 arrived e EMERGENCY NORTH; 2025-06-01 departed; 2025-05-01 enrolled s", "2025-05-01"},
        {"2025-01-14 arrived e EMERGENCY NORTH; 2025-06-01 departed; 2025-05-01 enrolled s retracted", "2025-06-01"},
        {"2025-01-14 arrived e EMERGENCY NORTH; 2025-05-01 enrolled s retracted", NULL},
    };
    static struct bench bench;
    static struct figures figures;
    static struct story story;
    (void)state;
    bench_init(&bench);
    assert_true(figures_init(&figures));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct yardstick yardstick = bench_yardstick(&bench, "2025-04-01");
        story_tell(&story, rows[i].facts);
        bench_begin(&bench);
        bench_apply(&bench, &story);
        assert_true(child_count(&bench.child, &yardstick, day_of("2025-01-01"), day_of("2025-12-31"), &figures));
        const struct day planned = rows[i].planned == NULL ? DAY_NEVER : day_of(rows[i].planned);
        assert_int_equal(figures.planned_on.number, planned.number);
    }
    figures_fini(&figures);
    bench_fini(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_a_figure_of_its_own),
        cmocka_unit_test(what_is_planned_next_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
