/* The children of the state topic. */
#include "consumer/population_internal.h"

#include "consumer/command_parse.h"
#include "consumer/exit_code.h"

int population_visit_topic(const struct population_question *question, struct population_answer *answer)
{
    (void)answer;
    command_complain(question->arguments->command, "name the files of events");
    return EXIT_USAGE;
}
