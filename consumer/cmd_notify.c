/* `notify`: tells people and systems without a Kafka of their own what the alerts topic says. */
#include "consumer/command.h"
#include "consumer/delivery_target.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/notify.h"
#include "consumer/notify_alertmanager.h"

static int run(const struct arguments *arguments)
{
    struct notify *notify = notify_new(arguments->settings);
    int exit_code = notify == NULL ? EXIT_OS : alertmanager_add_targets(notify);
    if (exit_code == EXIT_OK)
        exit_code = delivery_add_targets(notify);
    if (exit_code == EXIT_OK && notify_target_count(notify) == 0) {
        log_error("notify", "there is nobody to tell: set alertmanager.urls or subscriptions.*");
        exit_code = EXIT_CONFIG;
    }
    if (exit_code == EXIT_OK)
        exit_code = notify_run(notify);
    notify_free(notify);
    return exit_code;
}

const struct command command_notify = {
    .name = "notify",
    .operands = "",
    .summary = "tells case managers of alerts, through Alertmanager, and subscribers, by webhooks",
    .details =
        "Follows the alerts topic, without a group, and keeps each Alertmanager of alertmanager.urls in step with the "
        "alerts in force; it groups, routes and mails them. What Alertmanager was told is not kept, but found out at "
        "each start.\n\n"
        "Each of subscriptions.* is sent the changes that it asks for, as signed CloudEvents over HTTP; what it was "
        "told "
        "is kept in the topic deliveries, which `topics create` makes.\n\n"
        "Works until SIGTERM or SIGINT, which end it within seconds. One notify is enough: a second one takes the "
        "subscriptions over, and the first ends. The log goes to standard error.",
    .has_settings = true,
    .run = run,
};
