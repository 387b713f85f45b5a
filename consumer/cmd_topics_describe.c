/* `topics describe`: what the topics are, for people and for tools. */
#include <string.h>

#include "consumer/asyncapi.h"
#include "consumer/command.h"
#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/suggestion.h"
#include "consumer/topics_describe.h"

static bool find_topic(const struct arguments *arguments, enum topic *topic)
{
    const char *wanted = arguments->operands[0];
    struct suggestion suggestion;
    suggestion_init(&suggestion, wanted);
    for (*topic = 0; *topic < TOPIC_COUNT; (*topic)++) {
        const char *name = arguments->settings->topics[*topic];
        if (strcmp(name, wanted) == 0)
            return true;
        suggestion_offer(&suggestion, name);
    }
    char question[SUGGESTION_QUESTION_SIZE];
    return command_complain(arguments->command, "\"%.100s\" is none of the topics in the settings%s", wanted,
                            suggestion_question(&suggestion, question));
}

static int describe_avro(const struct arguments *arguments)
{
    enum topic topic;
    if (arguments->operand_count == 0)
        return topics_print_avro(arguments->settings, stdout) ? EXIT_OK : EXIT_OS;
    if (!find_topic(arguments, &topic))
        return EXIT_USAGE;
    topic_print_avro(topic, stdout);
    return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
    const bool as_avro = arguments_value(arguments, "avro") != NULL;
    const bool as_asyncapi = arguments_value(arguments, "asyncapi") != NULL;
    int exit_code = EXIT_OK;
    if (as_avro && as_asyncapi)
        return command_complain(arguments->command, "--asyncapi and --avro exclude each other"), EXIT_USAGE;
    if (arguments->operand_count > 0 && !as_avro)
        return command_complain(arguments->command, "TOPIC needs --avro"), EXIT_USAGE;
    if (as_avro)
        exit_code = describe_avro(arguments);
    else if (as_asyncapi)
        exit_code = asyncapi_print(arguments->settings, stdout) ? EXIT_OK : EXIT_OS;
    else
        topics_print_table(arguments->settings, stdout);
    if (exit_code == EXIT_OS)
        command_complain(arguments->command, "the JSON could not be made: memory is short, or a setting is not UTF-8");
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "asyncapi", .help = "Print an AsyncAPI 3.0 document."},
    {.name = "avro",
     .help = "Print the Avro schemas of the values: of TOPIC as an .avsc, or one JSON object with an array of them for "
             "each topic."},
};

const struct command command_topics_describe = {
    .name = "topics describe",
    .operands = "[TOPIC]",
    .summary = "tell what is in the topics: a table, AsyncAPI or Avro",
    .details =
        "Prints of each topic whether the service reads or writes it, its key, its records with their schema and "
        "its fingerprint, and how `topics create` makes it. All of it is told from the settings; no broker is "
        "asked.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_maximum = 1,
    .has_settings = true,
    .run = run,
};
