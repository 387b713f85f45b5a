/* What a question costs before anybody counts: every child of the state topic is visited, and only looked at.
 *
 *     read_state [--threads=2] --set=…     {"children": …, "facts": …, "seconds": …}    from the start of the program
 */
#include <stdio.h>

#include "bench/probe.h"
#include "consumer/parallel.h"
#include "consumer/population.h"

struct look {
    uint64_t facts[PARALLEL_MAX];
};

static enum visit look_at(void *context, int thread, const struct child *child, struct day today)
{
    struct look *look = context;
    (void)today;
    look->facts[thread] += child->fact_count;
    return VISIT_GO_ON;
}

int main(int argc, char **argv)
{
    const double began_s = probe_now_s();
    double threads = parallel_processors();
    const struct probe_number numbers[] = {{"threads", &threads}};
    struct settings settings;
    struct look look = {{0}};
    struct population_answer answer;
    uint64_t facts = 0;

    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &settings);
    const struct command command = {.name = "read_state"};
    const struct arguments arguments = {.command = &command, .settings = &settings};
    const struct population_question question = {
        .arguments = &arguments, .as_of = DAY_ABSENT, .threads = (int)threads, .visit = look_at, .context = &look};
    if (population_visit(&question, &answer) != 0)
        probe_fail("reading the state topic", "see above");
    for (int i = 0; i < question.threads; i++)
        facts += look.facts[i];
    printf("{\"children\": %llu, \"facts\": %llu, \"seconds\": %.6f}\n", (unsigned long long)answer.children,
           (unsigned long long)facts, probe_now_s() - began_s);
    settings_fini(&settings);
    return 0;
}
