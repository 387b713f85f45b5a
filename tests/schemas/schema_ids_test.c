/* Protects what is known of a registry's ids over time: that a schema once known stays, that no answer is never taken
 * for a no, that a no counts only when it was repeated for its time and never for an event that came later, and that
 * hostile ids and schemas are bounded. Each row happens at a time of its own; questions are told their answers in the
 * test. */
#include "testing.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/schema_ids.h"

#define PATIENCE_MS 60000
#define SCHEMA "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}"
#define NOBODY UINT32_MAX

enum what {
    BEGIN,  /* a new table */
    FINDS,  /* a record seen at `since_ms` finds `standing` */
    ASKS,   /* the id to be asked is `id`, or NOBODY; if it is one, `answer` is told with `text` */
    WANTED, /* so many times the one who asks was called */
};

struct row {
    int64_t at_ms;
    enum what what;
    uint32_t id;
    int64_t since_ms; /* FINDS; WANTED: how often */
    enum schema_id_standing standing;
    enum registry_answer answer;
    const char *text; /* the schema, or what was said instead */
    const char *why;  /* BEGIN: what is protected; FINDS: what the finding says */
};

#define FIND(at, id, since, standing, why)                                                                             \
    {                                                                                                                  \
        at, FINDS, id, since, standing, REGISTRY_OK, NULL, why                                                         \
    }
#define ASK(at, id, answer, text)                                                                                      \
    {                                                                                                                  \
        at, ASKS, id, 0, SCHEMA_ID_KNOWN, REGISTRY_##answer, text, NULL                                                \
    }
#define NOT_ASKED(at) ASK(at, NOBODY, OK, NULL)
#define TIMES(count)                                                                                                   \
    {                                                                                                                  \
        0, WANTED, 0, count, SCHEMA_ID_KNOWN, REGISTRY_OK, NULL, NULL                                                  \
    }
#define STORY(why)                                                                                                     \
    {                                                                                                                  \
        0, BEGIN, 0, 0, SCHEMA_ID_KNOWN, REGISTRY_OK, NULL, why                                                        \
    }

static const struct row rows[] = {
    STORY("an id is asked for at once, and known for ever"),
    NOT_ASKED(0),
    FIND(5, 7, 5, SCHEMA_ID_AWAITED, ""),
    FIND(6, 7, 6, SCHEMA_ID_AWAITED, ""),
    TIMES(1),
    ASK(6, 7, OK, SCHEMA),
    FIND(7, 7, 5, SCHEMA_ID_KNOWN, NULL),
    NOT_ASKED(100000),
    FIND(INT64_C(10000000000), 7, INT64_C(10000000000), SCHEMA_ID_KNOWN, NULL),
    TIMES(1),

    STORY("no answer is no answer, however often"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, UNAVAILABLE, "nobody there"),
    FIND(1, 7, 0, SCHEMA_ID_AWAITED, "nobody there"),
    NOT_ASKED(74),
    ASK(126, 7, UNAVAILABLE, "nobody there"),
    NOT_ASKED(126 + 149),
    ASK(1000, 7, DENIED, "no such login"),
    ASK(20000, 7, UNAVAILABLE, "status 503"),
    ASK(40000, 7, UNAVAILABLE, "status 503"),
    ASK(60000, 7, UNAVAILABLE, "status 503"),
    ASK(80000, 7, UNAVAILABLE, "status 503"),
    NOT_ASKED(80000 + 7499),
    ASK(80000 + 12501, 7, UNAVAILABLE, "status 503"),
    FIND(INT64_C(10000000000), 7, 0, SCHEMA_ID_AWAITED, "status 503"),
    ASK(INT64_C(10000000000), 7, OK, SCHEMA),
    FIND(INT64_C(10000000001), 7, 0, SCHEMA_ID_KNOWN, NULL),

    STORY("a no counts when it was repeated for a minute"),
    FIND(1000, 7, 1000, SCHEMA_ID_AWAITED, ""),
    ASK(1000, 7, ABSENT, "no such id"),
    FIND(1001, 7, 1000, SCHEMA_ID_AWAITED, "no such id"),
    ASK(1200, 7, ABSENT, "no such id"),
    ASK(30000, 7, ABSENT, "no such id"),
    ASK(60000, 7, ABSENT, "no such id"),
    FIND(60999, 7, 1000, SCHEMA_ID_AWAITED, "no such id"),
    ASK(61000, 7, ABSENT, "no such id"),
    FIND(61001, 7, 1000, SCHEMA_ID_ABSENT, "no such id"),
    NOT_ASKED(61002),

    STORY("an id that was given out meanwhile is known"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, ABSENT, "no such id"),
    ASK(59000, 7, ABSENT, "no such id"),
    ASK(60000, 7, OK, SCHEMA),
    FIND(60000, 7, 0, SCHEMA_ID_KNOWN, NULL),

    STORY("the minute is one of answers: a registry that starts again, and has not read all yet, begins it anew"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, ABSENT, "no such id"),
    ASK(1000, 7, UNAVAILABLE, "nobody there"),
    ASK(61000, 7, ABSENT, "no such id"),
    FIND(61001, 7, 0, SCHEMA_ID_AWAITED, "no such id"),
    ASK(120999, 7, ABSENT, "no such id"),
    FIND(121000, 7, 0, SCHEMA_ID_AWAITED, "no such id"),
    ASK(121000, 7, ABSENT, "no such id"),
    FIND(121001, 7, 0, SCHEMA_ID_ABSENT, "no such id"),

    STORY("a no that counts holds for a second, and for whoever was there before it was asked for"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, ABSENT, "no such id"),
    ASK(60000, 7, ABSENT, "no such id"),
    FIND(60999, 7, 60999, SCHEMA_ID_ABSENT, "no such id"),
    FIND(3000000, 7, 60000, SCHEMA_ID_ABSENT, "no such id"),
    TIMES(1),
    FIND(61000, 7, 61000, SCHEMA_ID_AWAITED, "no such id"),
    TIMES(2),
    FIND(61000, 7, 60000, SCHEMA_ID_ABSENT, "no such id"),
    ASK(61005, 7, ABSENT, "no such id"),
    FIND(61006, 7, 61000, SCHEMA_ID_ABSENT, "no such id"),
    NOT_ASKED(70000),

    STORY("an event that comes after poison with its id is read once the id is given out"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, ABSENT, "no such id"),
    ASK(60000, 7, ABSENT, "no such id"),
    FIND(60001, 7, 0, SCHEMA_ID_ABSENT, "no such id"),
    FIND(90000, 7, 90000, SCHEMA_ID_AWAITED, "no such id"),
    ASK(90000, 7, UNAVAILABLE, "nobody there"),
    FIND(90001, 7, 90000, SCHEMA_ID_AWAITED, "nobody there"),
    ASK(95000, 7, OK, SCHEMA),
    FIND(95001, 7, 90000, SCHEMA_ID_KNOWN, NULL),

    STORY("what is no schema is a no that says what is wrong"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, OK, "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]}"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, "E: an enum needs symbols"),
    ASK(60000, 7, UNUSABLE, "the schema's type is PROTOBUF and not AVRO"),
    FIND(60000, 7, 0, SCHEMA_ID_UNUSABLE, "the schema's type is PROTOBUF and not AVRO"),
    FIND(70000, 7, 70000, SCHEMA_ID_AWAITED, "the schema's type is PROTOBUF and not AVRO"),
    ASK(70000, 7, OK, "not\nJSON \xc3\xa9"),
    FIND(70000, 7, 70000, SCHEMA_ID_UNUSABLE, "this is not JSON"),

    STORY("what a registry says is text without tricks"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 7, UNAVAILABLE, "a\nb \x1b[31m \xc3\xa9"),
    FIND(0, 7, 0, SCHEMA_ID_AWAITED, "a?b ?[31m ??"),

    STORY("ids are asked for in turn; while nothing answers one question a second is enough, then all come at once"),
    FIND(0, 1, 0, SCHEMA_ID_AWAITED, ""),
    FIND(1, 2, 0, SCHEMA_ID_AWAITED, ""),
    FIND(2, 3, 0, SCHEMA_ID_AWAITED, ""),
    TIMES(3),
    ASK(10, 1, UNAVAILABLE, "nobody there"),
    NOT_ASKED(80),
    ASK(1000, 2, UNAVAILABLE, "nobody there"),
    ASK(2000, 3, UNAVAILABLE, "nobody there"),
    ASK(3000, 1, UNAVAILABLE, "nobody there"),
    ASK(4000, 2, UNAVAILABLE, "nobody there"),
    ASK(6000, 3, ABSENT, "no such id"),
    ASK(6000, 1, OK, SCHEMA),
    ASK(6000, 2, OK, SCHEMA),
    NOT_ASKED(6000),

    STORY("an id never asked for comes before those that were, even where those are due for longer"),
    FIND(0, 1, 0, SCHEMA_ID_AWAITED, ""),
    FIND(0, 2, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 1, ABSENT, "no such id"),
    ASK(0, 2, ABSENT, "no such id"),
    FIND(5000, 3, 5000, SCHEMA_ID_AWAITED, ""),
    FIND(5001, 4, 5001, SCHEMA_ID_AWAITED, ""),
    ASK(5002, 3, OK, SCHEMA),
    ASK(5002, 4, OK, SCHEMA),
    ASK(5002, 2, ABSENT, "no such id"),
    ASK(5002, 1, ABSENT, "no such id"),

    STORY("one that fails by itself is asked for less and less, though the registry answers others"),
    FIND(0, 1, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 1, UNAVAILABLE, "status 500"),
    FIND(1000, 2, 1000, SCHEMA_ID_AWAITED, ""),
    ASK(1000, 2, OK, SCHEMA),
    ASK(1000, 1, UNAVAILABLE, "status 500"), /* it may have been the registry */
    ASK(2000, 1, UNAVAILABLE, "status 500"),
    ASK(3000, 1, UNAVAILABLE, "status 500"),
    ASK(10000, 1, UNAVAILABLE, "status 500"),
    ASK(20000, 1, UNAVAILABLE, "status 500"),
    FIND(21000, 3, 21000, SCHEMA_ID_AWAITED, ""),
    ASK(21000, 3, OK, SCHEMA),
    NOT_ASKED(21000), /* it was not */

    STORY("one that the registry can not answer does not keep it from others"),
    FIND(0, 1, 0, SCHEMA_ID_AWAITED, ""),
    ASK(0, 1, UNAVAILABLE, "status 500"),
    ASK(1000, 1, UNAVAILABLE, "status 500"),
    FIND(1100, 2, 1100, SCHEMA_ID_AWAITED, ""),
    ASK(2000, 2, OK, SCHEMA),
    FIND(2000, 2, 1100, SCHEMA_ID_KNOWN, NULL),
    ASK(2000, 1, UNAVAILABLE, "status 500"),
};

static void on_wanted(void *context)
{
    ++*(int64_t *)context;
}

static struct schema_ids *begun(int64_t patience_ms, int64_t *wanted)
{
    struct schema_ids *ids = schema_ids_new(patience_ms);
    assert_non_null(ids);
    *wanted = 0;
    schema_ids_on_wanted(ids, on_wanted, wanted);
    return ids;
}

static void answer(struct schema_ids *ids, const struct row *row)
{
    bool ok = row->answer == REGISTRY_OK;
    schema_ids_answer(ids, row->id, row->answer, ok ? row->text : NULL, ok ? strlen(row->text) : 0, ok ? "" : row->text,
                      row->at_ms);
}

static bool happens(struct schema_ids *ids, const struct row *row, const int64_t *wanted)
{
    uint32_t asked = NOBODY;
    int64_t wait_ms;
    struct schema_id_finding found;
    switch (row->what) {
    case FINDS:
        found = schema_ids_find(ids, row->id, row->since_ms, row->at_ms);
        return found.standing == row->standing && (found.tree != NULL) == (found.standing == SCHEMA_ID_KNOWN) &&
               (row->why == NULL || strcmp(found.why, row->why) == 0);
    case ASKS:
        if (!schema_ids_next(ids, row->at_ms, &asked, &wait_ms))
            return row->id == NOBODY && wait_ms != 0;
        if (asked == row->id)
            answer(ids, row);
        return asked == row->id;
    case WANTED:
        return *wanted == row->since_ms;
    default:
        return true;
    }
}

static void what_is_known_follows_what_was_answered_and_when(void **state)
{
    struct schema_ids *ids = NULL;
    int64_t wanted = 0;
    const char *story = "";
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        if (rows[i].what == BEGIN) {
            schema_ids_free(ids);
            ids = begun(PATIENCE_MS, &wanted);
            story = rows[i].why;
        }
        if (!happens(ids, &rows[i], &wanted)) {
            print_error("%s: row %zu, at %lld ms\n", story, i, (long long)rows[i].at_ms);
            wrong++;
        }
    }
    schema_ids_free(ids);
    assert_int_equal(wrong, 0);
}

/* --- bounds ------------------------------------------------------------------------------------------------------ */

/* Asks for all that is due, with one answer for all. */
static uint32_t answer_all(struct schema_ids *ids, enum registry_answer answer_told, int64_t now_ms)
{
    uint32_t id, count = 0;
    int64_t wait_ms;
    for (; schema_ids_next(ids, now_ms, &id, &wait_ms); count++)
        schema_ids_answer(ids, id, answer_told, SCHEMA, strlen(SCHEMA), "no such id", now_ms);
    return count;
}

static void ids_that_nobody_knows_make_room_and_known_ones_do_not(void **state)
{
    int64_t wanted, at_ms = 0;
    struct schema_ids *ids = begun(PATIENCE_MS, &wanted);
    uint32_t id;
    (void)state;
    schema_ids_find(ids, 0, 0, 0);
    assert_int_equal(answer_all(ids, REGISTRY_OK, 0), 1);
    for (id = 1; id < SCHEMA_IDS_MAX; id++)
        schema_ids_find(ids, id, 0, 0);
    assert_int_equal(schema_ids_find(ids, id, 0, 0).standing, SCHEMA_ID_AWAITED); /* and there is no room to ask */
    assert_int_equal(wanted, SCHEMA_IDS_MAX);
    for (at_ms = 0; at_ms <= PATIENCE_MS; at_ms += PATIENCE_MS / 4)
        answer_all(ids, REGISTRY_ABSENT, at_ms);
    assert_int_equal(schema_ids_find(ids, id - 1, 0, PATIENCE_MS).standing, SCHEMA_ID_ABSENT);
    assert_int_equal(schema_ids_find(ids, id, 0, PATIENCE_MS).standing, SCHEMA_ID_AWAITED);
    for (; id < 2 * SCHEMA_IDS_MAX; id++)
        schema_ids_find(ids, id, 0, PATIENCE_MS);
    assert_int_equal(answer_all(ids, REGISTRY_OK, PATIENCE_MS), SCHEMA_IDS_MAX - 1);
    assert_int_equal(schema_ids_find(ids, 0, 0, PATIENCE_MS).standing, SCHEMA_ID_KNOWN);
    struct schema_id_finding none = schema_ids_find(ids, id, 0, PATIENCE_MS);
    assert_int_equal(none.standing, SCHEMA_ID_AWAITED); /* and never a no, since it may have a schema */
    assert_string_equal(none.why, "more than 10000 ids are in use, which is all that are kept; a restart makes room");
    schema_ids_free(ids);
}

/* With no patience: a no counts at once. */
static void refuse(struct schema_ids *ids, uint32_t first, uint32_t last, int64_t at_ms)
{
    for (uint32_t id = first; id <= last; id++)
        schema_ids_find(ids, id, at_ms, at_ms);
    assert_int_equal(answer_all(ids, REGISTRY_ABSENT, at_ms), last - first + 1);
}

static void the_no_that_was_told_longest_ago_makes_room(void **state)
{
    int64_t wanted;
    const int64_t now_ms = 3000;
    struct schema_ids *ids = begun(0, &wanted);
    (void)state;
    refuse(ids, 1, 1, 0);
    refuse(ids, 2, 2, 10);
    refuse(ids, 3, SCHEMA_IDS_MAX, 20);
    refuse(ids, 1, 1, 2000); /* once more */
    assert_int_equal(schema_ids_find(ids, SCHEMA_IDS_MAX + 1, now_ms, now_ms).standing, SCHEMA_ID_AWAITED);
    assert_int_equal(schema_ids_find(ids, 1, 0, now_ms).standing, SCHEMA_ID_ABSENT);
    assert_int_equal(schema_ids_find(ids, 3, 0, now_ms).standing, SCHEMA_ID_ABSENT);
    assert_int_equal(schema_ids_find(ids, SCHEMA_IDS_MAX, 0, now_ms).standing, SCHEMA_ID_ABSENT);
    assert_int_equal(schema_ids_find(ids, 2, 0, now_ms).standing, SCHEMA_ID_AWAITED);
    schema_ids_free(ids);
}

static void an_id_that_nobody_has_looked_for_lately_makes_room_but_not_while_it_is_asked_for(void **state)
{
    int64_t wanted, wait_ms;
    uint32_t asked;
    struct schema_ids *ids = begun(PATIENCE_MS, &wanted);
    (void)state;
    for (uint32_t id = 0; id < SCHEMA_IDS_MAX; id++)
        schema_ids_find(ids, id, 0, 0);
    for (uint32_t id = 2; id < SCHEMA_IDS_MAX; id++)
        schema_ids_find(ids, id, 0, 1000);
    assert_true(schema_ids_next(ids, SCHEMA_IDS_FORGOTTEN_MS, &asked, &wait_ms));
    assert_int_equal(asked, 0);
    for (uint32_t id = SCHEMA_IDS_MAX; id < SCHEMA_IDS_MAX + 2; id++)
        schema_ids_find(ids, id, 0, SCHEMA_IDS_FORGOTTEN_MS);
    assert_int_equal(wanted, SCHEMA_IDS_MAX + 1); /* one took the place of 1, and none that of 0 */
    schema_ids_answer(ids, asked, REGISTRY_OK, SCHEMA, strlen(SCHEMA), "", SCHEMA_IDS_FORGOTTEN_MS);
    assert_int_equal(schema_ids_find(ids, asked, 0, SCHEMA_IDS_FORGOTTEN_MS).standing, SCHEMA_ID_KNOWN);
    schema_ids_free(ids);
}

static void schemas_together_are_no_longer_than_is_allowed(void **state)
{
    int64_t wanted, wait_ms;
    uint32_t id;
    struct schema_ids *ids = begun(0, &wanted);
    size_t length = SCHEMA_IDS_TEXT_MAX / 4;
    char *text = malloc(length);
    (void)state;
    memset(text, ' ', length);
    memcpy(text, SCHEMA, strlen(SCHEMA));
    for (uint32_t i = 0; i < 5; i++) {
        schema_ids_find(ids, i, 0, 0);
        assert_true(schema_ids_next(ids, 0, &id, &wait_ms));
        schema_ids_answer(ids, id, REGISTRY_OK, text, length, "", 0);
        struct schema_id_finding found = schema_ids_find(ids, i, 0, 0);
        assert_int_equal(found.standing, i < 4 ? SCHEMA_ID_KNOWN : SCHEMA_ID_AWAITED);
        assert_string_equal(found.why, i < 4 ? "" : SCHEMA_IDS_NO_ROOM);
    }
    for (int64_t at_ms = 0; at_ms < 10 * PATIENCE_MS; at_ms += PATIENCE_MS / 4) /* however often */
        if (schema_ids_next(ids, at_ms, &id, &wait_ms))
            schema_ids_answer(ids, id, REGISTRY_OK, text, length, "", at_ms);
    assert_int_equal(schema_ids_find(ids, 4, 0, 10 * PATIENCE_MS).standing, SCHEMA_ID_AWAITED);
    free(text);
    schema_ids_free(ids);
}

/* --- threads ----------------------------------------------------------------------------------------------------- */

struct finder {
    struct schema_ids *ids;
    uint32_t known;
};

#define SHARED_IDS 500

static void *find_all(void *context)
{
    struct finder *finder = context;
    while (finder->known < SHARED_IDS)
        for (uint32_t id = finder->known; id < SHARED_IDS; id++) {
            struct schema_id_finding found = schema_ids_find(finder->ids, id, 0, 0);
            if (found.standing == SCHEMA_ID_KNOWN && id == finder->known)
                finder->known += found.tree->root->type == AVRO_TYPE_RECORD;
        }
    return NULL;
}

/* The thread sanitizer watches this one. */
static void threads_share_it(void **state)
{
    struct schema_ids *ids = schema_ids_new(0);
    struct finder finders[3];
    pthread_t threads[LENGTH(finders)];
    uint32_t answered = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(finders); i++) {
        finders[i] = (struct finder){ids, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, find_all, &finders[i]), 0);
    }
    while (answered < SHARED_IDS)
        answered += answer_all(ids, REGISTRY_OK, 0);
    for (size_t i = 0; i < LENGTH(finders); i++)
        pthread_join(threads[i], NULL);
    schema_ids_free(ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_follows_what_was_answered_and_when),
        cmocka_unit_test(ids_that_nobody_knows_make_room_and_known_ones_do_not),
        cmocka_unit_test(the_no_that_was_told_longest_ago_makes_room),
        cmocka_unit_test(an_id_that_nobody_has_looked_for_lately_makes_room_but_not_while_it_is_asked_for),
        cmocka_unit_test(schemas_together_are_no_longer_than_is_allowed),
        cmocka_unit_test(threads_share_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
