/* `notify replay`: asks the running notify to tell a subscriber again. */
#include <stdio.h>
#include <string.h>

#include "consumer/clock.h"
#include "consumer/command.h"
#include "consumer/command_parse.h"
#include "consumer/command_user.h"
#include "consumer/delivery_book.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/settings_subscription.h"
#include "consumer/suggestion.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/wish_record.h"
#include "rules/civil_time.h"

#define COMPONENT "replay"

struct asking {
    const struct settings *settings;
    const char *name; /* of the subscription */
    struct day from;
    struct delivery_record record;
    int32_t partition;
    struct wish_record written;
};

/* --- whom --------------------------------------------------------------------------------------------------------- */

static bool is_subscription(const struct asking *asking, const struct command *command)
{
    struct suggestion suggestion;
    if (subscription_find(asking->settings, asking->name, strlen(asking->name)) != NULL)
        return true;
    suggestion_init(&suggestion, asking->name);
    for (size_t i = 0; i < asking->settings->subscription_count; i++)
        suggestion_offer(&suggestion, asking->settings->subscriptions[i].name);
    char question[SUGGESTION_QUESTION_SIZE];
    return command_complain(command, "the settings have no subscription of that name%s",
                            suggestion_question(&suggestion, question));
}

/* --- the wish ----------------------------------------------------------------------------------------------------- */

static int find_topic(struct asking *asking, rd_kafka_t *kafka)
{
    int32_t partition_counts[TOPIC_COUNT];
    const int exit_code = topics_reach(kafka, asking->settings, TOPIC_BIT(DELIVERIES), partition_counts, stderr, NULL);
    if (exit_code == EXIT_OK)
        asking->partition = delivery_book_partition(asking->name, partition_counts[TOPIC_DELIVERIES]);
    return exit_code;
}

static int write_wish(struct asking *asking, rd_kafka_t *kafka)
{
    char key[DELIVERY_KEY_SIZE];
    uint8_t value[DELIVERY_BYTES_MAX];
    asking->written = (struct wish_record){
        .topic = asking->settings->topics[TOPIC_DELIVERIES],
        .partition = asking->partition,
        .key = {key, (uint32_t)delivery_key_write(&asking->record, asking->name, key)},
        .value = value,
        .length = delivery_record_write(&asking->record, value),
    };
    return wish_records_write(kafka, &asking->written, 1, COMPONENT);
}

/* Before anything is written, and when it is: what leaves the house a second time is to be known. */
static int ask(struct asking *asking, rd_kafka_t *kafka)
{
    char user[COMMAND_USER_SIZE], from[DAY_TEXT_SIZE];
    int exit_code = find_topic(asking, kafka);
    if (exit_code != EXIT_OK)
        return exit_code;
    command_user(user);
    day_format(asking->from, from);
    log_audit(COMPONENT, "is about to ask to tell a subscriber again user=%s subscription=%s from=%s", user,
              asking->name, from);
    exit_code = write_wish(asking, kafka);
    if (exit_code != EXIT_OK)
        return exit_code;
    log_audit(COMPONENT, "asked to tell a subscriber again user=%s subscription=%s from=%s wish=%s/%d/%lld", user,
              asking->name, from, asking->written.topic, asking->written.partition, (long long)asking->written.offset);
    printf("asked; notify does so as soon as it reads this\n");
    return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
    struct asking asking = {
        .settings = arguments->settings, .name = arguments->operands[0], .from = arguments_date(arguments, "from")};
    if (!is_subscription(&asking, arguments->command))
        return EXIT_USAGE;
    asking.record = (struct delivery_record){.kind = DELIVERY_OF_WISH,
                                             .of.wish = {civil_day_begin(asking.from), clock_wall_ms()}};
    rd_kafka_t *kafka = wish_record_client(arguments->settings, COMPONENT);
    if (kafka == NULL)
        return EXIT_CONFIG;
    const int exit_code = ask(&asking, kafka);
    rd_kafka_destroy(kafka);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "from",
     .type = OPTION_DATE,
     .argument = "DATE",
     .help = "Tell what was logged on or after that day again.",
     .required = true},
};

const struct command command_notify_replay = {
    .name = "notify replay",
    .operands = "NAME",
    .summary = "tell a subscriber again what changed since a day",
    .details =
        "For a receiver that has lost what it was told, or that wants to be told again after it had answered that it "
        "wants no more (410). The running notify, or the next that is started, tells it the newest revision of each "
        "alert that was logged on or after DATE, with the ids of the first time, and every alert that is open, asked "
        "for and not known to be held (if DATE is still to come, these alone); then it goes on with what comes. "
        "Revisions that a newer one has replaced are "
        "not told, nor anything of a child that is forgotten.\n\n"
        "Who asked, and for what, become two lines of the log.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .has_settings = true,
    .run = run,
};
