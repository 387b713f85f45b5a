/* The rows of a table, once it is decided which groups are told apart. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/tally_internal.h"

int64_t figure_mean(int64_t sum, int days)
{
    const int64_t doubled = 2 * 1000 * (sum < 0 ? -sum : sum) + days;
    const int64_t mean = doubled / (2 * (int64_t)days);
    return sum < 0 ? -mean : mean;
}

static void row_join(struct figure_row *to, const struct figure_row *from)
{
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        to->values[figure] += from->values[figure];
        to->sums[figure] += from->sums[figure];
    }
}

static struct figure_row row_named(const char *name)
{
    struct figure_row row = {0};
    strcpy(row.group, name);
    return row;
}

/* Adds the row of the groups that were merged; nothing where there are none. Its size follows from theirs. */
static void other_push(struct figure_table *table, const struct candidates *candidates, bool is_one_day)
{
    struct figure_row other = row_named(GROUP_OTHER);
    struct crowd here = {0}, there = {0};
    for (const struct candidate *at = candidates->items; at < candidates->items + candidates->count; at++) {
        if (!at->is_merged)
            continue;
        row_join(&other, &at->row);
        (is_one_day ? crowd_add : crowd_unite)(&here, &at->crowds[0]);
        (is_one_day ? crowd_add : crowd_unite)(&there, &at->crowds[1]);
    }
    other.is_other = true;
    other.size = crowd_size(&here, table->population);
    if (other.size + crowd_size(&there, table->population) > 0)
        table->rows[table->count++] = other;
}

static void rows_push(struct figure_table *table, const struct candidates *candidates)
{
    for (const struct candidate *at = candidates->items; at < candidates->items + candidates->count; at++)
        if (!at->is_merged && at->row.size + crowd_size(&at->crowds[1], table->population) > 0)
            table->rows[table->count++] = at->row;
}

static bool rows_make(struct figure_table *table, const struct candidates *candidates)
{
    table->rows = malloc((candidates->count + 1) * sizeof(*table->rows));
    if (table->rows == NULL)
        return false;
    rows_push(table, candidates);
    other_push(table, candidates, day_equal(table->from, table->to));
    for (size_t i = 0; i < table->count; i++)
        row_join(&table->total, &table->rows[i]);
    return true;
}

static bool table_fill(struct figure_table *table, const struct tally *tally, const struct figure_question *question)
{
    struct candidates candidates;
    if (!candidates_gather(&candidates, tally, question))
        return false;
    bool done = true;
    if (question->grouping == GROUPING_KIND && question->nested && !question->exact)
        done = kinds_merge_nested(&candidates, tally, question);
    if (done)
        candidates_merge(&candidates, question);
    table->is_withheld = done && candidates.is_withheld;
    done = done && (table->is_withheld || rows_make(table, &candidates));
    candidates_fini(&candidates);
    return done;
}

static bool question_fits(const struct tally *tally, const struct figure_question *question)
{
    const struct day first = tally->from, last = day_plus(tally->until, -1);
    const bool is_whole = day_equal(question->from, first) && day_equal(question->to, last);
    const bool is_one_day = day_equal(question->from, question->to);
    return is_whole || (is_one_day && !day_before(question->from, first) && !day_before(last, question->to));
}

bool tally_table(const struct tally *tally, const struct figure_question *question, struct figure_table *table)
{
    struct figure_question settled;
    assert(tally->is_finished && (question->compared == NULL || question->compared->is_finished));
    assert(question_fits(tally, question));
    (void)question_fits;
    *table = (struct figure_table){.grouping = question->grouping,
                                   .population = question->population,
                                   .from = question->from,
                                   .to = question->to,
                                   .total = row_named(GROUP_ALL)};
    table->is_withheld = !question_settle(tally, question, &settled);
    return table->is_withheld || table_fill(table, tally, &settled);
}

void figure_table_fini(struct figure_table *table)
{
    free(table->rows);
    *table = (struct figure_table){0};
}

int64_t figure_tenths(int64_t sum, int64_t count)
{
    return (20 * sum + (sum < 0 ? -count : count)) / (2 * count);
}
