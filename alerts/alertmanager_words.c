#include "alerts/alertmanager_words.h"

#include <assert.h>
#include <stdio.h>

struct day alertmanager_since(const struct alert *alert)
{
    return day_is_absent(alert->violation_on) ? alert->raised_on : alert->violation_on;
}

/* --- the sentence about it ---------------------------------------------------------------------------------------- */

/* What is said of a rule's alerts before the norm is broken, and then. A rule without a row is said in its own words.
 */
static const struct {
    enum message near, over;
    bool has_norm;
} sentences[RULE_COUNT] = {
    [RULE_EMERGENCY_STAY] = {MESSAGE_NOTIFY_STAY_NEAR, MESSAGE_NOTIFY_STAY, true},
    [RULE_NO_SCHOOL] = {MESSAGE_NOTIFY_SCHOOL_NEAR, MESSAGE_NOTIFY_SCHOOL, true},
    [RULE_SCHOOL_MOVE] = {MESSAGE_NOTIFY_MOVE, MESSAGE_NOTIFY_MOVE, false},
    [RULE_SCHOOL_GAP] = {MESSAGE_NOTIFY_GAP, MESSAGE_NOTIFY_GAP, false},
    [RULE_REPEATED_MOVES] = {MESSAGE_NOTIFY_MOVES, MESSAGE_NOTIFY_MOVES, false},
};

static void say_past(char *text, enum language language, const struct alertmanager_told *told)
{
    const struct alertmanager_labels *labels = told->labels;
    const struct alert *alert = &told->record->alert;
    const char *rule = term_text(language, rules[labels->rule]->name);
    const bool is_of_a_day = day_compare(alert->resolved_on, alertmanager_since(alert)) <= 0;
    char since[DAY_WORDS_SIZE], until[DAY_WORDS_SIZE];
    day_words(language, alertmanager_since(alert), since);
    day_words(language, alert->resolved_on, until);
    message_format(text, ALERTMANAGER_TEXT_SIZE, language,
                   is_of_a_day ? MESSAGE_NOTIFY_WAS_THAT_DAY : MESSAGE_NOTIFY_WAS, labels->child_id,
                   labels->location_id, rule, since, until);
}

static void say_open(char *text, enum language language, const struct alertmanager_told *told)
{
    const struct alertmanager_labels *labels = told->labels;
    const struct alert *alert = &told->record->alert;
    const bool is_near = labels->level == LEVEL_NOTICE && !day_is_absent(alert->due_on);
    const struct day day = is_near ? alert->due_on : alertmanager_since(alert);
    enum message message = is_near ? sentences[labels->rule].near : sentences[labels->rule].over;
    char words[DAY_WORDS_SIZE], months[NUMBER_WORDS_SIZE];
    const char *rule = term_text(language, rules[labels->rule]->name);
    const bool is_known = message != 0 && (!sentences[labels->rule].has_norm || alert->norm_months > 0);
    day_words(language, day, words);
    number_words(language, alert->norm_months, 0, months);
    message_format(text, ALERTMANAGER_TEXT_SIZE, language, is_known ? message : MESSAGE_NOTIFY_SINCE, labels->child_id,
                   labels->location_id, is_known ? words : rule, is_known ? months : words);
}

void alertmanager_say_alert(char *text, enum language language, const struct alertmanager_told *told)
{
    if (told->outcome == OUTCOME_FORGOTTEN)
        message_format(text, ALERTMANAGER_TEXT_SIZE, language, MESSAGE_NOTIFY_ERASED, told->labels->location_id);
    else if (told->labels->is_past && told->record->alert.state == ALERT_RESOLVED)
        say_past(text, language, told);
    else
        say_open(text, language, told);
}

/* --- what became of it -------------------------------------------------------------------------------------------- */

static const enum message outcome_messages[OUTCOME_COUNT] = {
    [OUTCOME_ENDED] = MESSAGE_NOTIFY_OVER,          [OUTCOME_MOVED] = MESSAGE_NOTIFY_MOVED,
    [OUTCOME_ESCALATED] = MESSAGE_NOTIFY_LEVEL,     [OUTCOME_LOWERED] = MESSAGE_NOTIFY_LEVEL,
    [OUTCOME_OVERDUE] = MESSAGE_NOTIFY_OVERDUE,     [OUTCOME_REPLACED] = MESSAGE_NOTIFY_REPLACED,
    [OUTCOME_FORGOTTEN] = MESSAGE_NOTIFY_FORGOTTEN, [OUTCOME_CHANGED] = MESSAGE_NOTIFY_CHANGED,
    [OUTCOME_PAST] = MESSAGE_NOTIFY_PAST,
};

static void say_end(char *text, enum language language, const struct alert *alert)
{
    const char *reason = term_text(language, resolution_names[alert->resolution]);
    char day[DAY_WORDS_SIZE];
    if (alert->state == ALERT_WITHDRAWN || day_is_absent(alert->resolved_on)) {
        message_format(text, ALERTMANAGER_TEXT_SIZE, language, MESSAGE_NOTIFY_TAKEN_BACK, reason);
        return;
    }
    day_words(language, alert->resolved_on, day);
    message_format(text, ALERTMANAGER_TEXT_SIZE, language, MESSAGE_NOTIFY_OVER, day, reason);
}

/* The one value that a message of an alert that goes on may have. */
static const char *value_of(const struct alertmanager_told *told, enum language language,
                            char value[static ID_LENGTH_MAX + 1])
{
    const struct alert *alert = &told->goes_on->alert;
    if (told->outcome == OUTCOME_ESCALATED || told->outcome == OUTCOME_LOWERED)
        return term_text(language, level_names[alert->level]);
    if (told->outcome == OUTCOME_OVERDUE)
        return number_words(language, told->overdue_days, 0, value);
    snprintf(value, ID_LENGTH_MAX + 1, "%.*s", (int)alert->place.location_id.length, alert->place.location_id.bytes);
    return value;
}

void alertmanager_say_outcome(char *text, enum language language, const struct alertmanager_told *told)
{
    char value[ID_LENGTH_MAX + 1] = "";
    static_assert(sizeof(value) >= NUMBER_WORDS_SIZE, "a number fits, too");
    if (told->outcome == OUTCOME_ENDED)
        say_end(text, language, &told->record->alert);
    else
        message_format(text, ALERTMANAGER_TEXT_SIZE, language, outcome_messages[told->outcome],
                       told->outcome == OUTCOME_FORGOTTEN ? "" : value_of(told, language, value));
}
