/* `forget`: asks the service to forget a child, and waits until it has. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "alerts/messages.h"
#include "consumer/command.h"
#include "consumer/command_language.h"
#include "consumer/command_parse.h"
#include "consumer/command_user.h"
#include "consumer/exit_code.h"
#include "consumer/forgetting.h"
#include "consumer/log.h"

#define COMPONENT "forget"
#define REASON_BYTES_MAX 1000 /* with all else a line of the log */
#define TIMEOUT_S 60
#define TIMEOUT_S_MAX 86400 /* a day */
#define PLACES_SIZE 1024

struct wish {
    const struct arguments *arguments;
    struct text child_id;
    char reason[REASON_BYTES_MAX + 3]; /* in quotes */
    bool waits;
    int timeout_s;
    enum language language;
};

/* --- what was asked: no mistake is told with the id in it --------------------------------------------------------- */

static bool has_control_characters(const char *text)
{
    while (*text != '\0' && text_control_length(text) == 0)
        text++;
    return *text != '\0';
}

/* The reason stays in the log after the child is forgotten, so it must not name it; nor may it end its quotes, and name
 * another user behind them. */
static bool read_reason(struct wish *wish, const char *reason)
{
    const struct command *command = wish->arguments->command;
    if (reason[strspn(reason, " ")] == '\0')
        return command_complain(command, "--reason is empty; it stays in the log, for whoever asks later");
    if (has_control_characters(reason) || !log_quote(reason, wish->reason, sizeof(wish->reason)))
        return command_complain(
            command, "--reason is not one line of at most %d bytes (quotes and backslashes are two)", REASON_BYTES_MAX);
    if (strcasestr(reason, wish->arguments->operands[0]) != NULL)
        return command_complain(command,
                                "--reason contains the child's id; the reason stays when the child is forgotten");
    return true;
}

static bool read_wish(struct wish *wish, const struct arguments *arguments)
{
    const char *id = arguments->operands[0];
    const size_t length = strlen(id);
    *wish = (struct wish){.arguments = arguments,
                          .child_id = {id, (uint32_t)(length > ID_LENGTH_MAX ? 0 : length)},
                          .waits = arguments_value(arguments, "wait") != NULL,
                          .timeout_s = (int)arguments_integer(arguments, "timeout", TIMEOUT_S),
                          .language = command_language(arguments)};
    if (!text_is_id(wish->child_id))
        return command_complain(arguments->command, "CHILD_ID is no id: 1 to %d characters of A-Z a-z 0-9 . _ : -",
                                ID_LENGTH_MAX);
    if (arguments_value(arguments, "timeout") != NULL && !wish->waits)
        return command_complain(arguments->command, "--timeout needs --wait");
    return read_reason(wish, arguments_value(arguments, "reason"));
}

/* --- the audit ---------------------------------------------------------------------------------------------------- */

/* Before anything is written: whoever ends the command from here on does not take the wish back. Neither this nor the
 * other line has the id, nor a hash of it, since ids can be guessed. */
static void write_intent(const struct wish *wish)
{
    char user[COMMAND_USER_SIZE];
    command_user(user);
    log_audit(COMPONENT, "is about to ask to forget a child user=%s reason=%s", user, wish->reason);
}

/* What was written where. */
static void write_audit(const struct wish *wish, const struct forgetting *forgetting)
{
    char user[COMMAND_USER_SIZE], places[PLACES_SIZE] = "";
    size_t used = 0;
    for (int stream = 0; stream < STREAM_COUNT; stream++) {
        const struct wish_record *tombstone = &forgetting->tombstones[stream];
        if (tombstone->error == RD_KAFKA_RESP_ERR_NO_ERROR)
            used += (size_t)snprintf(places + used, sizeof(places) - used, "%s%s/%d/%lld", used == 0 ? "" : ",",
                                     forgetting->settings->topics[stream], tombstone->partition,
                                     (long long)tombstone->offset);
    }
    command_user(user);
    log_audit(COMPONENT, "asked to forget a child user=%s tombstones=%s reason=%s", user, used == 0 ? "none" : places,
              wish->reason);
}

/* --- what came of it ---------------------------------------------------------------------------------------------- */

static void say(const struct wish *wish, enum message message)
{
    message_print(stdout, wish->language, message);
    putchar('\n');
}

static void say_number(const struct wish *wish, enum message message, uint32_t number)
{
    char words[NUMBER_WORDS_SIZE];
    if (number == 0)
        return;
    message_print(stdout, wish->language, message, number_words(wish->language, number, 0, words));
    putchar('\n');
}

static void say_unread(const struct wish *wish, const struct forgetting *forgetting,
                       const struct forgetting_sight *sight)
{
    for (int stream = 0; stream < STREAM_COUNT && sight->is_ever_read; stream++) {
        char next[NUMBER_WORDS_SIZE], offset[NUMBER_WORDS_SIZE];
        if (sight->is_read[stream])
            continue;
        message_print(stdout, wish->language, MESSAGE_FORGET_UNREAD, forgetting->settings->topics[stream],
                      number_words(wish->language, sight->next_offset[stream], 0, next),
                      number_words(wish->language, forgetting->tombstones[stream].offset, 0, offset));
        putchar('\n');
    }
    if (!sight->is_ever_read)
        say(wish, MESSAGE_FORGET_NEVER_READ);
}

static void say_what_is_missing(const struct wish *wish, const struct forgetting *forgetting,
                                const struct forgetting_sight *sight)
{
    say_number(wish, MESSAGE_FORGET_NOT_YET, (uint32_t)wish->timeout_s);
    if (!sight->is_forgotten)
        say_unread(wish, forgetting, sight);
    say_number(wish, MESSAGE_FORGET_FACTS, sight->facts);
    say_number(wish, MESSAGE_FORGET_ALERTS, sight->alerts);
    say_number(wish, MESSAGE_FORGET_VIOLATIONS, sight->violations);
    if (sight->is_forgotten && !sight->is_looked_through)
        say(wish, MESSAGE_FORGET_UNSEEN);
}

static int wait_until_forgotten(const struct wish *wish, const struct forgetting *forgetting)
{
    struct forgetting_sight sight;
    const int exit_code = forgetting_see(forgetting, wish->timeout_s * INT64_C(1000), &sight);
    if (exit_code == EXIT_NOT_YET)
        say_what_is_missing(wish, forgetting, &sight);
    if (exit_code != EXIT_OK)
        return exit_code;
    say(wish, sight.was_known ? MESSAGE_FORGET_DONE : MESSAGE_FORGET_UNKNOWN);
    return EXIT_OK;
}

static int ask(const struct wish *wish, struct forgetting *forgetting)
{
    write_intent(wish);
    const int exit_code = forgetting_write(forgetting);
    write_audit(wish, forgetting);
    if (exit_code != EXIT_OK)
        return exit_code;
    say(wish, MESSAGE_FORGET_ASKED);
    fflush(stdout);
    return wish->waits ? wait_until_forgotten(wish, forgetting) : EXIT_OK;
}

static int run(const struct arguments *arguments)
{
    struct wish wish;
    struct forgetting forgetting;
    if (!read_wish(&wish, arguments))
        return EXIT_USAGE;
    int exit_code = forgetting_open(&forgetting, arguments->settings, COMPONENT, wish.child_id, wish.waits);
    if (exit_code != EXIT_OK)
        return exit_code;
    exit_code = ask(&wish, &forgetting);
    forgetting_close(&forgetting);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "reason",
     .type = OPTION_TEXT,
     .argument = "TEXT",
     .help = "Why; stays in the log, one line without the id.",
     .required = true},
    {.name = "wait", .help = "Wait until nothing is left of the child in what the service writes."},
    {.name = "timeout",
     .type = OPTION_INTEGER,
     .argument = "SECONDS",
     .minimum = 1,
     .maximum = TIMEOUT_S_MAX,
     .unit = "seconds",
     .help = "How long to wait at most; 60 without it."},
    COMMAND_OPTION_LANGUAGE,
};

const struct command command_forget = {
    .name = "forget",
    .operands = "CHILD_ID",
    .summary = "forget a child: its facts, alerts and violations",
    .details =
        "Writes a record without value under the child's id to each of the three inputs, which asks the service to "
        "forget what was recorded by now. Who is about to do so and why, and then where these records stand, become "
        "two "
        "lines of the log, without the id.\n\n"
        "With --wait it ends when the state holds no facts of the child, and every alert and violation of it a "
        "tombstone. If that takes too long it says what is missing and ends with 75; the service goes on as soon as it "
        "can. To ask again does no harm.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .has_settings = true,
    .run = run,
};
