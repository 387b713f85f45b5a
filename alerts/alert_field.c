#include "alerts/alert_field.h"

#include "alerts/norms_text.h"
#include "rules/rule.h"

static void date_put(struct day day, char words[static WORDS_SIZE])
{
    if (!day_is_absent(day))
        day_format(day, words);
}

static void say_day(enum language language, enum message message, struct day day, char words[static WORDS_SIZE])
{
    char text[DAY_WORDS_SIZE];
    message_format(words, WORDS_SIZE, language, message, day_words(language, day, text));
}

/* --- level and state -----------------------------------------------------------------------------------------------
 */

static bool level_equal(const struct alert *a, const struct alert *b)
{
    return a->level == b->level;
}

static void level_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    text_add(words, WORDS_SIZE, term_text(language, level_names[alert->level]));
}

static void level_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                          char words[static WORDS_SIZE])
{
    message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_LEVEL,
                   term_text(language, level_names[otherwise->level]), term_text(language, level_names[alert->level]));
}

static bool state_equal(const struct alert *a, const struct alert *b)
{
    return a->state == b->state;
}

static void state_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    text_add(words, WORDS_SIZE, term_text(language, alert_state_names[alert->state]));
}

/* That it is over is told with the day. */
static void state_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                          char words[static WORDS_SIZE])
{
    (void)alert;
    if (otherwise->state == ALERT_OPEN)
        message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_OPEN);
}

/* --- days and norm -------------------------------------------------------------------------------------------------
 */

static bool raised_equal(const struct alert *a, const struct alert *b)
{
    return day_equal(a->raised_on, b->raised_on);
}

static void raised_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    (void)language;
    date_put(alert->raised_on, words);
}

static void raised_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                           char words[static WORDS_SIZE])
{
    (void)alert;
    say_day(language, MESSAGE_EXPLAIN_WITHOUT_RAISED, otherwise->raised_on, words);
}

static bool violation_equal(const struct alert *a, const struct alert *b)
{
    return day_equal(a->violation_on, b->violation_on);
}

static void violation_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    (void)language;
    date_put(alert->violation_on, words);
}

static void violation_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                              char words[static WORDS_SIZE])
{
    (void)alert;
    if (day_is_absent(otherwise->violation_on))
        message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_NO_VIOLATION);
    else
        say_day(language, MESSAGE_EXPLAIN_WITHOUT_VIOLATION, otherwise->violation_on, words);
}

static bool months_equal(const struct alert *a, const struct alert *b)
{
    return a->norm_months == b->norm_months;
}

static void months_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    if (alert->norm_months > 0)
        quantity_words(language, alert->norm_months, "months", words);
}

static void months_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                           char words[static WORDS_SIZE])
{
    (void)alert;
    char months[QUANTITY_SIZE];
    message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_NORM,
                   quantity_words(language, otherwise->norm_months, "months", months));
}

static bool due_equal(const struct alert *a, const struct alert *b)
{
    return day_equal(a->due_on, b->due_on);
}

static void due_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    (void)language;
    date_put(alert->due_on, words);
}

static void due_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                        char words[static WORDS_SIZE])
{
    (void)alert;
    if (!day_is_absent(otherwise->due_on))
        say_day(language, MESSAGE_EXPLAIN_WITHOUT_DUE, otherwise->due_on, words);
}

/* --- the end -------------------------------------------------------------------------------------------------------
 */

static void say_ended(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE];
    message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_RESOLVED,
                   day_words(language, alert->resolved_on, day),
                   term_text(language, resolution_names[alert->resolution]));
}

static bool ended_equal(const struct alert *a, const struct alert *b)
{
    return day_equal(a->resolved_on, b->resolved_on);
}

static void ended_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    (void)language;
    date_put(alert->resolved_on, words);
}

static void ended_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                          char words[static WORDS_SIZE])
{
    (void)alert;
    if (otherwise->state == ALERT_RESOLVED)
        say_ended(language, otherwise, words);
}

static bool because_equal(const struct alert *a, const struct alert *b)
{
    return a->resolution == b->resolution;
}

static void because_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    if (alert->resolution != RESOLUTION_NONE)
        text_add(words, WORDS_SIZE, term_text(language, resolution_names[alert->resolution]));
}

/* Told with the day, where that differs. */
static void because_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                            char words[static WORDS_SIZE])
{
    if (otherwise->state == ALERT_RESOLVED && ended_equal(alert, otherwise))
        say_ended(language, otherwise, words);
}

/* --- where, and whose ----------------------------------------------------------------------------------------------
 */

static bool location_equal(const struct alert *a, const struct alert *b)
{
    return place_equal(&a->place, &b->place);
}

static void location_value(enum language language, const struct alert *alert, char words[static WORDS_SIZE])
{
    char id[ID_LENGTH_MAX + 1];
    snprintf(words, WORDS_SIZE, "%s (%s, %s)", id_words(alert->place.location_id, id),
             term_text(language, location_kind_names[alert->place.kind]),
             term_text(language, region_names[alert->place.region]));
}

static void location_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                             char words[static WORDS_SIZE])
{
    (void)alert;
    char place[WORDS_SIZE];
    message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_PLACE,
                   place_words(language, &otherwise->place, place));
}

static bool unaccompanied_equal(const struct alert *a, const struct alert *b)
{
    return a->unaccompanied == b->unaccompanied;
}

static void unaccompanied_instead(enum language language, const struct alert *alert, const struct alert *otherwise,
                                  char words[static WORDS_SIZE])
{
    (void)alert;
    static const enum message messages[] = {[ANSWER_UNKNOWN] = MESSAGE_EXPLAIN_WITHOUT_UNKNOWN,
                                            [ANSWER_NO] = MESSAGE_EXPLAIN_WITHOUT_ACCOMPANIED,
                                            [ANSWER_YES] = MESSAGE_EXPLAIN_WITHOUT_UNACCOMPANIED};
    text_add(words, WORDS_SIZE, message_text(language, messages[otherwise->unaccompanied]));
}

/* --- all of them ---------------------------------------------------------------------------------------------------
 */

const struct alert_field alert_fields[ALERT_FIELD_COUNT] = {
    {level_equal, level_value, NULL, level_instead},
    {state_equal, state_value, NULL, state_instead},
    {raised_equal, raised_value, "field.raised_on", raised_instead},
    {violation_equal, violation_value, "field.violation_on", violation_instead},
    {months_equal, months_value, "field.norm_months", months_instead},
    {due_equal, due_value, "field.due_on", due_instead},
    {ended_equal, ended_value, "field.resolved_on", ended_instead},
    {because_equal, because_value, "field.resolution", because_instead},
    {location_equal, location_value, "field.location", location_instead},
    {unaccompanied_equal, NULL, NULL, unaccompanied_instead},
};
