/* `demo`: the service at work on the spring of 2025, with a Kafka of its own. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "consumer/command.h"
#include "consumer/demo_show.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define SECONDS_DEFAULT 50
#define SECONDS_MAX 86400
#define SEED_DEFAULT 2025
#define EVENT_JSON_BYTES_MAX 2048 /* event_write_json: always suffices */

/* --- the events alone --------------------------------------------------------------------------------------------- */

static bool write_lines(const struct demo_population *population, FILE *file)
{
    for (size_t i = 0; i < population->event_count; i++) {
        char line[EVENT_JSON_BYTES_MAX];
        size_t length = event_write_json(&population->events[i], line, sizeof line);
        line[length] = '\n'; /* the size leaves room */
        if (fwrite(line, 1, length + 1, file) != length + 1)
            return false;
    }
    return fflush(file) == 0;
}

static int write_events(const struct demo_population *population, const char *path)
{
    bool to_stdout = strcmp(path, "-") == 0;
    FILE *file = to_stdout ? stdout : fopen(path, "w");
    if (file == NULL) {
        fprintf(stderr, "%s: can not be written: %s\n", path, strerror(errno));
        return EXIT_IO;
    }
    bool done = write_lines(population, file);
    if (!to_stdout)
        done = fclose(file) == 0 && done;
    if (!done)
        fprintf(stderr, "%s: writing failed: %s\n", path, strerror(errno));
    return done ? EXIT_OK : EXIT_IO;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* What the mock cluster can bear, and what must not meet another service's on this machine. */
static bool set_for_demo(struct settings *settings)
{
    static const char *const assignments[] = {"topics.partitions=16", "service.group=placement-alerts-demo",
                                              "service.instance=demo", "service.gather_ms=20", "clock=2025-04-01"};
    for (size_t i = 0; i < sizeof assignments / sizeof assignments[0]; i++)
        if (!settings_set(settings, assignments[i], stderr))
            return false;
    return true;
}

static int show(const struct arguments *arguments, const struct demo_population *population,
                const struct calendar *calendar)
{
    if (!set_for_demo(arguments->settings))
        return EXIT_CONFIG;
    log_set_level(LOG_LEVEL_WARNING); /* the demo tells the story */
    struct demo_settings demo = {.settings = arguments->settings,
                                 .calendar = calendar,
                                 .population = population,
                                 .seconds = (int64_t)arguments_integer(arguments, "seconds", SECONDS_DEFAULT),
                                 .plain = arguments_value(arguments, "plain") != NULL,
                                 .notify_folder = arguments_value(arguments, "notify")};
    return demo_show(&demo);
}

static int run(const struct arguments *arguments)
{
    struct calendar *calendar = settings_calendar(arguments->settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    struct demo_population *population = demo_population_new(arguments_integer(arguments, "seed", SEED_DEFAULT),
                                                             calendar);
    const char *path = arguments_value(arguments, "write-events");
    int exit_code = EXIT_OS;
    if (population == NULL)
        log_error("demo", "memory is short");
    else
        exit_code = path != NULL ? write_events(population, path) : show(arguments, population, calendar);
    demo_population_free(population);
    calendar_free(calendar);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "seed",
     .type = OPTION_INTEGER,
     .argument = "NUMBER",
     .maximum = UINT64_MAX,
     .help = "Another spring of the same kind; 2025 without it."},
    {.name = "seconds",
     .type = OPTION_INTEGER,
     .argument = "NUMBER",
     .minimum = 1,
     .maximum = SECONDS_MAX,
     .unit = "seconds",
     .help = "How long the seventeen months take; 50 without it."},
    {.name = "plain", .help = "A line a month instead of a screen."},
    {.name = "notify",
     .type = OPTION_TEXT,
     .argument = "FOLDER",
     .help =
         "Tell people and systems, too: mails of an Alertmanager, and a webhook, to an inbox of the demo's own. The "
         "mails, and all it needs, are kept in FOLDER."},
    {.name = "write-events",
     .type = OPTION_TEXT,
     .argument = "FILE",
     .help = "Write the events as JSON lines (- is standard output), and no more."},
};

const struct command command_demo = {
    .name = "demo",
    .operands = "",
    .summary = "watch the service at work on the spring of 2025; needs no Kafka",
    .details = "Makes up the children in Dutch reception as the Inspectorates' letter of 17 July 2025 has them (7,044 "
               "in 186 emergency "
               "sites, 1,918 of them unaccompanied, and as many in regular ones), starts a Kafka inside this process "
               "(librdkafka's "
               "mock cluster), and runs the service on what the registers would have sent, from 1 April 2025 to 31 "
               "August 2026 in "
               "about a minute. Rules and calendar are those of the settings; broker and clock are the demo's own.\n"
               "On a terminal it shows a screen, else a line a month. Ctrl-C ends it at once, as the signal does (130 "
               "to a shell). At "
               "the end the newest revision of every alert that was published is held against `evaluate` over the same "
               "events; where "
               "they differ, the differences are written to stderr and the exit code is 83.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .has_settings = true,
    .run = run,
};
