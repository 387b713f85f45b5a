/* Every table of the page, asked for before a line is written. */
#include <stdlib.h>
#include <string.h>

#include "alerts/report_html_internal.h"
#include "alerts/report_internal.h"
#include "rules/fact.h"

static struct figure_question question_of(const struct report *report, enum grouping grouping)
{
    return (struct figure_question){
        .grouping = grouping,
        .population = report->population,
        .from = report->from,
        .to = report->to,
        .exact = report->exact,
        .nested = grouping == GROUPING_KIND,
        .region = -1,
        .compared = report->compared,
    };
}

/* All children and the unaccompanied stand side by side, unless the report is about one of them alone. */
static bool country_load(struct page *page, const struct tally *tally, const struct tally *compared,
                         struct figure_table tables[static POPULATION_COUNT])
{
    struct figure_question question = question_of(page->report, GROUPING_ALL);
    question.compared = compared;
    question.beside = page->report->population == POPULATION_ALL;
    if (!tally_table(tally, &question, &tables[POPULATION_ALL]))
        return false;
    question.population = POPULATION_UNACCOMPANIED;
    return !question.beside || tally_table(tally, &question, &tables[POPULATION_UNACCOMPANIED]);
}

static bool countries_load(struct page *page)
{
    const struct report *report = page->report;
    return country_load(page, report->tally, report->compared, page->country) &&
           (report->compared == NULL || country_load(page, report->compared, report->tally, page->compared));
}

static bool table_load(struct page *page, enum grouping grouping, int region, struct figure_table *table)
{
    struct figure_question question = question_of(page->report, grouping);
    question.region = region;
    return tally_table(page->report->tally, &question, table);
}

static int region_of(const struct figure_row *row)
{
    for (int region = 0; region < REGION_COUNT && !row->is_other; region++)
        if (strcmp(row->group, region_names[region]) == 0)
            return region;
    return -1;
}

/* Only below a region that is shown itself. */
static bool locations_load(struct page *page)
{
    for (size_t i = 0; i < page->regions.count; i++) {
        const int region = region_of(&page->regions.rows[i]);
        if (region >= 0 && !table_load(page, GROUPING_LOCATION, region, &page->locations[region]))
            return false;
    }
    return true;
}

/* --- days and weeks ----------------------------------------------------------------------------------------------- */

static bool day_load(struct page *page, struct day day)
{
    struct page_span *span = &page->days[page->day_count];
    struct figure_question question = question_of(page->report, GROUPING_ALL);
    struct figure_table table = {0};
    question.from = question.to = day;
    if (!tally_table(page->report->tally, &question, &table))
        return false;
    *span = (struct page_span){.day = day, .is_withheld = table.is_withheld, .total = table.total};
    page->day_count++;
    figure_table_fini(&table);
    return true;
}

static void week_add(struct page *page, const struct page_span *days)
{
    struct page_span *week = &page->weeks[page->week_count++];
    *week = (struct page_span){.day = days[0].day};
    for (int i = 0; i < 7; i++) {
        week->is_withheld |= days[i].is_withheld;
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            week->total.values[figure] += days[i].total.values[figure];
    }
}

static bool days_load(struct page *page)
{
    const struct report *report = page->report;
    const int count = report->to.number - report->from.number + 1;
    page->days = calloc((size_t)count, sizeof(*page->days));
    page->weeks = calloc((size_t)count / 7 + 1, sizeof(*page->weeks));
    if (page->days == NULL || page->weeks == NULL)
        return false;
    for (struct day day = report->from; !day_before(report->to, day); day = day_plus(day, 1))
        if (!day_load(page, day))
            return false;
    for (int i = 0; i + 7 <= page->day_count; i++)
        if (day_weekday(page->days[i].day) == 0)
            week_add(page, &page->days[i]);
    return true;
}

/* --- bars --------------------------------------------------------------------------------------------------------- */

/* The longer of two bars side by side: a child can be over both norms, so their sum is no number of children. */
static int64_t over_norms_of(const struct figure_row *row)
{
    const int64_t stay = row->values[FIGURE_OVER_STAY_NORM], school = row->values[FIGURE_OVER_SCHOOL_NORM];
    return stay > school ? stay : school;
}

static int64_t lost_of(const struct figure_row *row)
{
    return row->values[FIGURE_LOST_ON_ARRIVAL] + row->values[FIGURE_LOST_BY_MOVES] + row->values[FIGURE_LOST_OTHERWISE];
}

static void bars_insert(struct page_bars *bars, const struct figure_row *row,
                        int64_t (*size)(const struct figure_row *))
{
    int at = bars->count;
    while (at > 0 && size(bars->rows[at - 1]) < size(row))
        at--;
    if (size(row) == 0 || at == PAGE_BARS_MAX)
        return;
    bars->count += bars->count < PAGE_BARS_MAX;
    memmove(&bars->rows[at + 1], &bars->rows[at], (size_t)(bars->count - at - 1) * sizeof(bars->rows[0]));
    bars->rows[at] = row;
}

static void bars_load(struct page *page)
{
    for (int region = 0; region < REGION_COUNT; region++)
        for (size_t i = 0; i < page->locations[region].count; i++) {
            const struct figure_row *row = &page->locations[region].rows[i];
            if (row->is_other)
                continue;
            bars_insert(&page->over_norms, row, over_norms_of);
            bars_insert(&page->lost, row, lost_of);
        }
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

bool page_load(struct page *page, FILE *out, const struct report *report)
{
    *page = (struct page){.out = out, .report = report, .language = report->language};
    page->is_forecast = day_before(report->today, report->to);
    day_words(page->language, report->to, page->last_day);
    snprintf(page->last_day_marked, sizeof(page->last_day_marked), "%s", page->last_day);
    if (page->is_forecast)
        message_format(page->last_day_marked, sizeof(page->last_day_marked), page->language, MESSAGE_PAGE_FORECAST_DAY,
                       page->last_day);
    if (!countries_load(page))
        return false;
    if (!page_has_figures(page))
        return true;
    if (!table_load(page, GROUPING_REGION, -1, &page->regions) || !locations_load(page) ||
        !table_load(page, GROUPING_KIND, -1, &page->kinds) || !days_load(page))
        return false;
    report_rows_by_words(&page->kinds, page->language);
    bars_load(page);
    return true;
}

void page_free(struct page *page)
{
    for (int population = 0; population < POPULATION_COUNT; population++) {
        figure_table_fini(&page->country[population]);
        figure_table_fini(&page->compared[population]);
    }
    for (int region = 0; region < REGION_COUNT; region++)
        figure_table_fini(&page->locations[region]);
    figure_table_fini(&page->regions);
    figure_table_fini(&page->kinds);
    free(page->days);
    free(page->weeks);
}

bool page_has_figures(const struct page *page)
{
    const struct figure_table *country = &page->country[POPULATION_ALL];
    return !country->is_withheld && country->count > 0;
}

bool page_has_unaccompanied(const struct page *page)
{
    return page->report->population == POPULATION_ALL && !page->country[POPULATION_UNACCOMPANIED].is_withheld;
}
