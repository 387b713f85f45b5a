#include "alerts/explanation_words.h"

#include <string.h>

#include "alerts/alert_field.h"
#include "rules/civil_time.h"
#include "rules/rule.h"

void words_add(char words[static WORDS_SIZE], const char *between, const char *more)
{
    if (words[0] != '\0')
        text_add(words, WORDS_SIZE, between);
    text_add(words, WORDS_SIZE, more);
}

const char *words_capitalised(char words[static WORDS_SIZE])
{
    if (words[0] >= 'a' && words[0] <= 'z')
        words[0] = (char)(words[0] - 'a' + 'A');
    return words;
}

const char *id_words(struct text id, char words[static ID_LENGTH_MAX + 1])
{
    snprintf(words, ID_LENGTH_MAX + 1, "%.*s", (int)id.length, id.length > 0 ? id.bytes : "");
    return words;
}

const char *rule_words(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    snprintf(words, WORDS_SIZE, "%s", term_text(language, rules[alert->rule]->name));
    return words_capitalised(words);
}

static bool in_one_month(struct day a, struct day b)
{
    return day_equal(day_next_month_start(a), day_next_month_start(b));
}

const char *days_words(enum language language, struct day from, struct day until, char words[static WORDS_SIZE])
{
    char first[DAY_WORDS_SIZE], last[DAY_WORDS_SIZE];
    day_words(language, from, first);
    if (day_is_never(until))
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_SINCE, first);
    if (!day_before(day_plus(from, 1), until))
        return strcpy(words, first);
    if (in_one_month(from, day_plus(until, -1))) { /* "3-7 May 2025" */
        snprintf(words, WORDS_SIZE, "%d-%s", day_to_civil(from).day, day_words(language, day_plus(until, -1), last));
        return words;
    }
    return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_FROM_TO, first,
                          day_words(language, day_plus(until, -1), last));
}

/* --- facts -------------------------------------------------------------------------------------------------------- */

const char *place_words(enum language language, const struct place *place, char words[static WORDS_SIZE])
{
    char id[ID_LENGTH_MAX + 1];
    return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_PLACE, id_words(place->location_id, id),
                          term_text(language, location_kind_names[place->kind]),
                          term_text(language, region_names[place->region]));
}

/* What happened, and where; in plain words where it is not known where. */
static void event_words(enum language language, const struct fact *fact, char words[static WORDS_SIZE])
{
    static const enum message messages[FACT_KIND_COUNT] = {[FACT_ARRIVED] = MESSAGE_EXPLAIN_ARRIVED,
                                                           [FACT_DEPARTED] = MESSAGE_EXPLAIN_DEPARTED,
                                                           [FACT_MOVED] = MESSAGE_EXPLAIN_MOVED,
                                                           [FACT_ENROLLED] = MESSAGE_EXPLAIN_ENROLLED,
                                                           [FACT_WITHDRAWN] = MESSAGE_EXPLAIN_WITHDRAWN};
    char day[DAY_WORDS_SIZE], where[WORDS_SIZE] = "", name[32];
    day_words(language, fact->occurred_on, day);
    if (fact->kind == FACT_DEPARTED || fact_stream(fact->kind) == STREAM_ENROLLMENT)
        id_words(fact->kind == FACT_DEPARTED ? fact->place.location_id : fact->school_id, where);
    else if (!place_is_absent(&fact->place))
        place_words(language, &fact->place, where);
    if (where[0] != '\0') {
        message_format(words, WORDS_SIZE, language, messages[fact->kind], day, where);
        return;
    }
    snprintf(name, sizeof(name), "fact.%s", fact_kind_names[fact->kind]);
    snprintf(words, WORDS_SIZE, "%s: %s", day, term_text(language, name));
}

static void add_day(enum language language, enum message message, struct day day, char words[static WORDS_SIZE])
{
    char text[DAY_WORDS_SIZE], more[WORDS_SIZE];
    if (!day_is_absent(day))
        words_add(words, "", message_format(more, sizeof(more), language, message, day_words(language, day, text)));
}

const char *fact_words(enum language language, const struct fact *fact, char words[static WORDS_SIZE])
{
    struct day recorded_on = civil_day_at(fact->recorded_at_ms);
    event_words(language, fact, words);
    add_day(language, MESSAGE_EXPLAIN_BORN_ON, fact->birth_date, words);
    add_day(language, MESSAGE_EXPLAIN_APPLIED_ON, fact->applied_on, words);
    if (!day_equal(recorded_on, fact->occurred_on))
        add_day(language, MESSAGE_EXPLAIN_RECORDED_ON, recorded_on, words);
    return words;
}

/* --- what is different -------------------------------------------------------------------------------------------- */

const char *difference_words(enum language language, const struct alert *alert, const struct alert *otherwise,
                             char words[static WORDS_SIZE])
{
    words[0] = '\0';
    for (int i = 0; i < ALERT_FIELD_COUNT; i++) {
        char more[WORDS_SIZE] = "";
        if (!alert_fields[i].equal(alert, otherwise))
            alert_fields[i].instead(language, alert, otherwise, more);
        if (more[0] != '\0')
            words_add(words, ", ", more);
    }
    return words;
}

/* --- headings ----------------------------------------------------------------------------------------------------- */

static enum message ahead_message(const struct explained *item, enum level level)
{
    struct day day = item->episode.level_from[level];
    if (day_before(day, item->plan_on))
        return MESSAGE_EXPLAIN_FROM_IF;
    if (item->plan_ends)
        return MESSAGE_EXPLAIN_FROM_ENDED;
    return day_equal(day, item->plan_level_from[level]) ? MESSAGE_EXPLAIN_FROM_IF : MESSAGE_EXPLAIN_FROM_CHANGED;
}

const char *ahead_words(enum language language, const struct explained *item, enum level level,
                        char words[static WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE], plan[DAY_WORDS_SIZE] = "";
    if (!day_is_never(item->plan_on))
        day_words(language, item->plan_on, plan);
    return message_format(words, WORDS_SIZE, language, ahead_message(item, level),
                          day_words(language, item->episode.level_from[level], day), plan);
}

static enum level level_coming(const struct explained *item)
{
    int level = 0;
    while (!day_equal(item->episode.level_from[level], item->alert.raised_on))
        level++;
    while (level + 1 < LEVEL_COUNT && day_equal(item->episode.level_from[level + 1], item->alert.raised_on))
        level++;
    return (enum level)level;
}

static const char *alert_standing_words(enum language language, const struct explained *item,
                                        char words[static WORDS_SIZE])
{
    const struct alert *alert = &item->alert;
    const char *level = term_text(language, level_names[alert->level]);
    char day[DAY_WORDS_SIZE], open[WORDS_SIZE], ahead[WORDS_SIZE];
    if (alert->state == ALERT_RESOLVED)
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_OVER, level,
                              day_words(language, alert->resolved_on, day),
                              term_text(language, resolution_names[alert->resolution]));
    struct day violation = item->episode.level_from[LEVEL_VIOLATION];
    message_format(open, sizeof(open), language, MESSAGE_EXPLAIN_OPEN, level,
                   day_words(language, item->episode.level_from[alert->level], day));
    if (alert->level > LEVEL_NOTICE || !day_before(violation, item->episode.end))
        return strcpy(words, open);
    return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_OPEN_NOTICE, open,
                          term_text(language, level_names[LEVEL_VIOLATION]),
                          ahead_words(language, item, LEVEL_VIOLATION, ahead));
}

const char *standing_words(enum language language, const struct explanation *explanation, const struct explained *item,
                           char words[static WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE], ahead[WORDS_SIZE];
    switch (item->standing) {
    case STANDING_COUNTING:
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_COUNTING,
                              term_text(language, level_names[level_coming(item)]),
                              ahead_words(language, item, level_coming(item), ahead));
    case STANDING_WITHDRAWN:
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHDRAWN_ALERT);
    case STANDING_ABSENT:
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_ABSENT,
                              day_words(language, explanation->yardstick.today, day));
    default:
        return alert_standing_words(language, item, words);
    }
}
