#include "consumer/demo_figures.h"

#include <stdlib.h>

#include "rules/figures.h"

/* The events of one child, and what of them is counted. */
struct resident {
    uint32_t first, end;   /* of its events in `order` */
    uint32_t counted;      /* of them, those counted */
    struct day counted_on; /* the today they were counted with */
    struct day planned_on; /* the first day after it on which a fact known then takes effect, or DAY_NEVER */
};

struct demo_figures {
    const struct demo_population *population;
    struct yardstick yardstick; /* its today is the last day advanced to */
    size_t sent;
    uint32_t *order; /* the events' numbers, those of a child together and as they were sent */
    struct resident *residents;
    struct child child;
    struct figures counting;
    /* Differences from each day to the next, of each region: of a figure, and of the first days of the stays that
     * FIGURE_EMERGENCY_DAYS counts from. */
    int64_t figures[FIGURE_COUNT][REGION_COUNT][DEMO_DAYS + 1];
    int64_t since[REGION_COUNT][DEMO_DAYS + 1];
};

/* --- the events of each child ------------------------------------------------------------------------------------- */

/* Ids stand in one array, in the order in which children came about. */
static uint32_t resident_of(const struct demo_population *population, size_t event)
{
    const char *id = population->events[event].child_id.bytes;
    return (uint32_t)((size_t)(id - population->child_ids[0]) / DEMO_CHILD_ID_SIZE);
}

/* Counting sort: how many events each child has, where they begin, then each to its place. */
static void sort_events(struct demo_figures *figures)
{
    const struct demo_population *population = figures->population;
    struct resident *residents = figures->residents;
    for (size_t i = 0; i < population->event_count; i++)
        residents[resident_of(population, i)].end++;
    for (uint32_t r = 0, next = 0; r < population->child_count; r++) {
        residents[r].first = next;
        next += residents[r].end;
        residents[r].end = residents[r].first;
        residents[r].planned_on = DAY_NEVER;
    }
    for (size_t i = 0; i < population->event_count; i++)
        figures->order[residents[resident_of(population, i)].end++] = (uint32_t)i;
}

struct demo_figures *demo_figures_new(const struct demo_population *population, const struct norms *norms,
                                      const struct calendar *calendar)
{
    struct demo_figures *figures = calloc(1, sizeof(*figures));
    if (figures == NULL)
        return NULL;
    figures->population = population;
    figures->yardstick = (struct yardstick){.norms = norms, .calendar = calendar, .today = DAY_FIRST};
    figures->order = calloc(population->event_count + 1, sizeof(*figures->order));
    figures->residents = calloc(population->child_count + 1, sizeof(*figures->residents));
    const bool has_memory = child_init(&figures->child) && figures_init(&figures->counting);
    if (!has_memory || figures->order == NULL || figures->residents == NULL) {
        demo_figures_free(figures);
        return NULL;
    }
    sort_events(figures);
    return figures;
}

void demo_figures_free(struct demo_figures *figures)
{
    if (figures == NULL)
        return;
    child_fini(&figures->child);
    figures_fini(&figures->counting);
    free(figures->order);
    free(figures->residents);
    free(figures);
}

/* --- counting ----------------------------------------------------------------------------------------------------- */

static void add_difference(int64_t *days, const struct figure_span *span, int64_t by)
{
    days[span->from.number - DEMO_START.number] += by;
    days[span->until.number - DEMO_START.number] -= by;
}

/* Counts what is known of a child in (+1) or out (-1), over all days of the demo. */
static bool count(struct demo_figures *figures, const struct resident *resident, int64_t sign)
{
    const struct demo_population *population = figures->population;
    struct yardstick yardstick = figures->yardstick;
    yardstick.today = resident->counted_on;
    child_reset(&figures->child, population->events[figures->order[resident->first]].child_id);
    for (uint32_t i = 0; i < resident->counted; i++)
        child_apply(&figures->child, &population->events[figures->order[resident->first + i]].fact);
    if (!child_count(&figures->child, &yardstick, DEMO_START, day_plus(DEMO_END, 1), &figures->counting))
        return false;
    for (uint32_t i = 0; i < figures->counting.count; i++) {
        const struct figure_span *span = &figures->counting.spans[i];
        add_difference(figures->figures[span->figure][span->place.region], span, sign);
        if (span->figure == FIGURE_EMERGENCY_DAYS)
            add_difference(figures->since[span->place.region], span, sign * span->since.number);
    }
    return true;
}

static bool count_again(struct demo_figures *figures, struct resident *resident)
{
    const struct day today = figures->yardstick.today;
    uint32_t known = resident->counted;
    while (resident->first + known < resident->end && figures->order[resident->first + known] < figures->sent)
        known++;
    if (known == resident->counted && day_before(today, resident->planned_on))
        return true; /* done with an earlier event of the day */
    if (resident->counted > 0 && !count(figures, resident, -1))
        return false;
    resident->counted = known;
    resident->counted_on = today;
    if (!count(figures, resident, +1))
        return false;
    resident->planned_on = figures->counting.planned_on;
    return true;
}

bool demo_figures_advance(struct demo_figures *figures, struct day today, size_t sent)
{
    const size_t before = figures->sent;
    bool done = true;
    figures->yardstick.today = today;
    figures->sent = sent;
    for (size_t i = before; i < sent && done; i++)
        done = count_again(figures, &figures->residents[resident_of(figures->population, i)]);
    for (uint32_t r = 0; r < figures->population->child_count && done; r++)
        if (!day_before(today, figures->residents[r].planned_on))
            done = count_again(figures, &figures->residents[r]);
    return done;
}

/* --- the figures of a day ----------------------------------------------------------------------------------------- */

static int64_t value_on(const int64_t regions[REGION_COUNT][DEMO_DAYS + 1], int day)
{
    int64_t value = 0;
    for (int region = 0; region < REGION_COUNT; region++)
        for (int i = 0; i <= day; i++)
            value += regions[region][i];
    return value;
}

/* Of school days alone, from the first day up to DAY. */
static int64_t lost_until(const struct demo_figures *figures, enum figure figure, int day)
{
    int64_t lost = 0;
    for (int region = 0; region < REGION_COUNT; region++) {
        int64_t value = 0;
        for (int i = 0; i <= day; i++) {
            value += figures->figures[figure][region][i];
            if (calendar_is_school_day(figures->yardstick.calendar, (enum region)region, day_plus(DEMO_START, i)))
                lost += value;
        }
    }
    return lost;
}

struct demo_day demo_figures_today(const struct demo_figures *figures)
{
    const struct day today = figures->yardstick.today;
    const int day = today.number - DEMO_START.number;
    struct demo_day result = {.in_emergency = value_on(figures->figures[FIGURE_IN_EMERGENCY], day)};
    result.emergency_days = value_on(figures->figures[FIGURE_EMERGENCY_DAYS], day) * (today.number + 1) -
                            value_on(figures->since, day);
    for (int figure = FIGURE_LOST_ON_ARRIVAL; figure <= FIGURE_LOST_OTHERWISE; figure++)
        result.school_days_lost += lost_until(figures, (enum figure)figure, day);
    for (int rule = 0; rule < RULE_COUNT; rule++)
        result.over_norm[rule] = value_on(figures->figures[rules[rule]->figure], day);
    return result;
}
