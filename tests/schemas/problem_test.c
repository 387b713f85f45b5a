/* Protects whoever looks a dead letter up: docs/records.md has each reason that there can be, and says of it what the
 * dead letter says. */
#include "testing.h"

#include <stdio.h>
#include <string.h>

#include "schemas/problem.h"

#define ROW_SIZE 400

/* Of no dead letter: what is none, what is of files, and what is waited for or ends the program. */
static const enum problem never_told[] = {PROBLEM_NONE, PROBLEM_SCHEMA_AWAITED, PROBLEM_NOT_JSON, PROBLEM_NO_MEMORY};

static bool is_told(enum problem problem)
{
    for (size_t i = 0; i < LENGTH(never_told); i++)
        if (never_told[i] == problem)
            return false;
    return true;
}

static bool has_line(FILE *page, const char *beginning)
{
    char line[4096];
    rewind(page);
    while (fgets(line, sizeof line, page) != NULL)
        if (strncmp(line, beginning, strlen(beginning)) == 0)
            return true;
    return false;
}

static void the_page_has_each_reason_with_its_sentence(void **state)
{
    FILE *page = fopen(PROJECT_SOURCE_DIR "/docs/records.md", "r");
    int wrong = 0;
    (void)state;
    assert_non_null(page);
    for (int problem = 0; problem < PROBLEM_COUNT; problem++) {
        char row[ROW_SIZE];
        const char *sentence = is_told((enum problem)problem) ? problem_sentences[problem] : "";
        snprintf(row, sizeof row, "| %s | %s", problem_names[problem], sentence);
        if (has_line(page, row) != is_told((enum problem)problem)) {
            print_error("%s\n", row);
            wrong++;
        }
    }
    fclose(page);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_has_each_reason_with_its_sentence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
