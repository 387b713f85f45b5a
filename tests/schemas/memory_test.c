/* Protects the start of the service when memory is short: whichever allocation fails, once or from then on, what was
 * begun is given back (the sanitizers watch) and the answer is NULL. */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "schemas/alert_record.h"
#include "schemas/event.h"
#include "schemas/event_versions.h"
#include "schemas/schema.h"
#include "schemas/schema_ids.h"
#include "schemas/schema_tree.h"

#define ALLOCATIONS_MAX 20000

/* The linker sends every allocation of ours here, and the JSON library is told to come too. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static uint32_t left = UINT32_MAX; /* before one fails */
static bool for_good;

static bool fails(void)
{
    if (left > 0) {
        left--;
        return false;
    }
    left = for_good ? 0 : UINT32_MAX;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

static bool make_event_reader(void)
{
    struct event_reader *reader = event_reader_new();
    event_reader_free(reader);
    return reader != NULL;
}

static bool make_alert_reader(void)
{
    struct alert_reader *reader = alert_reader_new();
    alert_reader_free(reader);
    return reader != NULL;
}

/* A schema that a registry told, from the first question to the program that reads it. */
static bool learn_schema(void)
{
    const struct shipped_schema *schema = &newest_schemas[SCHEMA_MOVE];
    struct schema_ids *ids = schema_ids_new(0);
    struct event_reader *reader = event_reader_new();
    struct finding finding;
    uint32_t id;
    int64_t wait_ms;
    bool learnt = false;
    if (ids != NULL && reader != NULL) {
        event_reader_use_ids(reader, ids);
        schema_ids_find(ids, 7, 0, 0);
        if (schema_ids_next(ids, 0, &id, &wait_ms))
            schema_ids_answer(ids, id, REGISTRY_OK, schema->text, schema->length, "", 0);
        learnt = event_reader_learn(reader, STREAM_MOVE, 7, 0, 0, &finding);
    }
    event_reader_free(reader);
    schema_ids_free(ids);
    return learnt;
}

/* A schema of a producer that is ahead, here of another namespace, and the reader that knows it. */
static bool add_version(void)
{
    static char text[8192];
    struct event_versions versions;
    struct event_reader *reader = NULL;
    char why[EVENT_VERSIONS_WHY_SIZE];
    assert_true(newest_schemas[SCHEMA_MOVE].length < sizeof text);
    memcpy(text, newest_schemas[SCHEMA_MOVE].text, newest_schemas[SCHEMA_MOVE].length);
    memcpy(strstr(text, "nl.placementalerts"), "nl.elsewherealerts", strlen("nl.elsewherealerts"));
    if (event_versions_init(&versions) && event_versions_add(&versions, text, strlen(text), why))
        reader = event_reader_new_of(&versions);
    event_versions_fini(&versions);
    event_reader_free(reader);
    return reader != NULL;
}

static bool read_escaped(void)
{
    static const char line[] =
        "{\"event_id\":\"ff0279de-7973-54b7-8c44-db486a22fd7f\",\"child_id\":\"\\u0063\",\"occurred_on\":\"2025-01-"
        "14\","
        "\"recorded_at\":\"2025-01-14T09:00:00Z\",\"type\":\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":\"s\"}";
    struct event_storage storage = {0};
    struct event event;
    struct finding finding;
    bool read = event_read_json(line, strlen(line), &storage, &event, &finding);
    event_storage_fini(&storage);
    assert_true(read || finding.problem == PROBLEM_NO_MEMORY);
    return read;
}

/* Lets the first allocation fail, then the second, and so on, until none does; how many there were. */
static uint32_t fail_each(bool (*make)(void))
{
    for (uint32_t n = 0; n < ALLOCATIONS_MAX; n++) {
        left = n;
        bool made = make();
        bool failed = left == (for_good ? 0 : UINT32_MAX) || left > n;
        left = UINT32_MAX;
        if (made)
            return n;
        assert_true(failed);
    }
    fail_msg("it never succeeds");
    return 0;
}

static void whichever_allocation_fails_nothing_is_left_behind(void **state)
{
    static bool (*const makes[])(void) = {make_event_reader, make_alert_reader, learn_schema, add_version,
                                          read_escaped};
    (void)state;
    json_set_alloc_funcs(__wrap_malloc, free);
    for (size_t i = 0; i < LENGTH(makes); i++)
        for (int good = 0; good < 2; good++) {
            for_good = good;
            assert_true(fail_each(makes[i]) > 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whichever_allocation_fails_nothing_is_left_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
