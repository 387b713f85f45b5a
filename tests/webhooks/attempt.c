/* Sends one event of each type to a subscription, in the order of their enum, once and by one sender, and prints a line
 * each: the outcome, the status, and what an operator would be told. For receivers that are not ours.
 *
 *     webhook_attempt SETTINGS_FILE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/clock.h"
#include "consumer/webhook_send.h"

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

static struct alert_record record(void)
{
    struct alert_record made = {
        .child_id = text_of("k-7301"),
        .logged_at_ms = 1756796400123,
        .alert = {.level = LEVEL_VIOLATION,
                  .state = ALERT_OPEN,
                  .revision = 3,
                  .norm_months = 3,
                  .raised_on = day_from_civil((struct civil_date){2025, 5, 4}),
                  .violation_on = day_from_civil((struct civil_date){2025, 6, 4}),
                  .due_on = day_from_civil((struct civil_date){2025, 6, 3}),
                  .resolved_on = DAY_ABSENT,
                  .unaccompanied = ANSWER_NO,
                  .place = {text_of("noodopvang-assen-02"), LOCATION_EMERGENCY, REGION_NORTH}},
    };
    while (strcmp(rules[made.alert.rule]->name, "no-school") != 0)
        made.alert.rule++;
    uuid_parse("8f3f1d6a-5b0e-4c55-9d43-0d6a3c1c9b01", 36, &made.alert.cause);
    made.alert_id = alert_id(&made.alert, made.child_id);
    return made;
}

static bool write_event(struct webhook_event *event, enum webhook_event_type type, const char *source)
{
    const struct alert_record told = record();
    switch (type) {
    case WEBHOOK_EVENT_REVISED:
        return webhook_event_revised(event, source, &told);
    case WEBHOOK_EVENT_LEFT:
        return webhook_event_left(event, source, &told);
    default:
        return webhook_event_forgotten(event, source, &told.alert_id, told.logged_at_ms);
    }
}

static bool send_each(const struct settings *settings)
{
    struct webhook *webhook = webhook_new(settings, &settings->subscriptions[0], NULL);
    bool right = webhook != NULL;
    for (enum webhook_event_type type = 0; right && type < WEBHOOK_EVENT_COUNT; type++) {
        struct webhook_event event;
        struct webhook_reply reply;
        right = write_event(&event, type, settings->cloudevents_source);
        if (right) {
            const enum webhook_outcome outcome = webhook_send(webhook, &event, clock_wall_ms(), &reply);
            printf("%s %ld %s\n", webhook_outcomes[outcome].name, reply.status, reply.why);
        }
    }
    webhook_free(webhook);
    return right;
}

int main(int count, char **arguments)
{
    struct settings settings;
    if (count != 2 || !settings_init(&settings))
        return EXIT_FAILURE;
    const bool right = settings_read(&settings, arguments[1], stderr) && settings_fit(&settings, stderr) &&
                       send_each(&settings);
    settings_fini(&settings);
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
