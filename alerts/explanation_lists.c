#include "alerts/explanation_lists.h"

#define LIST_TOLD 8

void holidays_words(enum language language, const struct region_days *holidays, uint32_t count,
                    char list[static WORDS_SIZE])
{
    char one[WORDS_SIZE], days[WORDS_SIZE], last[DAY_WORDS_SIZE];
    list[0] = '\0';
    for (uint32_t i = 0; i < count && i < LIST_TOLD; i++)
        words_add(list, ", ",
                  message_format(one, sizeof(one), language, MESSAGE_EXPLAIN_REGION_DAYS,
                                 term_text(language, region_names[holidays[i].region]),
                                 days_words(language, holidays[i].from, holidays[i].until, days)));
    if (count > LIST_TOLD)
        words_add(list, ", ",
                  message_format(one, sizeof(one), language, MESSAGE_EXPLAIN_MISSED_REST,
                                 day_words(language, day_plus(holidays[count - 1].until, -1), last)));
}

/* The first of DAYS, of COUNT, that does not follow the one before it in the same region. */
static uint32_t span_end(const struct school_day *days, uint32_t count)
{
    uint32_t end = 1;
    while (end < count && days[end].region == days[0].region && days[end].day.number == days[end - 1].day.number + 1)
        end++;
    return end;
}

void school_days_words(enum language language, const struct school_day *days, uint32_t count,
                       char list[static WORDS_SIZE])
{
    char words[WORDS_SIZE], last[DAY_WORDS_SIZE];
    uint32_t at = 0, end;
    list[0] = '\0';
    for (int told = 1; at < count && told <= LIST_TOLD; told++, at = end) {
        end = at + span_end(days + at, count - at);
        words_add(list, ", ", days_words(language, days[at].day, day_plus(days[end - 1].day, 1), words));
        if (end < count && told < LIST_TOLD && days[end].region == days[at].region)
            continue;
        snprintf(words, sizeof(words), "(%s)", term_text(language, region_names[days[at].region]));
        words_add(list, " ", words);
    }
    if (at < count)
        words_add(list, ", ",
                  message_format(words, sizeof(words), language, MESSAGE_EXPLAIN_MISSED_REST,
                                 day_words(language, days[count - 1].day, last)));
}

void moves_words(enum language language, const struct stay *const *moves, uint32_t count, char list[static WORDS_SIZE])
{
    char one[WORDS_SIZE], place[ID_LENGTH_MAX + 1], day[DAY_WORDS_SIZE], more[NUMBER_WORDS_SIZE];
    list[0] = '\0';
    for (uint32_t i = 0; i < count && i < LIST_TOLD; i++)
        words_add(list, ", ",
                  message_format(one, sizeof(one), language, MESSAGE_EXPLAIN_MOVE_TO,
                                 day_words(language, moves[i]->from, day),
                                 id_words(moves[i]->place.location_id, place)));
    if (count > LIST_TOLD)
        words_add(list, ", ",
                  message_format(one, sizeof(one), language, MESSAGE_EXPLAIN_MOVES_REST,
                                 number_words(language, count - LIST_TOLD, 0, more),
                                 day_words(language, moves[count - 1]->from, day)));
}
