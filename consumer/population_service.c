#include "consumer/population_service.h"

#include "consumer/command_parse.h"
#include "consumer/exit_code.h"

void population_service_init(struct population_service *service)
{
    *service = (struct population_service){.judged_from = DAY_NEVER};
}

void population_service_note(struct population_service *service, bool is_written, struct day judged_through)
{
    service->partitions++;
    if (!is_written)
        service->unwritten++;
    else if (day_is_absent(judged_through))
        service->unjudged++;
    else
        service->judged_from = day_earlier(service->judged_from, judged_through);
}

int population_service_say(const struct population_service *service, const struct command *command, const char *topic,
                           struct day today)
{
    char day[DAY_TEXT_SIZE];
    if (service->unwritten == service->partitions) {
        command_complain(command, "no service has written to topic %s yet; `placement-alerts run` does", topic);
        return EXIT_UNAVAILABLE;
    }
    if (service->unwritten + service->unjudged > 0)
        command_complain(command,
                         "the service has not read all events of %d of %d partitions yet; some are missing here",
                         service->unwritten + service->unjudged, service->partitions);
    if (day_before(service->judged_from, today)) {
        day_format(service->judged_from, day);
        command_complain(command, "the service has not been at work since %s; what came later is missing here", day);
    }
    return EXIT_OK;
}
