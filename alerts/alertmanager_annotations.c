#include "alerts/alertmanager_annotations.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "alerts/alertmanager_words.h"

#define LINK_PLACEHOLDER "{alert_id}"

static const struct {
    const char *code;
    bool is_told;
} outcomes[OUTCOME_COUNT] = {
#define X(symbol, is_told) [OUTCOME_##symbol] = {#symbol, is_told},
    ALERTMANAGER_OUTCOMES(X)
#undef X
};

const char *alertmanager_outcome_code(enum alertmanager_outcome outcome)
{
    return outcomes[outcome].code;
}

bool alertmanager_outcome_is_told(enum alertmanager_outcome outcome)
{
    return outcomes[outcome].is_told;
}

static void put_day(char text[static DAY_TEXT_SIZE], struct day day)
{
    if (!day_is_absent(day))
        day_format(day, text);
}

/* LINK with the id where it is to stand; "" where there is no room for it. */
static void put_link(char *text, const char *link, const struct uuid *alert_id)
{
    char id[UUID_TEXT_SIZE];
    size_t length = 0;
    uuid_format(alert_id, id);
    for (const char *at = link; *at != '\0' && length < ALERTMANAGER_LINK_SIZE;) {
        const char *next = strstr(at, LINK_PLACEHOLDER);
        const int before = next == NULL ? (int)strlen(at) : (int)(next - at);
        length += (size_t)snprintf(text + length, ALERTMANAGER_LINK_SIZE - length, "%.*s%s", before, at,
                                   next == NULL ? "" : id);
        at += (size_t)before + (next == NULL ? 0 : strlen(LINK_PLACEHOLDER));
    }
    if (length >= ALERTMANAGER_LINK_SIZE)
        text[0] = '\0';
}

static void put_facts(struct alertmanager_annotations *annotations, const struct alertmanager_told *told)
{
    const struct alert *alert = &told->record->alert;
    put_day(annotations->since, alertmanager_since(alert));
    put_day(annotations->due_on, alert->due_on);
    if (alert->norm_months > 0)
        snprintf(annotations->norm_months, sizeof(annotations->norm_months), "%d", alert->norm_months);
    if (told->is_recent)
        snprintf(annotations->recent, sizeof(annotations->recent), "yes");
    put_link(annotations->link, told->link, &told->labels->alert_id);
}

void alertmanager_annotations_init(struct alertmanager_annotations *annotations, const struct alertmanager_told *told)
{
    const bool is_ended = told->outcome == OUTCOME_ENDED;
    *annotations = (struct alertmanager_annotations){.since = ""};
    if (told->outcome != OUTCOME_FORGOTTEN)
        put_facts(annotations, told);
    if (told->outcome != OUTCOME_NONE)
        snprintf(annotations->outcome, sizeof(annotations->outcome), "%s",
                 is_ended ? resolution_names[told->record->alert.resolution] : outcomes[told->outcome].code);
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        alertmanager_say_alert(annotations->summary[language], language, told);
        if (told->outcome != OUTCOME_NONE)
            alertmanager_say_outcome(annotations->outcome_words[language], language, told);
    }
}

#define AT(member) offsetof(struct alertmanager_annotations, member)

static const struct {
    const char *name;
    size_t offset;
} members[] = {
    {"summary_en", AT(summary[LANGUAGE_ENGLISH])},
    {"summary_nl", AT(summary[LANGUAGE_DUTCH])},
    {"since", AT(since)},
    {"due_on", AT(due_on)},
    {"norm_months", AT(norm_months)},
    {"recent", AT(recent)},
    {"link", AT(link)},
    {"outcome", AT(outcome)},
    {"outcome_en", AT(outcome_words[LANGUAGE_ENGLISH])},
    {"outcome_nl", AT(outcome_words[LANGUAGE_DUTCH])},
};

json_t *alertmanager_annotations_json(const struct alertmanager_annotations *annotations)
{
    json_t *object = json_object();
    for (size_t i = 0; object != NULL && i < sizeof(members) / sizeof(members[0]); i++) {
        const char *text = (const char *)annotations + members[i].offset;
        if (*text != '\0' && json_object_set_new(object, members[i].name, json_string(text)) != 0) {
            json_decref(object);
            object = NULL;
        }
    }
    return object;
}
