/* `notify drop`: removes what is kept of a subscription that the settings no longer have. */
#include <stdio.h>
#include <string.h>

#include "consumer/command.h"
#include "consumer/command_parse.h"
#include "consumer/command_user.h"
#include "consumer/delivery_drop.h"
#include "consumer/delivery_look.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/settings_subscription.h"
#include "consumer/suggestion.h"

#define COMPONENT "drop"

/* --- what --------------------------------------------------------------------------------------------------------- */

static bool is_kept(const struct delivery_look *look, const char *name, const struct command *command)
{
    struct suggestion suggestion;
    suggestion_init(&suggestion, name);
    for (size_t i = 0; i < look->sights.count; i++) {
        const struct delivery_sight *sight = &look->sights.of[i];
        if (strcmp(sight->name, name) == 0)
            return true;
        if (!sight->is_in_settings)
            suggestion_offer(&suggestion, sight->name);
    }
    char question[SUGGESTION_QUESTION_SIZE];
    return command_complain(command, "nothing is kept of a subscription of that name%s",
                            suggestion_question(&suggestion, question));
}

/* --- removing it -------------------------------------------------------------------------------------------------- */

/* Before anything is removed, and when all is: nobody can see afterwards what was told. */
static int drop(const struct delivery_look *look, const char *name)
{
    char user[COMMAND_USER_SIZE];
    size_t alerts;
    command_user(user);
    log_audit(COMPONENT, "is about to remove what is kept of a subscription user=%s subscription=%s", user, name);
    const int exit_code = delivery_drop(look->settings, name, look->sights.partition_count, &alerts);
    if (exit_code != EXIT_OK)
        return exit_code;
    log_audit(COMPONENT, "removed what was kept of a subscription user=%s subscription=%s alerts=%zu", user, name,
              alerts);
    printf("removed; should %s come back, it is a new subscription\n", name);
    return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
    const char *name = arguments->operands[0];
    struct delivery_look look;
    /* Of one that is in the settings it would all be told anew, and a running notify have to end. */
    if (subscription_find(arguments->settings, name, strlen(name)) != NULL) {
        command_complain(arguments->command, "%s is in the settings: take it out, and restart notify, before", name);
        return EXIT_USAGE;
    }
    int exit_code = delivery_look_open(&look, arguments->settings, COMPONENT);
    if (exit_code == EXIT_OK)
        exit_code = is_kept(&look, name, arguments->command) ? drop(&look, name) : EXIT_USAGE;
    delivery_look_close(&look);
    return exit_code;
}

const struct command command_notify_drop = {
    .name = "notify drop",
    .operands = "NAME",
    .summary = "remove what is kept of a subscription that is no longer in the settings",
    .details =
        "What a subscriber was told is kept when its subscription is taken out of the settings: ids of alerts, and "
        "hashes of pseudonyms. So a mistake in a name loses nothing, and whoever comes back is told what it missed. "
        "`notify status` lists what is kept of whom; this removes it. Should a subscription of that name come later, "
        "it is a new one: told of the alerts that are open then, and not that others have ended or are forgotten "
        "since.\n\n"
        "Restart notify without the subscription before: one that still tells it is fenced, and ends with 80. Who "
        "removed what becomes two lines of the log.",
    .operand_minimum = 1,
    .operand_maximum = 1,
    .has_settings = true,
    .run = run,
};
