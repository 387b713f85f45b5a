#include "consumer/population_internal.h"

#include <assert.h>

#include "consumer/command_parse.h"
#include "consumer/evaluation.h"
#include "consumer/event_files.h"
#include "consumer/exit_code.h"
#include "consumer/parallel.h"

struct files_visit {
    const struct population_question *question;
    struct day today;
};

static enum visit visit_child(void *context, int thread, const struct child *child)
{
    const struct files_visit *visit = context;
    return visit->question->visit(visit->question->context, thread, child, visit->today);
}

static enum visit end_round(void *context)
{
    const struct files_visit *visit = context;
    const struct population_question *question = visit->question;
    return question->on_round == NULL ? VISIT_GO_ON : question->on_round(question->context);
}

static int visit_events(struct evaluation *evaluation, const struct population_question *question,
                        struct population_answer *answer)
{
    const struct arguments *arguments = question->arguments;
    struct files_visit visit = {question, answer->today};
    const struct evaluation_visitor visitor = {visit_child, end_round, &visit};
    evaluation_keep_only(evaluation, question->only);
    int exit_code = event_files_read(evaluation, arguments->operands + question->operands_before,
                                     arguments->operand_count - question->operands_before, question->threads,
                                     &answer->bad_lines);
    if (exit_code == EXIT_OK && evaluation_visit(evaluation, question->threads, &visitor) == VISIT_NO_MEMORY)
        exit_code = EXIT_OS;
    answer->children = evaluation_child_count(evaluation);
    answer->events = evaluation_event_count(evaluation);
    answer->left_out = evaluation_left_out(evaluation);
    return exit_code == EXIT_OK ? event_files_conclude(answer->bad_lines, answer->left_out) : exit_code;
}

static int visit_files(const struct population_question *question, struct population_answer *answer)
{
    struct evaluation *evaluation = evaluation_new();
    const int exit_code = evaluation == NULL ? EXIT_OS : visit_events(evaluation, question, answer);
    evaluation_free(evaluation);
    return exit_code == EXIT_OS ? population_short_of_memory(question) : exit_code;
}

int population_short_of_memory(const struct population_question *question)
{
    command_complain(question->arguments->command, "memory is short");
    return EXIT_OS;
}

int population_visit(const struct population_question *question, struct population_answer *answer)
{
    const struct arguments *arguments = question->arguments;
    assert(question->threads >= 1 && question->threads <= PARALLEL_MAX);
    *answer = (struct population_answer){.today = question->as_of};
    if (day_is_absent(question->as_of))
        answer->today = clock_setting_today(&arguments->settings->clock);
    if (arguments->operand_count > question->operands_before)
        return visit_files(question, answer);
    return population_visit_topic(question, answer);
}
