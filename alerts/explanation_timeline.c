#include "alerts/explanation_timeline.h"

#include <stdlib.h>
#include <string.h>

#include "alerts/explanation_account.h"
#include "alerts/explanation_drawing.h"
#include "alerts/norms_text.h"

#define DAYS_BACK 730  /* drawn in any case, where there are so many */
#define DAYS_AHEAD 240 /* drawn at most, where something is expected */
#define DAYS_AFTER 21  /* drawn after the last day that matters */

/* --- which days --------------------------------------------------------------------------------------------------- */

/* The first day of the child's history, and before that, of what an open alert counts. DAY_NEVER: there is none. */
static struct day first_day(const struct explanation *explanation)
{
    const struct history *history = &explanation->judgement.history;
    struct day first = DAY_NEVER, counted = DAY_NEVER, back = day_plus(history->today, -DAYS_BACK);
    if (history->stay_count > 0)
        first = history->stays[0].from;
    if (history->schooling_count > 0)
        first = day_earlier(first, history->schoolings[0].from);
    for (const struct explained *item = explanation->items; item < explanation->items + explanation->item_count; item++)
        if (item->ending_count > 0)
            counted = day_earlier(counted, item->episode.counted_from);
    first = day_later(day_earlier(first, counted), day_earlier(back, counted));
    return day_is_never(first) ? first : day_earlier(first, history->today);
}

static struct day last_day(const struct explanation *explanation)
{
    struct day today = explanation->yardstick.today, last = today, farthest = day_plus(today, DAYS_AHEAD);
    if (!day_before(farthest, explanation->next_change_on))
        last = explanation->next_change_on;
    for (const struct explained *item = explanation->items; item < explanation->items + explanation->item_count; item++)
        for (int level = 0; item->ending_count > 0 && level < LEVEL_COUNT; level++) {
            struct day from = item->episode.level_from[level];
            if (day_before(from, item->episode.end) && !day_before(farthest, from))
                last = day_later(last, from);
        }
    last = day_earlier(last, explanation->judgement.history.next_fact_on); /* beyond it nothing is drawn */
    return day_plus(last, DAYS_AFTER);
}

/* False: there is nothing to draw. */
static bool drawing_begin(struct drawing *drawing, const struct page *page, const struct explanation *explanation)
{
    struct day first = first_day(explanation);
    if (day_is_never(first))
        return false;
    int label_columns = page->columns < PAGE_COLUMNS_NARROW ? 9 : 18, columns = page->columns - label_columns;
    columns = columns < DRAWING_COLUMNS_MAX ? columns : DRAWING_COLUMNS_MAX;
    int days = last_day(explanation).number - first.number, days_a_cell = (days + columns - 1) / columns;
    *drawing = (struct drawing){.page = page,
                                .from = first,
                                .days = days_a_cell,
                                .columns = (days + days_a_cell - 1) / days_a_cell,
                                .label_columns = label_columns};
    return true;
}

/* --- the axis ----------------------------------------------------------------------------------------------------- */

/* How many months apart names of three letters and a blank have room. */
static int months_apart(const struct drawing *drawing)
{
    static const int steps[] = {1, 2, 3, 6, 12};
    size_t i = 0;
    while (i + 1 < sizeof(steps) / sizeof(steps[0]) && steps[i] * 28 < 4 * drawing->days)
        i++;
    return steps[i];
}

static void write_text(const struct drawing *drawing, struct drawing_row *row, int column, const char *text, int length)
{
    if (column >= 0 && column + length <= drawing->columns)
        drawing_write(drawing, row, column, drawing->columns, (struct text){text, (uint32_t)length});
}

static void axis_put(struct drawing *drawing, struct day today)
{
    struct drawing_row years = {0}, months = {0}, axis = {0};
    const char *names = message_text(drawing->page->language, MESSAGE_EXPLAIN_MONTHS);
    struct day end = drawing_cell_from(drawing, drawing->columns), day = drawing->from;
    int step = months_apart(drawing), year_column = -5;
    char text[16], words[DAY_WORDS_SIZE];
    bool has_year = false;
    for (int i = 0; i < drawing->columns; i++)
        axis.glyphs[i] = GLYPH_AXIS;
    while (day_before(day = day_next_month_start(day), end)) {
        struct civil_date date = day_to_civil(day);
        int column = drawing_column(drawing, day);
        axis.glyphs[column] = step < 12 || date.month == 1 ? GLYPH_MONTH : GLYPH_AXIS;
        if (step < 12 && (date.month - 1) % step == 0)
            write_text(drawing, &months, column, names + 3 * (date.month - 1), 3);
        if (date.month != 1 && has_year)
            continue;
        snprintf(text, sizeof(text), "%d", date.year);
        if (column < year_column + 5) /* the year in which the drawing begins has no room before the next */
            memset(years.letters, 0, sizeof(years.letters));
        write_text(drawing, &years, column, text, 4);
        year_column = column;
        has_year = true;
    }
    axis.glyphs[drawing_column(drawing, today)] = GLYPH_TODAY;
    drawing_put(drawing, "", &years);
    if (step < 12)
        drawing_put(drawing, "", &months);
    bool is_narrow = drawing->page->columns < PAGE_COLUMNS_NARROW;
    drawing_put(drawing, is_narrow ? "" : day_words(drawing->page->language, today, words), &axis);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* Days to come look the same whatever they are: as if nothing happened, up to the next thing that is planned. */
static void fill_days(const struct drawing *drawing, struct drawing_row *row, struct day from, struct day until,
                      const struct history *history, enum glyph glyph)
{
    struct day tomorrow = day_plus(history->today, 1);
    drawing_fill(drawing, row, day_later(from, tomorrow), day_earlier(until, history->next_fact_on), GLYPH_EXPECTED);
    drawing_fill(drawing, row, from, day_earlier(until, tomorrow), glyph);
}

static void where_put(struct drawing *drawing, const struct history *history)
{
    struct drawing_row row = {0};
    const struct stay *end = history->stays + history->stay_count;
    for (const struct stay *stay = history->stays; stay < end; stay++) {
        bool is_emergency = location_kind_is_emergency(stay->place.kind);
        fill_days(drawing, &row, stay->from, stay->until, history, is_emergency ? GLYPH_EMERGENCY : GLYPH_REGULAR);
        int column = drawing_column(drawing, stay->from),
            until = drawing_column(drawing, day_earlier(stay->until, history->next_fact_on));
        if (column >= 0 && column < drawing->columns)
            row.glyphs[column] = GLYPH_STAY_START;
        /* what it is can be seen in at least one cell after its name */
        int room = until - (column < 0 ? 0 : column + 1) - 1;
        if (room >= 3)
            drawing_write(drawing, &row, column < 0 ? 0 : column + 1, until - 1, stay->place.location_id);
    }
    drawing_put(drawing, message_text(drawing->page->language, MESSAGE_EXPLAIN_ROW_WHERE), &row);
}

static void school_put(struct drawing *drawing, const struct history *history)
{
    struct drawing_row row = {0};
    for (uint32_t i = 0; i < history->schooling_count; i++)
        fill_days(drawing, &row, history->schoolings[i].from, history->schoolings[i].until, history, GLYPH_AT_SCHOOL);
    drawing_put(drawing, message_text(drawing->page->language, MESSAGE_EXPLAIN_ROW_SCHOOL), &row);
}

/* A cell is one of holidays when most of its days are. */
static void holidays_put(struct drawing *drawing, const struct explanation *explanation)
{
    struct drawing_row row = {0};
    for (int column = 0; column < drawing->columns; column++) {
        int holidays = 0;
        for (int i = 0; i < drawing->days; i++) {
            struct day day = day_plus(drawing_cell_from(drawing, column), i);
            const struct stay *stay = history_stay_on(&explanation->judgement.history, day);
            holidays += stay != NULL && calendar_in_vacation(explanation->yardstick.calendar, stay->place.region, day);
        }
        row.glyphs[column] = 2 * holidays > drawing->days ? GLYPH_HOLIDAYS : GLYPH_BLANK;
    }
    drawing_put(drawing, message_text(drawing->page->language, MESSAGE_EXPLAIN_ROW_HOLIDAYS), &row);
}

/* Higher levels come later and are drawn last: a cell shows the highest that it has. */
static void item_put(struct drawing *drawing, const struct explanation *explanation, const struct explained *item,
                     int number)
{
    struct drawing_row row = {0};
    const struct episode *episode = &item->episode;
    struct day until = episode->end, raised_on = item->alert.raised_on;
    char label[64];
    if (day_equal(raised_on, until)) /* it is reported all the same */
        until = day_plus(until, 1);
    until = day_earlier(until, explanation->judgement.history.next_fact_on);
    drawing_fill(drawing, &row, episode->counted_from, day_earlier(raised_on, until), GLYPH_COUNTING);
    for (int level = 0; level < LEVEL_COUNT; level++)
        drawing_fill(drawing, &row, episode->level_from[level], until, (enum glyph)(GLYPH_NOTICE + level));
    bool is_narrow = drawing->page->columns < PAGE_COLUMNS_NARROW;
    snprintf(label, sizeof(label), "%d %s", number,
             is_narrow ? "" : message_text(drawing->page->language, accounts[item->alert.rule]->row));
    drawing_put(drawing, label, &row);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static void key_put(const struct drawing *drawing, const struct history *history)
{
    enum language language = drawing->page->language;
    char column[128], quantity[QUANTITY_SIZE], earlier[128], day[DAY_WORDS_SIZE];
    message_format(column, sizeof(column), language, MESSAGE_EXPLAIN_KEY_COLUMN,
                   quantity_words(language, drawing->days, "days", quantity));
    message_format(earlier, sizeof(earlier), language, MESSAGE_EXPLAIN_EARLIER_DAYS,
                   day_words(language, drawing->from, day));
    bool is_cut = history->stay_count > 0 && day_before(history->stays[0].from, drawing->from);
    drawing_put_key(drawing, (const char *const[]){column, earlier}, is_cut ? 2 : 1);
}

void timeline_print(const struct page *page, const struct explanation *explanation,
                    const struct explanation_question *question)
{
    const struct history *history = &explanation->judgement.history;
    struct drawing drawing;
    if (!drawing_begin(&drawing, page, explanation))
        return;
    axis_put(&drawing, history->today);
    where_put(&drawing, history);
    school_put(&drawing, history);
    holidays_put(&drawing, explanation);
    int number = 0;
    for (const struct explained *item = explanation->items; item < explanation->items + explanation->item_count;
         item++) {
        number += explanation_asks(question, explanation, item);
        if (explanation_asks(question, explanation, item) && item->period != NULL)
            item_put(&drawing, explanation, item, number);
    }
    key_put(&drawing, history);
}
