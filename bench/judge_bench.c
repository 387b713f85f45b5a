/* What it costs to judge a child with ten facts, and one with as many as a child may have. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "rules/child.h"

#define FACTS 10
#define BATCHES 20
#define JUDGED_FROM 20200

static struct calendar *six_years(void)
{
    struct calendar_row rows[30];
    for (int i = 0; i < 30; i++)
        rows[i] = (struct calendar_row){{true, i % 3 > 0, i % 2 == 0}, true, {19700 + 70 * i}, {19715 + 70 * i}};
    return calendar_new(rows, 30);
}

static struct fact fact_make(int i, struct day day, enum fact_kind kind)
{
    static const char *const places[] = {"a-1", "b-2", "c-3"};
    struct fact fact = {
        .event_id = {{(uint8_t)(i * 37), (uint8_t)(i >> 8), (uint8_t)i}},
        .recorded_at_ms = (int64_t)day.number * 86400000,
        .occurred_on = day,
        .birth_date = DAY_ABSENT,
        .applied_on = DAY_ABSENT,
        .kind = kind,
    };
    if (kind == FACT_ARRIVED || kind == FACT_MOVED)
        fact.place = (struct place){{places[i % 3], 3}, LOCATION_EMERGENCY, (enum region)(i % REGION_COUNT)};
    if (kind == FACT_ENROLLED || kind == FACT_WITHDRAWN)
        fact.school_id = (struct text){"school", 6};
    if (kind == FACT_ARRIVED)
        fact.birth_date = (struct day){JUDGED_FROM - 3700};
    return fact;
}

/* A life of COUNT facts, one every STEP days, that ends where judging begins. */
static void child_fill(struct child *child, int count, int step)
{
    static const enum fact_kind life[] = {FACT_ARRIVED, FACT_ENROLLED, FACT_MOVED, FACT_ENROLLED, FACT_WITHDRAWN};
    child_reset(child, (struct text){"child-1", 7});
    for (int i = 0; i < count; i++) {
        enum fact_kind kind = life[i % 5] == FACT_ARRIVED && i > 0 ? FACT_MOVED : life[i % 5];
        struct fact fact = fact_make(i, (struct day){JUDGED_FROM - (count - i) * step}, kind);
        child_apply(child, &fact);
    }
}

static double now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void assess(struct child *child, const struct yardstick *yardstick, struct judgement *judgement)
{
    child_assess(child, yardstick, judgement);
}

/* Nanoseconds a call of JUDGE, of the best of several batches: the others were disturbed by whatever else runs. The day
 * goes on, so that no two judgements are alike. */
static double best_ns(void (*judge)(struct child *, const struct yardstick *, struct judgement *), struct child *child,
                      struct yardstick *yardstick, struct judgement *judgement, int rounds)
{
    double best = 1e12;
    for (int batch = 0; batch < BATCHES; batch++) {
        double begin = now_ns();
        for (int i = 0; i < rounds; i++) {
            yardstick->today.number = JUDGED_FROM + i % 100;
            judge(child, yardstick, judgement);
        }
        double spent = (now_ns() - begin) / rounds;
        best = spent < best ? spent : best;
    }
    return best;
}

int main(void)
{
    struct norms norms;
    struct child child;
    struct judgement judgement;
    struct calendar *calendar = six_years();
    norms_init(&norms);
    if (calendar == NULL || !child_init(&child) || !judgement_init(&judgement))
        return EXIT_FAILURE;
    struct yardstick yardstick = {&norms, calendar, {0}, 30};

    child_fill(&child, FACTS, 20);
    printf("child_assess, 10 facts: %.0f ns\n", best_ns(assess, &child, &yardstick, &judgement, 100000));
    printf("child_judge, 10 facts: %.0f ns\n", best_ns(child_judge, &child, &yardstick, &judgement, 100000));
    child_fill(&child, CHILD_FACTS_MAX, 1);
    printf("child_assess, %d facts: %.0f ns\n", CHILD_FACTS_MAX, best_ns(assess, &child, &yardstick, &judgement, 20));

    judgement_fini(&judgement);
    child_fini(&child);
    calendar_free(calendar);
    return EXIT_SUCCESS;
}
