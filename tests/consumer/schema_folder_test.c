/* Protects the reading of further schemas: what is no schema of our events is refused with its file and the reason, a
 * file of any size or kind can do no harm, and what is right is read once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/schema_folder.h"

#define ENROLLMENT(symbols, more)                                                                                      \
    "{\"type\":\"record\",\"name\":\"Enrollment\",\"fields\":[{\"name\":\"event_id\",\"type\":\"string\"},"            \
    "{\"name\":\"child_id\",\"type\":\"string\"},{\"name\":\"occurred_on\",\"type\":\"int\"},"                         \
    "{\"name\":\"recorded_at\",\"type\":\"long\"},{\"name\":\"kind\",\"type\":{\"type\":\"enum\","                     \
    "\"name\":\"EnrollmentKind\",\"symbols\":[" symbols "]}}" more "]}"
#define RIGHT ENROLLMENT("\"ENROLLED\",\"WITHDRAWN\"", "")
#define LARGER ENROLLMENT("\"PAUSED\",\"ENROLLED\"", ",{\"name\":\"room\",\"type\":\"int\"}")

static char folder[32];
static char *errors; /* of the last read_folder, with "FOLDER" for its name */

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text, size_t length)
{
    FILE *file = fopen(path_of(name), "w");
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/schemas-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
    char command[64];
    (void)state;
    free(errors);
    errors = NULL;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* How many schemas it holds beside the shipped ones; -1: it was refused. */
static int read_folder(void)
{
    struct event_versions versions;
    size_t size;
    free(errors);
    FILE *stream = open_memstream(&errors, &size);
    assert_true(event_versions_init(&versions));
    const bool right = schema_folder_read(folder, &versions, stream);
    fclose(stream);
    const int count = (int)(versions.count - earlier_schema_count);
    for (char *at; (at = strstr(errors, folder)) != NULL;) {
        memcpy(at, "FOLDER", 6);
        memmove(at + 6, at + strlen(folder), strlen(at + strlen(folder)) + 1);
    }
    event_versions_fini(&versions);
    return right ? count : -1;
}

static void each_mistake_is_said_with_its_file(void **state)
{
    static const struct {
        const char *text, *errors;
    } rows[] = {
        {"", "FOLDER/a.avsc: this is not JSON"},
        {"{\"type\":", "FOLDER/a.avsc: this is not JSON"},
        {"\"string\"",
         "FOLDER/a.avsc: it is no event's: its record must be named as ours are, Placement, Move or Enrollment\n"},
        {"{\"type\":\"record\",\"name\":\"Child\",\"fields\":[]}", "FOLDER/a.avsc: it is no event's: "},
        {"{\"type\":\"record\",\"name\":\"Move\",\"fields\":[]}",
         "FOLDER/a.avsc: its field event_id can not be resolved with ours\n"},
        {"{\"type\":\"record\",\"name\":\"Move\",\"fields\":[{\"name\":\"to\",\"type\":\"Place\"}]}",
         "FOLDER/a.avsc: Place: "},
        {ENROLLMENT("\"ENROLLED\"", ",{\"name\":\"kind\",\"type\":\"int\"}"), "FOLDER/a.avsc: kind: "},
        {ENROLLMENT("\"ENROLLED\"", ",{\"name\":\"retracted\",\"type\":\"string\"}"),
         "FOLDER/a.avsc: its field retracted can not be resolved with ours\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put("a.avsc", rows[i].text, strlen(rows[i].text));
        assert_int_equal(read_folder(), -1);
        if (strncmp(errors, rows[i].errors, strlen(rows[i].errors)) != 0)
            fail_msg("%s:\n  says %s  not  %s", rows[i].text, errors, rows[i].errors);
    }
}

static void every_mistake_is_said(void **state)
{
    (void)state;
    put("a.avsc", "1", 1);
    put("b.avsc", RIGHT, strlen(RIGHT));
    put("c.avsc", "2", 1);
    assert_int_equal(read_folder(), -1);
    assert_non_null(strstr(errors, "FOLDER/a.avsc: "));
    assert_null(strstr(errors, "FOLDER/b.avsc: "));
    assert_non_null(strstr(errors, "FOLDER/c.avsc: "));
}

static void what_is_right_is_read_once(void **state)
{
    const struct shipped_schema *move = &newest_schemas[SCHEMA_MOVE];
    (void)state;
    put("a.avsc", RIGHT, strlen(RIGHT));
    put("b.avsc", LARGER, strlen(LARGER));
    put("again.avsc", RIGHT, strlen(RIGHT));
    put("ours.avsc", move->text, move->length);
    put("notes.txt", "no schema", 9);
    mkdir(path_of("folder"), 0700);
    assert_int_equal(read_folder(), 2);
    assert_string_equal(errors, "");
}

static void what_is_no_file_or_too_much_is_refused(void **state)
{
    char *much = malloc((1 << 20) + 1);
    (void)state;
    memset(much, ' ', (1 << 20) + 1);
    put("long.avsc", much, (1 << 20) + 1);
    free(much);
    assert_int_equal(symlink("/nowhere", path_of("gone.avsc")), 0);
    assert_int_equal(mkfifo(path_of("pipe.avsc"), 0600), 0);
    assert_int_equal(read_folder(), -1);
    assert_string_equal(errors, "FOLDER/gone.avsc: No such file or directory\n"
                                "FOLDER/long.avsc: it is longer than 1 MiB, which no schema of an event needs\n"
                                "FOLDER/pipe.avsc: it is no file\n");
}

static void too_many_are_refused(void **state)
{
    char name[16];
    (void)state;
    for (int i = 0; i < 257; i++) {
        snprintf(name, sizeof name, "%d.avsc", i);
        put(name, RIGHT, strlen(RIGHT));
    }
    assert_int_equal(read_folder(), -1);
    assert_string_equal(errors, "FOLDER: there are more than 256 schemas in it\n");
    assert_int_equal(unlink(path_of("0.avsc")), 0);
    assert_int_equal(read_folder(), 1);
}

static void no_folder_is_refused(void **state)
{
    struct event_versions versions;
    size_t size;
    (void)state;
    FILE *stream = open_memstream(&errors, &size);
    assert_true(event_versions_init(&versions));
    assert_false(schema_folder_read("/nowhere/schemas", &versions, stream));
    fclose(stream);
    event_versions_fini(&versions);
    assert_string_equal(errors, "/nowhere/schemas: No such file or directory\n");
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(each_mistake_is_said_with_its_file),
        IN_A_FOLDER(every_mistake_is_said),
        IN_A_FOLDER(what_is_right_is_read_once),
        IN_A_FOLDER(what_is_no_file_or_too_much_is_refused),
        IN_A_FOLDER(too_many_are_refused),
        IN_A_FOLDER(no_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
