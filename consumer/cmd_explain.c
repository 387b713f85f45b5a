/* `explain`: why the alerts of a child are what they are. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "alerts/explanation_text.h"
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/command_again.h"
#include "consumer/command_language.h"
#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/parallel.h"
#include "consumer/population.h"
#include "consumer/terminal.h"

/* An id may be a child's and an alert's; a child's comes first. */
enum found { FOUND_CHILD, FOUND_ALERT, FOUND_COUNT };

struct asking {
    const struct arguments *arguments;
    struct text id;
    bool may_be_alert; /* it is a UUID */
    struct uuid alert_id;
    struct yardstick yardstick; /* today is each child's */
    struct page page;
    bool as_json, from_files, in_full;
    int threads;
    struct judgement *judgements; /* one a thread, to look for the alert; NULL where it can not be one */
    atomic_bool has_found_alert;
    char *told[FOUND_COUNT]; /* what is to be shown */
};

/* --- the page ----------------------------------------------------------------------------------------------------- */

static int columns_of_terminal(void)
{
    const char *text = getenv("COLUMNS");
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const long columns = text == NULL ? 0 : strtol(text, NULL, 10);
    return columns > 0 && columns <= INT16_MAX ? (int)columns : 80;
}

static struct page page_of_terminal(enum language language)
{
    const char *no_color = getenv("NO_COLOR");
    const int columns = columns_of_terminal();
    return (struct page){
        .language = language,
        .columns = columns < PAGE_COLUMNS_LEAST ? PAGE_COLUMNS_LEAST : columns,
        .has_utf8 = terminal_has_utf8(),
        .has_colours = terminal_is_usable() && (no_color == NULL || *no_color == '\0'),
    };
}

/* --- a child that was found --------------------------------------------------------------------------------------- */

static bool write_explanation(const struct asking *asking, const struct explanation *explanation, FILE *out,
                              enum found found)
{
    struct page page = asking->page;
    char *command = command_again(asking->arguments, explanation->child->child_id,
                                  (const char *const[]){"as-of", "lang", NULL});
    const struct explanation_question question = {
        .from_files = asking->from_files,
        .asked = found == FOUND_ALERT ? &asking->alert_id : NULL,
        .in_full = asking->in_full,
        .command = command,
    };
    bool written = command != NULL;
    page.out = out;
    if (written && asking->as_json)
        written = explanation_print_json(out, explanation, &question);
    else if (written)
        explanation_print(&page, explanation, &question);
    free(command);
    return written;
}

/* Keeps what is to be shown: the child itself lasts only as long as it is visited. */
static bool tell(struct asking *asking, const struct child *child, struct day today, enum found found)
{
    struct explanation explanation;
    struct yardstick yardstick = asking->yardstick;
    size_t length;
    FILE *out = open_memstream(&asking->told[found], &length);
    if (out == NULL)
        return false;
    yardstick.today = today;
    const bool has_memory = explanation_init(&explanation);
    const bool told = has_memory && child_explain(child, &yardstick, &explanation) &&
                      write_explanation(asking, &explanation, out, found);
    if (has_memory)
        explanation_fini(&explanation);
    return fclose(out) == 0 && told;
}

/* --- looking for it ----------------------------------------------------------------------------------------------- */

static bool any_is_asked(const struct asking *asking, const struct child *child, const struct alert *alerts,
                         uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct uuid id = alert_id(&alerts[i], child->child_id);
        if (uuid_equal(&id, &asking->alert_id))
            return true;
    }
    return false;
}

/* Published, or one of today. */
static bool has_alert(const struct asking *asking, int thread, const struct child *child, struct day today)
{
    struct yardstick yardstick = asking->yardstick;
    if (asking->judgements == NULL)
        return false;
    if (any_is_asked(asking, child, child->alerts, child->alert_count))
        return true;
    struct judgement *judgement = &asking->judgements[thread];
    yardstick.today = today;
    child_assess(child, &yardstick, judgement);
    return any_is_asked(asking, child, judgement->alerts, judgement->alert_count);
}

/* Of an id that was looked for as a child's already (in a state topic), the alert is all there is to be found. Of files
 * the child may still come, but nobody else is judged. */
static enum visit visit(void *context, int thread, const struct child *child, struct day today)
{
    struct asking *asking = context;
    if (text_equal(child->child_id, asking->id))
        return tell(asking, child, today, FOUND_CHILD) ? VISIT_ENOUGH : VISIT_NO_MEMORY;
    if (atomic_load(&asking->has_found_alert) || !has_alert(asking, thread, child, today))
        return VISIT_GO_ON;
    atomic_store(&asking->has_found_alert, true);
    if (!tell(asking, child, today, FOUND_ALERT))
        return VISIT_NO_MEMORY;
    return asking->from_files ? VISIT_GO_ON : VISIT_ENOUGH;
}

static bool is_found(const struct asking *asking)
{
    return asking->told[FOUND_CHILD] != NULL || asking->told[FOUND_ALERT] != NULL;
}

static int look(struct asking *asking, struct day as_of, bool at_all_children)
{
    const struct population_question question = {
        .arguments = asking->arguments,
        .operands_before = 1,
        .as_of = as_of,
        .only = at_all_children ? (struct text){0} : asking->id,
        .threads = asking->threads,
        .visit = visit,
        .context = asking,
    };
    struct population_answer answer;
    return population_visit(&question, &answer);
}

/* A child's state lies in one partition, an alert's may lie in any. Files are read once: stdin can not be read again.
 */
static int look_everywhere(struct asking *asking, struct day as_of)
{
    int exit_code = EXIT_OK;
    if (!asking->from_files || !asking->may_be_alert)
        exit_code = look(asking, as_of, false);
    const bool can_go_on = exit_code == EXIT_OK || exit_code == EXIT_DATA;
    return can_go_on && !is_found(asking) && asking->may_be_alert ? look(asking, as_of, true) : exit_code;
}

static int show(const struct asking *asking, int exit_code)
{
    char sentence[256], id[ID_LENGTH_MAX + 1];
    const char *told = asking->told[FOUND_CHILD] != NULL ? asking->told[FOUND_CHILD] : asking->told[FOUND_ALERT];
    if (exit_code != EXIT_OK && exit_code != EXIT_DATA)
        return exit_code;
    if (told != NULL) {
        fputs(told, stdout);
        return exit_code;
    }
    snprintf(id, sizeof(id), "%.*s", (int)asking->id.length, asking->id.bytes);
    message_format(sentence, sizeof(sentence), asking->page.language, MESSAGE_EXPLAIN_NOTHING_KNOWN, id);
    command_complain(asking->arguments->command, "%s", sentence);
    return exit_code == EXIT_OK ? EXIT_NOT_FOUND : exit_code;
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static bool judgements_init(struct asking *asking)
{
    bool ready = true;
    if (!asking->may_be_alert)
        return true;
    asking->judgements = calloc((size_t)asking->threads, sizeof(asking->judgements[0]));
    for (int i = 0; asking->judgements != NULL && i < asking->threads; i++)
        ready = judgement_init(&asking->judgements[i]) && ready;
    return ready && asking->judgements != NULL;
}

static void asking_fini(struct asking *asking)
{
    for (int i = 0; asking->judgements != NULL && i < asking->threads; i++)
        judgement_fini(&asking->judgements[i]);
    free(asking->judgements);
    for (int i = 0; i < FOUND_COUNT; i++)
        free(asking->told[i]);
}

static int explain(struct asking *asking, struct day as_of)
{
    int exit_code = EXIT_OS;
    if (judgements_init(asking))
        exit_code = show(asking, look_everywhere(asking, as_of));
    else
        command_complain(asking->arguments->command, "memory is short");
    asking_fini(asking);
    return exit_code;
}

static bool read_id(struct asking *asking)
{
    const char *id = asking->arguments->operands[0];
    const size_t length = strlen(id);
    asking->id = (struct text){id, length > ID_LENGTH_MAX ? 0 : (uint32_t)length};
    asking->may_be_alert = uuid_parse(id, length, &asking->alert_id);
    return text_is_id(asking->id) ||
           command_complain(asking->arguments->command,
                            "\"%s\" is no id: 1 to %d characters of A-Z a-z 0-9 . _ : - are", id, ID_LENGTH_MAX);
}

static int run(const struct arguments *arguments)
{
    struct asking asking = {
        .arguments = arguments,
        .yardstick = {.norms = &arguments->settings->norms,
                      .forget_retention_days = (int)arguments->settings->input_retention_days},
        .as_json = arguments_value(arguments, "json") != NULL,
        .in_full = arguments_value(arguments, "all") != NULL,
        .from_files = arguments->operand_count > 1,
        .threads = parallel_processors(),
    };
    if (!read_id(&asking))
        return EXIT_USAGE;
    struct calendar *calendar = settings_calendar(arguments->settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    asking.yardstick.calendar = calendar;
    asking.page = page_of_terminal(command_language(arguments));
    const int exit_code = explain(&asking, arguments_date(arguments, "as-of"));
    calendar_free(calendar);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "as-of", .type = OPTION_DATE, .argument = "DATE", .help = "Today: the alerts as they are on this day."},
    {.name = "all", .help = "Tell alerts that ended in full too."},
    {.name = "json", .help = "Print one JSON object with all of it (docs/explain.md)."},
    COMMAND_OPTION_LANGUAGE,
};

const struct command command_explain = {
    .name = "explain",
    .operands = "CHILD_ID|ALERT_ID [FILE…]",
    .summary = "show why a child has the alerts it has, and what would end them",
    .details =
        "Draws the days of a child - where it lived, school, school holidays, norms running - and says of each alert "
        "which facts made it, what the norm is and where it comes from, what was counted, what would end it, and the "
        "next day on which anything changes if nothing happens. A withdrawn alert says which correction did it. An "
        "alert "
        "that ended has one paragraph, unless it is asked for by its id or with --all.\n"
        "Without a FILE the service's state topic is read; else events as JSON lines (\"-\" is stdin), and nothing is "
        "known of what was published. An id of a child is looked for first, then that of an alert; the exit code is 1 "
        "where there is neither.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_minimum = 1,
    .operand_maximum = SIZE_MAX,
    .has_settings = true,
    .run = run,
};
