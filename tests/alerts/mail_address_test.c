/* Protects whom mails go to: what is no plain address, and could be a header, a list or a template, is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/mail_address.h"

static bool is_plain(const char *text)
{
    return mail_address_is_plain(text, strlen(text));
}

static void addresses(void **state)
{
    static const char *const right[] = {"a@b", "j.de-vries+oss@coa.example.org", "o'brien@example.org",
                                        "A_1@x-y.example", "#!$%&*/=?^~@example.org"};
    static const char *const wrong[] = {"",
                                        "a",
                                        "@example.org",
                                        "a@",
                                        "a@b@c",
                                        ".a@example.org",
                                        "a.@example.org",
                                        "a..b@example.org",
                                        "a@.example.org",
                                        "a@example..org",
                                        "a@example.org.",
                                        "a@-example.org",
                                        "a@example-.org",
                                        "a@exam_ple.org",
                                        "a b@example.org",
                                        "a@example.org,b@example.org",
                                        "a@example.org\nBcc: b@example.org",
                                        "a@example.org\r",
                                        "A <a@example.org>",
                                        "\"a\"@example.org",
                                        "a(b)@example.org",
                                        "{{.Status}}@example.org",
                                        "a`b@example.org",
                                        "a|b@example.org",
                                        "a\\b@example.org",
                                        "a\tb@example.org",
                                        "a@[127.0.0.1]",
                                        "k\xc3\xa9@example.org",
                                        "a@\xc3\xa9.example.org"};
    (void)state;
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        if (!is_plain(right[i]))
            fail_msg("%s is an address", right[i]);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (is_plain(wrong[i]))
            fail_msg("%s is none", wrong[i]);
    assert_false(mail_address_is_plain("a\0b@c", 5));
}

/* NAME letters, "@", HOST letters, ".org". */
static bool is_plain_of(int name, int host)
{
    char text[512];
    memset(text, 'a', sizeof(text));
    text[name] = '@';
    strcpy(text + name + 1 + host, ".org");
    return is_plain(text);
}

static void lengths(void **state)
{
    char text[300];
    (void)state;
    assert_true(is_plain_of(64, 63));
    assert_false(is_plain_of(65, 63));
    assert_false(is_plain_of(64, 64));
    memset(text, 'a', sizeof(text));
    for (int i = 1; i < 300; i += 2)
        text[i] = '.';
    text[1] = '@';
    assert_true(mail_address_is_plain(text, 253));
    assert_false(mail_address_is_plain(text, 255));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(addresses), cmocka_unit_test(lengths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
