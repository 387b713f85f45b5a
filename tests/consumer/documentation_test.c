/* Protects that the documentation says what the program does: its tables have a row for each row of the program's
 * tables, and no other. Those of headers are held in tests/alerts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/exit_code.h"
#include "consumer/machine.h"
#include "consumer/settings_subscription.h"
#include "consumer/topic_content.h"
#include "consumer/topic_property.h"
#include "consumer/webhook_send.h"
#include "document_table.h"
#include "schemas/problem.h"

#define CELL_SIZE 160
#define MS_A_MINUTE 60000
#define MS_A_DAY 86400000
#define BYTES_A_MIB 1048576

/* --- dead letters ------------------------------------------------------------------------------------------------- */

static bool is_of_dead_letters(enum problem problem)
{
    return problem != PROBLEM_NONE && problem != PROBLEM_SCHEMA_AWAITED && problem != PROBLEM_NOT_JSON &&
           problem != PROBLEM_NO_MEMORY;
}

static void test_reasons_of_dead_letters(void **state)
{
    struct document_table table;
    size_t count = 0;
    (void)state;
    document_table_init(&table, "| reason | explanation |");
    for (enum problem problem = 0; problem < PROBLEM_COUNT; problem++)
        if (is_of_dead_letters(problem)) {
            const struct document_row *row = document_table_row(&table, problem_names[problem]);
            document_assert_begins(row->cells[1], problem_sentences[problem]);
            count++;
        }
    assert_int_equal(table.count, count);
    document_table_fini(&table);
}

/* --- exit codes --------------------------------------------------------------------------------------------------- */

static const struct {
    int code;
    const char *sentence;
} exit_codes[] = {
#define X(symbol, code, sentence) {code, sentence},
    EXIT_CODES(X)
#undef X
};

/* What follows the first clause is said at length in the documentation. */
static void first_clause(const char *sentence, char clause[static CELL_SIZE])
{
    size_t length = strcspn(sentence, ";(");
    while (length > 0 && sentence[length - 1] == ' ')
        length--;
    snprintf(clause, CELL_SIZE, "%.*s", (int)length, sentence);
}

static void test_exit_codes(void **state)
{
    const size_t count = sizeof(exit_codes) / sizeof(exit_codes[0]);
    struct document_table table;
    (void)state;
    document_table_init(&table, "| code | is |");
    for (size_t i = 0; i < count; i++) {
        char code[CELL_SIZE], clause[CELL_SIZE];
        snprintf(code, sizeof(code), "%d", exit_codes[i].code);
        first_clause(exit_codes[i].sentence, clause);
        document_assert_begins(document_table_row(&table, code)->cells[1], clause);
    }
    assert_int_equal(table.count, count);
    document_table_fini(&table);
}

/* --- verdicts ----------------------------------------------------------------------------------------------------- */

static void test_verdicts(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| verdict | starts |");
    for (enum verdict verdict = 0; verdict < VERDICT_COUNT; verdict++)
        document_assert_begins(document_table_row(&table, verdict_names[verdict])->cells[1],
                               verdict_starts[verdict] ? "yes" : "no");
    assert_int_equal(table.count, VERDICT_COUNT);
    document_table_fini(&table);
}

/* --- subscriptions ------------------------------------------------------------------------------------------------ */

static void test_settings_of_subscriptions(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| setting | is |");
    for (size_t i = 0; i < subscription_row_count; i++)
        document_table_row(&table, subscription_rows[i].path);
    assert_int_equal(table.count, subscription_row_count);
    document_table_fini(&table);
}

static void test_outcomes_of_webhooks(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| outcome | the receiver |");
    for (enum webhook_outcome outcome = 0; outcome < WEBHOOK_OUTCOME_COUNT; outcome++)
        document_assert_begins(document_table_row(&table, webhook_outcomes[outcome].name)->cells[1],
                               webhook_outcomes[outcome].sentence);
    assert_int_equal(table.count, WEBHOOK_OUTCOME_COUNT);
    document_table_fini(&table);
}

/* --- properties of topics ----------------------------------------------------------------------------------------- */

static bool row_is_of(const struct document_row *row, const struct topic_property *property, enum topic topic)
{
    const char *topics = topic_rows[topic].use == TOPIC_USE_READ ? "inputs" : topic_rows[topic].name;
    return strcmp(row->cells[1], property->name) == 0 && strstr(row->cells[0], topics) != NULL;
}

/* Its value as people say it. */
static void say_value(const struct topic_property *property, char text[static CELL_SIZE])
{
    const char *value = property->value == NULL ? "topics.input_retention_days" : property->value;
    const long long number = strtoll(value, NULL, 10);
    if (property->demand != DEMAND_SHOULD_REACH)
        snprintf(text, CELL_SIZE, "%s", value);
    else if (strstr(property->name, ".bytes") != NULL)
        snprintf(text, CELL_SIZE, "%lld MiB or more", number / BYTES_A_MIB);
    else if (number % MS_A_DAY == 0)
        snprintf(text, CELL_SIZE, "%lld days or more", number / MS_A_DAY);
    else
        snprintf(text, CELL_SIZE, "%lld minutes or more", number / MS_A_MINUTE);
}

/* How many rows of the table are of the property and the topic; each says its value. */
static size_t rows_of(const struct document_table *table, const struct topic_property *property, enum topic topic)
{
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        if (row_is_of(&table->rows[i], property, topic)) {
            char text[CELL_SIZE];
            say_value(property, text);
            document_assert_cell(table->rows[i].cells[2], text);
            count++;
        }
    return count;
}

static void assert_rows_of(const struct document_table *table, const struct topic_property *property, enum topic topic)
{
    const bool is_of = topic_property_is_of(property, topic);
    if (property->demand == DEMAND_MUST_BE && !is_of)
        return; /* another policy is */
    const size_t count = rows_of(table, property, topic);
    const bool is_advice = property->demand == DEMAND_SHOULD_BE || property->demand == DEMAND_SHOULD_REACH;
    assert_true(count <= (is_of && property->demand != DEMAND_NONE));
    assert_true(count >= (is_of && is_advice));
}

static bool is_property(const char *name)
{
    for (size_t i = 0; i < topic_property_count; i++)
        if (strcmp(topic_properties[i].name, name) == 0)
            return true;
    return false;
}

/* Advice stands in the table; what must be there or in prose, what is yours to change in prose alone. */
static void test_properties(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| topics | property |");
    for (size_t i = 0; i < topic_property_count; i++) {
        char name[CELL_SIZE];
        snprintf(name, sizeof(name), "`%s`", topic_properties[i].name);
        assert_true(document_mentions(name));
        for (enum topic topic = 0; topic < TOPIC_COUNT; topic++)
            assert_rows_of(&table, &topic_properties[i], topic);
    }
    for (size_t i = 0; i < table.count; i++)
        assert_true(is_property(table.rows[i].cells[1]) || strcmp(table.rows[i].cells[1], "partitions") == 0);
    document_table_fini(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons_of_dead_letters),
        cmocka_unit_test(test_exit_codes),
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_settings_of_subscriptions),
        cmocka_unit_test(test_outcomes_of_webhooks),
        cmocka_unit_test(test_properties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
