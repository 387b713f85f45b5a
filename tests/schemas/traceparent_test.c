/* Protects what is passed on as a trace: version 00 exactly as W3C writes it, and nothing else that a header may hold.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "schemas/traceparent.h"

#define TRACE "0af7651916cd43dd8448eb211c80319c"
#define PARENT "b7ad6b7169203331"

static const struct {
    const char *text;
    bool is_valid;
} rows[] = {
    {"00-" TRACE "-" PARENT "-01", true},
    {"00-" TRACE "-" PARENT "-00", true},
    {"00-" TRACE "-" PARENT "-ff", true},
    {"00-00000000000000000000000000000001-0000000000000001-00", true},
    {"00-00000000000000000000000000000000-" PARENT "-01", false},
    {"00-" TRACE "-0000000000000000-01", false},
    {"01-" TRACE "-" PARENT "-01", false},
    {"ff-" TRACE "-" PARENT "-01", false},
    {"0x-" TRACE "-" PARENT "-01", false},
    {"00-0AF7651916cd43dd8448eb211c80319c-" PARENT "-01", false},
    {"00-0gf7651916cd43dd8448eb211c80319c-" PARENT "-01", false},
    {"00-" TRACE "-b7ad6b716920333x-01", false},
    {"00-" TRACE "-" PARENT "-0x", false},
    {"00_" TRACE "-" PARENT "-01", false},
    {"00-" TRACE "_" PARENT "-01", false},
    {"00-" TRACE "-" PARENT "_01", false},
    {"00-" TRACE "-" PARENT "-01 ", false},
    {" 00-" TRACE "-" PARENT "-01", false},
    {"00-" TRACE "-" PARENT "-01-extra", false},
    {"00-" TRACE "-" PARENT "-0", false},
    {"00-" TRACE "-" PARENT, false},
    {"k-7301", false},
    {"", false},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (traceparent_is_valid((struct text){rows[i].text, (uint32_t)strlen(rows[i].text)}) != rows[i].is_valid)
            fail_msg("\"%s\"", rows[i].text);
}

/* Of every byte at every place only those of the form are taken. */
static void test_every_byte(void **state)
{
    static const char right[] = "00-" TRACE "-" PARENT "-01";
    char text[sizeof right];

    (void)state;
    for (size_t at = 0; at < TRACEPARENT_LENGTH; at++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(text, right, sizeof right);
            text[at] = (char)byte;
            bool is_digit = byte != 0 && strchr("0123456789abcdef", byte) != NULL;
            bool expected = at < 3 || right[at] == '-' ? text[at] == right[at] : is_digit;
            if (traceparent_is_valid((struct text){text, TRACEPARENT_LENGTH}) != expected)
                fail_msg("byte %d at %zu", byte, at);
        }
}

static void test_absent(void **state)
{
    (void)state;
    assert_false(traceparent_is_valid((struct text){NULL, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_every_byte),
                                       cmocka_unit_test(test_absent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
