/* Protects pages from what stands in data: no text becomes markup, in elements, in attributes or in a script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "alerts/html_text.h"

static const struct {
    const char *text, *html, *json;
} rows[] = {
    {"", "", "\"\""},
    {"azc-oss_01:b", "azc-oss_01:b", "\"azc-oss_01:b\""},
    {"<b>", "&lt;b&gt;", "\"\\u003cb\\u003e\""},
    {"</script><!--", "&lt;/script&gt;&lt;!--", "\"\\u003c/script\\u003e\\u003c!--\""},
    {"\"'&", "&quot;&#39;&amp;", "\"\\u0022'\\u0026\""},
    {"&amp;", "&amp;amp;", "\"\\u0026amp;\""},
    {"a\\b\n\t\x01", "a\\b\n\t\x01", "\"a\\u005cb\\u000a\\u0009\\u0001\""},
    {"één ‘twee’", "één ‘twee’", "\"één ‘twee’\""},
};

static void check(void (*write)(FILE *out, const char *text), const char *text, const char *expected)
{
    char *written;
    size_t length;
    FILE *out = open_memstream(&written, &length);
    write(out, text);
    fclose(out);
    assert_string_equal(written, expected);
    free(written);
}

static void text_stays_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check(html_text, rows[i].text, rows[i].html);
}

static void json_ends_no_script(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check(html_json_text, rows[i].text, rows[i].json);
}

static void write_message(FILE *out, const char *value)
{
    html_message(out, LANGUAGE_ENGLISH, MESSAGE_REPORT_PERIOD, value, "1 < 2");
}

static void values_of_messages_are_text_too(void **state)
{
    (void)state;
    check(write_message, "<i>", "&lt;i&gt; to 1 &lt; 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(json_ends_no_script),
        cmocka_unit_test(values_of_messages_are_text_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
