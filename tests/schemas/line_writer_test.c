/* Protects the punctuation of JSON that is written piece by piece, and that a line without room is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "schemas/line_writer.h"

static void put_all(struct line_writer *writer)
{
    json_begin(writer);
    json_begin_list(writer, "none");
    json_end_list(writer);
    json_put_string(writer, "odd", "[{");
    json_begin_list(writer, "some");
    json_begin_element(writer);
    json_end_object(writer);
    json_begin_element(writer);
    json_put_number(writer, "one", 1);
    json_put_name(writer, "inner");
    json_begin(writer);
    json_end_object(writer);
    json_put_null(writer, "two");
    json_begin_list(writer, "deep");
    json_begin_element(writer);
    json_put_boolean(writer, "yes", true);
    json_end_object(writer);
    json_end_list(writer);
    json_end_object(writer);
    json_end_list(writer);
    json_put_string(writer, "last", NULL);
    json_end_object(writer);
}

#define ALL                                                                                                            \
    "{\"none\":[],\"odd\":\"[{\",\"some\":[{},{\"one\":1,\"inner\":{},\"two\":null,\"deep\":[{\"yes\":true}]}],"       \
    "\"last\":null}"

static void commas_stand_between_members_and_elements(void **state)
{
    char line[512];
    struct line_writer writer;
    (void)state;
    line_begin(&writer, line, sizeof(line));
    put_all(&writer);
    assert_int_equal(line_end(&writer), sizeof(ALL) - 1);
    assert_string_equal(line, ALL);
}

static void without_room_there_is_no_line(void **state)
{
    (void)state;
    for (size_t size = 0; size <= sizeof(ALL); size++) {
        char line[sizeof(ALL)];
        struct line_writer writer;
        line_begin(&writer, line, size);
        put_all(&writer);
        assert_int_equal(line_end(&writer), size == sizeof(ALL) ? size - 1 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_members_and_elements),
        cmocka_unit_test(without_room_there_is_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
