#include "consumer/evaluate.h"

#include <stdlib.h>

#include "alerts/alert_table.h"
#include "alerts/norms_text.h"
#include "consumer/command_parse.h"
#include "consumer/comparison_show.h"
#include "consumer/evaluate_judge.h"
#include "consumer/exit_code.h"
#include "consumer/population.h"

#define OUTPUT_BYTES ((size_t)1 << 20)

struct evaluating {
    const struct evaluate_question *question;
    struct evaluate_judge judges[PARALLEL_MAX];
    int threads;
    struct child_lines lines; /* of judged children that are not shown yet */
    bool has_head;
};

static bool compares(const struct evaluate_question *question)
{
    return question->compared->file != NULL;
}

static enum visit visit(void *context, int thread, const struct child *child, struct day today)
{
    struct evaluating *evaluating = context;
    (void)today; /* the question's */
    return evaluate_judge_child(&evaluating->judges[thread], child, &evaluating->lines, thread) ? VISIT_GO_ON
                                                                                                : VISIT_NO_MEMORY;
}

/* --- showing ------------------------------------------------------------------------------------------------------ */

static uint64_t shown(const struct evaluating *evaluating)
{
    uint64_t sum = 0;
    for (int i = 0; i < evaluating->threads; i++)
        sum += evaluating->judges[i].shown;
    return sum;
}

/* Above the first alert, or above a comparison even of nothing. */
static void show_head(struct evaluating *evaluating)
{
    const struct evaluate_question *question = evaluating->question;
    char line[ALERT_LINE_BYTES_MAX];
    if (evaluating->has_head || question->as_json || (!compares(question) && shown(evaluating) == 0))
        return;
    evaluating->has_head = true;
    if (compares(question))
        comparison_show_head(question->language, &evaluating->judges[0].yardstick, question->compared);
    else
        printf("%.*s\n", (int)alert_table_head_write(question->language, line, sizeof(line)), line);
}

static enum visit show_lines(void *context)
{
    struct evaluating *evaluating = context;
    show_head(evaluating);
    if (!child_lines_write(&evaluating->lines, stdout))
        return VISIT_NO_MEMORY;
    return ferror(stdout) ? VISIT_ENOUGH : VISIT_GO_ON;
}

static void show_counts(const struct evaluating *evaluating)
{
    struct comparison_counts counts = {{{0}}};
    for (int i = 0; i < evaluating->threads; i++)
        comparison_counts_add(&counts, &evaluating->judges[i].comparer.counts);
    if (shown(evaluating) > 0)
        putchar('\n');
    comparison_show_counts(evaluating->question->language, &counts);
}

static void show_summary(const struct evaluating *evaluating, const struct population_answer *answer)
{
    const struct evaluate_question *question = evaluating->question;
    const enum language language = question->language;
    char day[DAY_TEXT_SIZE], found[QUANTITY_SIZE], events[QUANTITY_SIZE], children[QUANTITY_SIZE], bad[QUANTITY_SIZE];
    day_format(question->as_of, day);
    quantity_words(language, (int64_t)shown(evaluating), compares(question) ? "changes" : "alerts", found);
    quantity_words(language, (int64_t)answer->events, "events", events);
    quantity_words(language, (int64_t)answer->children, "children", children);
    fflush(stdout);
    if (question->arguments->operand_count > 0)
        message_print(stderr, language, MESSAGE_EVALUATED, found, day, events, children);
    else
        message_print(stderr, language, MESSAGE_EVALUATED_TOPIC, found, day, children);
    if (answer->bad_lines > 0)
        fprintf(stderr, "; %s", quantity_words(language, (int64_t)answer->bad_lines, "bad lines", bad));
    fputc('\n', stderr);
}

static int answer(struct evaluating *evaluating)
{
    const struct population_question question = {
        .arguments = evaluating->question->arguments,
        .as_of = evaluating->question->as_of,
        .threads = evaluating->threads,
        .visit = visit,
        .on_round = show_lines,
        .context = evaluating,
    };
    struct population_answer answer;
    setvbuf(stdout, NULL, _IOFBF, OUTPUT_BYTES);
    const int exit_code = population_visit(&question, &answer);
    if (evaluating->question->as_json || ferror(stdout) || (exit_code != EXIT_OK && exit_code != EXIT_DATA))
        return exit_code;
    show_head(evaluating);
    if (compares(evaluating->question))
        show_counts(evaluating);
    show_summary(evaluating, &answer);
    return exit_code;
}

/* --- beginning and end -------------------------------------------------------------------------------------------- */

static void evaluating_free(struct evaluating *evaluating)
{
    for (int i = 0; i < evaluating->threads; i++)
        evaluate_judge_fini(&evaluating->judges[i]);
    child_lines_fini(&evaluating->lines);
    free(evaluating);
}

static struct evaluating *evaluating_new(const struct evaluate_question *question)
{
    struct evaluating *evaluating = calloc(1, sizeof(*evaluating));
    bool has_memory = evaluating != NULL;
    if (!has_memory)
        return NULL;
    evaluating->question = question;
    evaluating->threads = parallel_processors();
    child_lines_init(&evaluating->lines);
    for (int i = 0; i < evaluating->threads; i++)
        has_memory = evaluate_judge_init(&evaluating->judges[i], question) && has_memory;
    if (has_memory)
        return evaluating;
    evaluating_free(evaluating);
    return NULL;
}

int evaluate(const struct evaluate_question *question)
{
    struct evaluating *evaluating = evaluating_new(question);
    if (evaluating == NULL) {
        command_complain(question->arguments->command, "memory is short");
        return EXIT_OS;
    }
    const int exit_code = answer(evaluating);
    evaluating_free(evaluating);
    return exit_code;
}
