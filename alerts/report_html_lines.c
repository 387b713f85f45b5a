/* The lines of the page's tables: the figures, and what follows from them. */
#include "alerts/report_html_internal.h"

#define LINES(table, stocks, flows, ...)                                                                               \
    static const int table##_lines[] = {__VA_ARGS__};                                                                  \
    _Static_assert(sizeof(table##_lines) / sizeof(int) == (stocks) + (flows), "lines of " #table);                     \
    const struct page_lines page_lines_##table = {table##_lines, stocks, flows}

LINES(all, 10, 6, FIGURE_CHILDREN, FIGURE_IN_EMERGENCY, FIGURE_EMERGENCY_DAYS, LINE_MEAN_STAY, FIGURE_OVER_STAY_NORM,
      FIGURE_WITHOUT_SCHOOL, FIGURE_OVER_SCHOOL_NORM, FIGURE_INTERRUPTED_BY_MOVE, FIGURE_INTERRUPTED_OTHERWISE,
      FIGURE_MOVED_OFTEN, FIGURE_MOVES, FIGURE_MOVES_IN_TERM, FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES,
      FIGURE_LOST_OTHERWISE, LINE_LOST);
LINES(reception, 5, 2, FIGURE_CHILDREN, FIGURE_IN_EMERGENCY, LINE_MEAN_STAY, FIGURE_OVER_STAY_NORM, FIGURE_MOVED_OFTEN,
      FIGURE_MOVES, FIGURE_MOVES_IN_TERM);
LINES(school, 4, 4, FIGURE_WITHOUT_SCHOOL, FIGURE_OVER_SCHOOL_NORM, FIGURE_INTERRUPTED_BY_MOVE,
      FIGURE_INTERRUPTED_OTHERWISE, FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES, FIGURE_LOST_OTHERWISE, LINE_LOST);
LINES(day, 5, 1, FIGURE_CHILDREN, FIGURE_IN_EMERGENCY, FIGURE_OVER_STAY_NORM, FIGURE_WITHOUT_SCHOOL,
      FIGURE_OVER_SCHOOL_NORM, LINE_LOST);
LINES(week, 0, 4, FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES, FIGURE_LOST_OTHERWISE, LINE_LOST);

static const struct page_amount nothing = {.exists = false};

/* SUM by COUNT in tenths, rounded half up. */
static struct page_amount tenths(int64_t sum, int64_t count)
{
    return count == 0 ? nothing : (struct page_amount){true, figure_tenths(sum, count), 1};
}

static struct page_amount mean_stay(const struct figure_row *row, enum page_measure measure)
{
    const int64_t *figures = measure == MEASURE_MEAN ? row->sums : row->values;
    return tenths(figures[FIGURE_EMERGENCY_DAYS], figures[FIGURE_IN_EMERGENCY]);
}

static struct page_amount lost(const struct figure_row *row)
{
    const int64_t *values = row->values;
    return (struct page_amount){
        true, values[FIGURE_LOST_ON_ARRIVAL] + values[FIGURE_LOST_BY_MOVES] + values[FIGURE_LOST_OTHERWISE], 0};
}

struct page_amount page_amount(const struct page *page, const struct figure_row *row, int line,
                               enum page_measure measure)
{
    if (line == LINE_MEAN_STAY)
        return mean_stay(row, measure);
    if (line == LINE_LOST)
        return lost(row);
    if (measure == MEASURE_MEAN)
        return tenths(row->sums[line], page->report->to.number - page->report->from.number + 1);
    return (struct page_amount){true, row->values[line], 0};
}

struct page_amount page_amount_difference(struct page_amount left, struct page_amount right)
{
    return left.exists && right.exists ? (struct page_amount){true, left.number - right.number, left.decimals}
                                       : nothing;
}

const char *page_line_words(const struct page *page, int line)
{
    if (line == LINE_MEAN_STAY)
        return message_text(page->language, MESSAGE_PAGE_MEAN_STAY);
    if (line == LINE_LOST)
        return message_text(page->language, MESSAGE_PAGE_LOST);
    return term_text(page->language, figure_names[line]);
}

void page_number_write(const struct page *page, int64_t number, int decimals)
{
    char words[NUMBER_WORDS_SIZE];
    html_text(page->out, number_words(page->language, number, decimals, words));
}
