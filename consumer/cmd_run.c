#include "consumer/command.h"
#include "consumer/service.h"

static int run(const struct arguments *arguments)
{
    return service_run(arguments->settings);
}

const struct command command_run = {
    .name = "run",
    .operands = "",
    .summary = "the service: reads events, judges children, publishes alerts, exactly once",
    .details =
        "Joins the consumer group and works until SIGTERM or SIGINT, which end it within seconds. More instances "
        "of the same group share the partitions; give each its own service.instance. The log goes to standard "
        "error, one line an event of the service.",
    .has_settings = true,
    .run = run,
};
