#include "consumer/report_count.h"

#include <stdlib.h>

#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/parallel.h"
#include "consumer/population.h"
#include "rules/figures.h"
#include "rules/forecast.h"

struct counter { /* of one thread */
    const struct report *report;
    int days; /* of a work list */
    struct figures figures;
    struct forecast forecast;
    struct report_counts counts;
    uint64_t next_number; /* of a child */
    struct text child_id; /* whose alerts are told */
    bool is_short_of_memory;
};

/* Counts a child; false: no memory. */
typedef bool count_child(struct counter *counter, const struct child *child, struct day today);

struct crew {
    struct counter counters[PARALLEL_MAX];
    int threads;
    count_child *count;
};

void report_counts_fini(struct report_counts *counts)
{
    tally_free(counts->tally);
    tally_free(counts->compared);
    work_list_fini(&counts->list);
    *counts = (struct report_counts){0};
}

static void crew_free(struct crew *crew)
{
    for (int i = 0; crew != NULL && i < crew->threads; i++) {
        figures_fini(&crew->counters[i].figures);
        forecast_fini(&crew->counters[i].forecast);
        report_counts_fini(&crew->counters[i].counts);
    }
    free(crew);
}

/* --- one child ---------------------------------------------------------------------------------------------------- */

static struct yardstick yardstick_of(const struct report *report, const struct norms *norms, struct day today)
{
    return (struct yardstick){.norms = norms, .calendar = report->calendar, .today = today};
}

static bool count_figures(struct counter *counter, const struct child *child, struct day today)
{
    const struct report *report = counter->report;
    struct tally *const tallies[] = {counter->counts.tally, counter->counts.compared};
    const struct norms *const norms[] = {report->norms, report->compared_norms};
    for (int i = 0; i < 2 && tallies[i] != NULL; i++) {
        const struct yardstick yardstick = yardstick_of(report, norms[i], today);
        if (!child_count(child, &yardstick, report->from, day_plus(report->to, 1), &counter->figures) ||
            !tally_add(tallies[i], &counter->figures, counter->next_number))
            return false;
    }
    return true;
}

/* Partitions may be judged through different days, so days to come are counted from each child's today. Only who is
 * where in them is asked. */
static void spans_from_today(struct figures *figures, struct day today)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < figures->count; i++) {
        struct figure_span span = figures->spans[i];
        if (span.figure != FIGURE_CHILDREN)
            continue;
        span.from.number -= today.number;
        span.until.number -= today.number;
        figures->spans[kept++] = span;
    }
    figures->count = kept;
}

static bool keep_alert(void *context, const struct alert *alert, struct day day)
{
    struct counter *counter = context;
    const struct history *history = &counter->forecast.judgement.history;
    const struct stay *stay = history_stay_on(history, day);
    if (counter->report->population == POPULATION_UNACCOMPANIED && alert->unaccompanied != ANSWER_YES)
        return true;
    return work_list_add(&counter->counts.list, alert, stay != NULL ? &stay->place : &alert->place, day,
                         counter->child_id, stay != NULL && day_before(day, history->adult_from));
}

static bool look_ahead(struct counter *counter, const struct child *child, struct day today)
{
    const struct yardstick yardstick = yardstick_of(counter->report, counter->report->norms, today);
    const struct day last = day_plus(today, counter->days);
    if (!child_count(child, &yardstick, day_plus(today, 1), day_plus(last, 1), &counter->figures))
        return false;
    spans_from_today(&counter->figures, today);
    counter->child_id = child->child_id;
    return tally_add(counter->counts.tally, &counter->figures, counter->next_number) &&
           child_forecast(child, &yardstick, last, &counter->forecast, keep_alert, counter);
}

/* Where memory is short nobody else needs to be visited: it is said at the end, with what it was short of. */
static enum visit visit(void *context, int thread, const struct child *child, struct day today)
{
    struct crew *crew = context;
    struct counter *counter = &crew->counters[thread];
    counter->is_short_of_memory = !crew->count(counter, child, today);
    counter->next_number += (uint64_t)crew->threads;
    return counter->is_short_of_memory ? VISIT_ENOUGH : VISIT_GO_ON;
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static bool crew_start(struct crew *crew, int threads, count_child *count, const struct report *report, struct day from,
                       struct day until)
{
    bool done = true;
    crew->threads = threads;
    crew->count = count;
    for (int i = 0; i < crew->threads; i++) {
        struct counter *counter = &crew->counters[i];
        *counter = (struct counter){.report = report, .next_number = (uint64_t)i};
        counter->days = until.number - from.number;
        counter->counts.tally = tally_new(from, until, report->calendar);
        if (report->compared_norms != NULL)
            counter->counts.compared = tally_new(from, until, report->calendar);
        done = figures_init(&counter->figures) && forecast_init(&counter->forecast) && done;
        done = done && counter->counts.tally != NULL &&
               (report->compared_norms == NULL || counter->counts.compared != NULL);
    }
    return done;
}

/* Everything into the first counter's, each thread's memory given back as soon as it is added. */
static bool crew_add_up(struct crew *crew)
{
    struct report_counts *whole = &crew->counters[0].counts;
    bool done = !crew->counters[0].is_short_of_memory;
    for (int i = 1; i < crew->threads && done; i++) {
        struct report_counts *part = &crew->counters[i].counts;
        done = !crew->counters[i].is_short_of_memory && tally_add_tally(whole->tally, part->tally) &&
               work_list_add_list(&whole->list, &part->list) &&
               (whole->compared == NULL || tally_add_tally(whole->compared, part->compared));
        report_counts_fini(part);
    }
    return done;
}

static int say_short_of_memory(const struct arguments *arguments, const struct crew *crew)
{
    const struct counter *counter = &crew->counters[0];
    const size_t places = counter->counts.tally == NULL ? 0 : tally_place_count(counter->counts.tally);
    command_complain(arguments->command, "memory is short for %zu places x %d days; ask for a shorter period", places,
                     counter->days);
    return EXIT_OS;
}

static void crew_finish(struct crew *crew, struct report *report, struct report_counts *counts)
{
    *counts = crew->counters[0].counts;
    crew->counters[0].counts = (struct report_counts){0};
    tally_finish(counts->tally);
    if (counts->compared != NULL)
        tally_finish(counts->compared);
    report->tally = counts->tally;
    report->compared = counts->compared;
}

static int crew_run(struct crew *crew, const struct arguments *arguments, struct day as_of, struct report *report,
                    struct report_counts *counts)
{
    const struct population_question question = {
        .arguments = arguments, .as_of = as_of, .threads = crew->threads, .visit = visit, .context = crew};
    struct population_answer answer;
    const int exit_code = population_visit(&question, &answer);
    if (exit_code != EXIT_OK && exit_code != EXIT_DATA)
        return exit_code;
    if (!crew_add_up(crew))
        return say_short_of_memory(arguments, crew);
    crew_finish(crew, report, counts);
    report->today = answer.today;
    return exit_code;
}

static int run(const struct arguments *arguments, struct day as_of, struct report *report, struct report_counts *counts,
               struct day from, struct day until, count_child *count)
{
    struct crew *crew = calloc(1, sizeof(*crew));
    const int threads = parallel_processors();
    int exit_code = EXIT_OS;
    *counts = (struct report_counts){0};
    if (crew != NULL && crew_start(crew, threads, count, report, from, until))
        exit_code = crew_run(crew, arguments, as_of, report, counts);
    else
        command_complain(arguments->command, "memory is short to count %d days on %d threads",
                         until.number - from.number, threads);
    crew_free(crew);
    return exit_code;
}

int report_count(const struct arguments *arguments, struct day as_of, struct report *report,
                 struct report_counts *counts)
{
    return run(arguments, as_of, report, counts, report->from, day_plus(report->to, 1), count_figures);
}

int report_look_ahead(const struct arguments *arguments, struct day as_of, int days, struct report *report,
                      struct report_counts *counts)
{
    const struct day tomorrow = {1}, beyond = {1 + days}; /* counted from today */
    const int exit_code = run(arguments, as_of, report, counts, tomorrow, beyond, look_ahead);
    report->from = day_plus(report->today, 1);
    report->to = day_plus(report->today, days);
    return exit_code;
}
