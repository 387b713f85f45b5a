/* The child's days: rules.md 3, one day after the other. */
#include <string.h>

#include "oracle_child.h"

/* The facts of one day that concern where the child is. */
struct day_news {
    const struct fact *from, *until; /* all facts of the day, in order */
    const struct fact *first_arrived, *last_arrived, *first_moved, *last_moved;
};

static bool same_place(const struct place *a, const struct place *b)
{
    return text_equal(a->location_id, b->location_id) && a->kind == b->kind && a->region == b->region;
}

static struct day_news news_of(const struct fact *from, const struct fact *until)
{
    struct day_news news = {.from = from, .until = until};
    for (const struct fact *fact = from; fact < until; fact++) {
        if (fact->kind == FACT_ARRIVED) {
            news.first_arrived = news.first_arrived == NULL ? fact : news.first_arrived;
            news.last_arrived = fact;
        } else if (fact->kind == FACT_MOVED) {
            news.first_moved = news.first_moved == NULL ? fact : news.first_moved;
            news.last_moved = fact;
        }
    }
    return news;
}

/* Where the day's last M, else its last A, else the day before puts the child. */
static const struct place *place_by_news(const struct day_news *news, const struct child_day *before)
{
    if (news->last_moved != NULL)
        return &news->last_moved->place;
    return news->last_arrived != NULL ? &news->last_arrived->place : before->home;
}

/* Whether there is an X: a DEPARTED that names no location, or the one where the child is put. */
static bool departs(const struct day_news *news, const struct place *put)
{
    for (const struct fact *fact = news->from; fact < news->until; fact++) {
        if (fact->kind != FACT_DEPARTED)
            continue;
        if (fact->place.location_id.length == 0)
            return true;
        if (put != NULL && text_equal(fact->place.location_id, put->location_id))
            return true;
    }
    return false;
}

/* "an A on this day, or an A or M dated on one of the next transfer_days days and not after today" */
static bool is_transfer(const struct oracle *oracle, const struct day_news *news, struct day day)
{
    if (news->first_arrived != NULL)
        return true;
    const struct fact *end = oracle->facts + oracle->fact_count;
    for (const struct fact *fact = news->until; fact < end; fact++) {
        if (fact->occurred_on.number > day.number + oracle->norms->transfer_days ||
            fact->occurred_on.number > oracle->today.number)
            return false;
        if (fact->kind == FACT_ARRIVED || fact->kind == FACT_MOVED)
            return true;
    }
    return false;
}

/* "the first fact of its first day (arrivals before moves, each in their order) that names the location_id, kind and
 * region where the child is at the end of that day" */
static const struct fact *cause_of_stay(const struct day_news *news, const struct place *home)
{
    const enum fact_kind kinds[] = {FACT_ARRIVED, FACT_MOVED};
    for (int i = 0; i < 2; i++)
        for (const struct fact *fact = news->from; fact < news->until; fact++)
            if (fact->kind == kinds[i] && same_place(&fact->place, home))
                return fact;
    return NULL;
}

static void receive(const struct oracle *oracle, const struct day_news *news, struct day day, int *periods)
{
    const struct child_day *before = day_row(oracle, day_before_it(day));
    struct child_day *now = day_row(oracle, day);
    const struct place *put = place_by_news(news, before);
    bool departed = departs(news, put);

    if (before->home == NULL && !departed && put != NULL) {
        now->home = put;
        now->period = ++*periods;
        now->opener = news->first_arrived != NULL ? news->first_arrived : news->first_moved;
    } else if (before->home != NULL && (!departed || is_transfer(oracle, news, day))) {
        now->home = put;
        now->period = before->period;
        now->moved = !text_equal(put->location_id, before->home->location_id);
        now->moves_in_period = before->moves_in_period + now->moved;
    }
    now->last_home = now->home != NULL ? now->home : before->last_home;
    if (now->home == NULL)
        return;
    bool stays = before->home != NULL && same_place(now->home, before->home);
    now->brought_by = stays ? before->brought_by : cause_of_stay(news, now->home);
}

/* "a move ends the enrollment, and so does the opening of a period at another location_id than the last one ended at"
 */
static bool reception_ends_enrollment(const struct oracle *oracle, const struct child_day *before,
                                      const struct child_day *now)
{
    bool elsewhere = now->opener != NULL && before->last_home != NULL &&
                     !text_equal(now->home->location_id, before->last_home->location_id);
    return oracle->norms->move_ends_enrollment && (now->moved || elsewhere);
}

static void go_to_school(const struct oracle *oracle, const struct day_news *news, struct day day)
{
    const struct child_day *before = day_row(oracle, day_before_it(day));
    struct child_day *now = day_row(oracle, day);
    now->school = reception_ends_enrollment(oracle, before, now) ? NULL : before->school;
    for (const struct fact *fact = news->from; fact < news->until; fact++) {
        if (fact->kind == FACT_ENROLLED) {
            now->school = &fact->school_id;
            now->enrolled_fact = true;
            now->enrolled_fact_after_withdrawn = true;
        } else if (fact->kind == FACT_WITHDRAWN && now->school != NULL && text_equal(*now->school, fact->school_id)) {
            now->school = NULL;
            now->withdrawn = fact;
            now->enrolled_fact_after_withdrawn = false;
        }
    }
}

void oracle_walk(struct oracle *oracle)
{
    const struct fact *fact = oracle->facts, *end = oracle->facts + oracle->fact_count;
    int periods = 0;
    memset(day_row(oracle, oracle->first), 0, sizeof *oracle->days);
    for (struct day day = next_day(oracle->first); day.number <= oracle->today.number; day = next_day(day)) {
        memset(day_row(oracle, day), 0, sizeof *oracle->days);
        const struct fact *from = fact;
        while (fact < end && fact->occurred_on.number == day.number)
            fact++;
        struct day_news news = news_of(from, fact);
        receive(oracle, &news, day, &periods);
        go_to_school(oracle, &news, day);
    }
}
