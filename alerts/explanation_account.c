/* The sentences that each rule has of its own. */
#include "alerts/explanation_account.h"

#include "alerts/norms_text.h"

static bool goes_on(const struct explanation *explanation, const struct explained *item)
{
    return day_before(explanation->yardstick.today, item->episode.end);
}

/* --- emergency-stay ----------------------------------------------------------------------------------------------- */

static const char *why_stay(enum language language, const struct explanation *explanation, const struct explained *item,
                            char words[static WORDS_SIZE])
{
    const bool by_location = explanation->yardstick.norms->stay_scope == STAY_SCOPE_LOCATION;
    const struct day from = item->episode.counted_from, until = explained_counted_until(explanation, item);
    char first[DAY_WORDS_SIZE], last[DAY_WORDS_SIZE], days[QUANTITY_SIZE];
    quantity_words(language, until.number - from.number, "days", days);
    day_words(language, from, first);
    day_words(language, day_plus(until, -1), last);
    if (goes_on(explanation, item))
        return message_format(words, WORDS_SIZE, language,
                              by_location ? MESSAGE_EXPLAIN_WHY_STAY_LOCATION : MESSAGE_EXPLAIN_WHY_STAY, first, days);
    return message_format(words, WORDS_SIZE, language,
                          by_location ? MESSAGE_EXPLAIN_WHY_STAY_LOCATION_OVER : MESSAGE_EXPLAIN_WHY_STAY_OVER, first,
                          last, days);
}

/* The norm's sources differ about what it is counted over. */
static enum message scope_remark(const struct norms *norms)
{
    return norms->stay_scope == STAY_SCOPE_LOCATION ? MESSAGE_EXPLAIN_NORM_SCOPE_EACH : MESSAGE_EXPLAIN_NORM_SCOPE_ALL;
}

static const struct account account_emergency_stay = {
    .row = MESSAGE_EXPLAIN_ROW_STAY,
    .kind = MESSAGE_EXPLAIN_NORM,
    .why = why_stay,
    .norms = {{.message = MESSAGE_EXPLAIN_NORM_STAY, .options = {"stay_months"}, .remark = scope_remark},
              {.message = MESSAGE_EXPLAIN_NORM_SEVERE, .options = {"stay_severe_months"}}},
};

/* --- no-school ---------------------------------------------------------------------------------------------------- */

static const char *why_no_school(enum language language, const struct explanation *explanation,
                                 const struct explained *item, char words[static WORDS_SIZE])
{
    const struct episode *episode = &item->episode;
    const bool has_started = episode->resolution == RESOLUTION_SCHOOL_STARTED;
    char came[DAY_WORDS_SIZE], then[DAY_WORDS_SIZE];
    day_words(language, item->period->from, came);
    if (goes_on(explanation, item))
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WHY_NO_SCHOOL, came);
    return message_format(words, WORDS_SIZE, language,
                          has_started ? MESSAGE_EXPLAIN_WHY_SCHOOL_STARTED : MESSAGE_EXPLAIN_WHY_NO_SCHOOL_OVER, came,
                          day_words(language, day_plus(episode->end, has_started ? 0 : -1), then));
}

static enum message from_no_school(const struct explained *item)
{
    const struct day from = item->episode.counted_from;
    if (day_equal(from, item->period->applied_on))
        return MESSAGE_EXPLAIN_COUNTED_FROM_APPLICATION;
    return day_equal(from, item->period->from) ? MESSAGE_EXPLAIN_COUNTED_FROM_ARRIVAL
                                               : MESSAGE_EXPLAIN_COUNTED_FROM_SCHOOL_AGE;
}

static const struct account account_no_school = {
    .row = MESSAGE_EXPLAIN_ROW_NO_SCHOOL,
    .kind = MESSAGE_EXPLAIN_NORM,
    .why = why_no_school,
    .from = from_no_school,
    .norms = {{.message = MESSAGE_EXPLAIN_NORM_NO_SCHOOL, .options = {"school_months"}},
              {.message = MESSAGE_EXPLAIN_NORM_SEVERE, .options = {"school_severe_months"}}},
};

/* --- school-move, school-gap -------------------------------------------------------------------------------------- */

/* A move lies within its period: the stay before it is the one left behind. */
static const char *why_move(enum language language, const struct explanation *explanation, const struct explained *item,
                            char words[static WORDS_SIZE])
{
    const struct episode *episode = &item->episode;
    const struct stay *move = history_stay_on(&explanation->judgement.history, episode->counted_from);
    char day[DAY_WORDS_SIZE], from[ID_LENGTH_MAX + 1], to[ID_LENGTH_MAX + 1];
    message_format(words, WORDS_SIZE, language,
                   episode->always_reported ? MESSAGE_EXPLAIN_WHY_MOVE_IN_TERM : MESSAGE_EXPLAIN_WHY_MOVE_IN_HOLIDAYS,
                   day_words(language, move->from, day), id_words(move[-1].place.location_id, from),
                   id_words(move->place.location_id, to));
    if (goes_on(explanation, item))
        words_add(words, " ", message_text(language, MESSAGE_EXPLAIN_WHY_NOT_BACK));
    else if (day_equal(episode->end, move->from) && episode->resolution == RESOLUTION_SCHOOL_RESUMED)
        words_add(words, " ", message_text(language, MESSAGE_EXPLAIN_WHY_MOVE_SEAMLESS));
    return words;
}

static const char *why_gap(enum language language, const struct explanation *explanation, const struct explained *item,
                           char words[static WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE];
    message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WHY_GAP,
                   day_words(language, item->episode.cause->occurred_on, day));
    if (goes_on(explanation, item))
        words_add(words, " ", message_text(language, MESSAGE_EXPLAIN_WHY_NOT_BACK));
    return words;
}

static const struct account account_school_move = {
    .row = MESSAGE_EXPLAIN_ROW_MOVE,
    .kind = MESSAGE_EXPLAIN_NORM,
    .why = why_move,
    .norms = {{.message = MESSAGE_EXPLAIN_NORM_MOVE, .options = {"move_ends_enrollment"}},
              {.message = MESSAGE_EXPLAIN_NORM_SEVERE, .options = {"severe_school_days"}}},
};

static const struct account account_school_gap = {
    .row = MESSAGE_EXPLAIN_ROW_GAP,
    .kind = MESSAGE_EXPLAIN_NORM,
    .why = why_gap,
    .norms = {{.message = MESSAGE_EXPLAIN_NORM_GAP, .options = {"gap_grace_school_days"}},
              {.message = MESSAGE_EXPLAIN_NORM_SEVERE, .options = {"severe_school_days"}}},
};

/* --- repeated-moves ----------------------------------------------------------------------------------------------- */

static const char *why_moves(enum language language, const struct explanation *explanation,
                             const struct explained *item, char words[static WORDS_SIZE])
{
    const struct norms *norms = explanation->yardstick.norms;
    char times[QUANTITY_SIZE], months[QUANTITY_SIZE];
    (void)item;
    return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WHY_MOVES,
                          quantity_words(language, norms->repeated_moves, "times", times),
                          quantity_words(language, norms->repeated_moves_months, "months", months));
}

static const struct account account_repeated_moves = {
    .row = MESSAGE_EXPLAIN_ROW_MOVES,
    .kind = MESSAGE_EXPLAIN_SIGNAL, /* nobody set it as a norm */
    .why = why_moves,
    .norms = {{.message = MESSAGE_EXPLAIN_NORM_MOVES, .options = {"repeated_moves", "repeated_moves_months"}}},
};

/* --- all of them -------------------------------------------------------------------------------------------------- */

const struct account *const accounts[RULE_COUNT] = {
#define X(symbol, name) [RULE_##symbol] = &account_##name,
    RULES(X)
#undef X
};
