/* Protects where requests go: a url's host is the one that libcurl will connect to, however it is written; what others
 * should not see, or what makes no address, is refused without being repeated; a host is in a list as itself alone. */
#include "testing.h"

#include <string.h>

#include "schemas/http_url.h"

#define LOGIN "a login does not stand in an address, which others see; there are settings for it"
#define NO_ADDRESS "an address begins with http:// or https:// and a host's name"
#define NO_PORT "the port of an address is a number up to 65535"

static const struct {
    const char *text, *fault, *host; /* NULL fault: right */
    bool is_https;
} urls[] = {
    {"https://hooks.example.nl", NULL, "hooks.example.nl", true},
    {"HTTPS://Hooks.Example.NL:8443/a/b", NULL, "hooks.example.nl", true},
    {"http://hooks.example.nl/", NULL, "hooks.example.nl", false},
    {"https://[2A00::1]:443/", NULL, "[2a00::1]", true},
    {"http://127.1/", NULL, "127.0.0.1", false},
    {"http://0x7f000001/", NULL, "127.0.0.1", false},
    {"http://2130706433/", NULL, "127.0.0.1", false},
    {"https://hooks.example.nl%2e/", NULL, "hooks.example.nl.", true},
    {"https://hooks.example.nl.evil.example/", NULL, "hooks.example.nl.evil.example", true},
    {"https://hooks.example.nl@evil.example/", LOGIN, NULL, true},
    {"https://u:geheim@hooks.example.nl/", LOGIN, NULL, true},
    {"https://:geheim@hooks.example.nl/", LOGIN, NULL, true},
    {"https://hooks.example.nl/?a=b", "an address has no \"?\"", NULL, true},
    {"https://hooks.example.nl/#a", "an address has no \"#\"", NULL, true},
    {"", NO_ADDRESS, NULL, false},
    {"hooks.example.nl", NO_ADDRESS, NULL, false},
    {"//hooks.example.nl/", NO_ADDRESS, NULL, false},
    {"https://", NO_ADDRESS, NULL, false},
    {"https:///", NO_ADDRESS, NULL, false},
    {"ftp://hooks.example.nl/", NO_ADDRESS, NULL, false},
    {"file:///etc/passwd", NO_ADDRESS, NULL, false},
    {"gopher://hooks.example.nl/", NO_ADDRESS, NULL, false},
    {"https://hooks example.nl/", NO_ADDRESS, NULL, false},
    {"https://hooks.example.nl/a b", NO_ADDRESS, NULL, false},
    {"https://hooks.example.nl/\r\nX: y", NO_ADDRESS, NULL, false},
    {"https://hooks.example.nl:99999/", NO_PORT, NULL, false},
    {"http://127.0.0.1:x/", NO_PORT, NULL, false},
};

static void each_url_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(urls); i++) {
        struct http_url url;
        const char *fault = http_url_read(&url, urls[i].text, false);
        if ((fault == NULL) != (urls[i].fault == NULL) || (fault != NULL && strcmp(fault, urls[i].fault) != 0))
            fail_msg("\"%s\": %s", urls[i].text, fault == NULL ? url.host : fault);
        if (fault == NULL && (strcmp(url.host, urls[i].host) != 0 || url.is_https != urls[i].is_https))
            fail_msg("\"%s\" is of %s", urls[i].text, url.host);
    }
}

static void a_query_may_be_allowed(void **state)
{
    struct http_url url;
    (void)state;
    assert_null(http_url_read(&url, "https://hooks.example.nl/?a=b", true));
    assert_string_equal(http_url_read(&url, "https://hooks.example.nl/?a=b#c", true), "an address has no \"#\"");
    assert_string_equal(http_url_read(&url, "https://u@hooks.example.nl/?a=b", true), LOGIN);
}

static void a_url_that_is_too_long_is_refused(void **state)
{
    static char text[2000] = "https://hooks.example.nl/";
    struct http_url url;
    (void)state;
    memset(text + strlen(text), 'a', 1024 - strlen(text));
    assert_null(http_url_read(&url, text, false));
    strcat(text, "a");
    assert_string_equal(http_url_read(&url, text, false), "the address is too long");
}

static const struct {
    const char *hosts, *host;
    bool has;
} lists[] = {
    {"hooks.example.nl", "hooks.example.nl", true},
    {"a, Hooks.Example.NL ,b", "hooks.example.nl", true},
    {"a,b,[2A00::1]", "[2a00::1]", true},
    {"", "hooks.example.nl", false},
    {"example.nl", "hooks.example.nl", false},
    {"hooks.example.nl", "example.nl", false},
    {"hooks.example.nl", "hooks.example.nl.", false},
};

static void a_host_is_in_a_list_as_itself_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(lists); i++)
        if (http_hosts_have(lists[i].hosts, lists[i].host) != lists[i].has)
            fail_msg("\"%s\" in \"%s\"", lists[i].host, lists[i].hosts);
}

static const struct {
    const char *hosts, *wrong; /* NULL: right */
} names[] = {
    {"", NULL},
    {"hooks.example.nl", NULL},
    {" A.example , [2A00::1],10.0.0.1,localhost", NULL},
    {"a,", NULL},
    {"a,,b", ""},
    {" ", ""},
    {"https://a", "https://a"},
    {"a, b:443", "b:443"},
    {"a/b", "a/b"},
    {"u@a", "u@a"},
    {"a?", "a?"},
    {"a b", "a b"},
    {"*.example.nl", "*.example.nl"},
    {"127.1", "127.1"}, /* not as a url has it */
};

static void hosts_are_names_and_nothing_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct text wrong;
        const bool right = http_hosts_are_right(names[i].hosts, &wrong);
        if (right != (names[i].wrong == NULL) || (!right && !text_equal(wrong, text_of(names[i].wrong))))
            fail_msg("\"%s\"", names[i].hosts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_url_is_read),
        cmocka_unit_test(a_query_may_be_allowed),
        cmocka_unit_test(a_url_that_is_too_long_is_refused),
        cmocka_unit_test(a_host_is_in_a_list_as_itself_alone),
        cmocka_unit_test(hosts_are_names_and_nothing_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
