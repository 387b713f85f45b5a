/* Protects addresses to ask from what is none: what is wrong is said with its number, and never repeated, since it may
 * hold a password. */
#include "testing.h"

#include <string.h>

#include "schemas/http_urls.h"

#define SECRET "s3cret-of-nobody"

static const struct {
    const char *urls;
    const char *why; /* NULL: they are right */
} addresses[] = {
    {"", NULL},
    {"http://localhost:8081", NULL},
    {"https://registry.example/apis/ccompat/v7/", NULL},
    {" http://a:1 , https://b:2/x", NULL},
    {"http://[::1]:8081", NULL},
    {"http://1,http://2,http://3,http://4,http://5,http://6,http://7,http://8", NULL},
    {"http://1,http://2,http://3,http://4,http://5,http://6,http://7,http://8,http://9", "more than 8"},
    {"localhost:8081", "begins with http"},
    {"registry", "begins with http"},
    {"file:///etc/passwd", "begins with http"},
    {"ftp://registry", "begins with http"},
    {"http://", "address 1: "},
    {"http://a,", "address 2: "},
    {",", "address 1: "},
    {"http://a:99999", "address 1: "},
    {"http://alerts:" SECRET "@registry", "login"},
    {"http://a,http://alerts@registry", "address 2: a login"},
    {"http://registry?x=1", "\"?\""},
    {"http://registry#x", "\"#\""},
    {"http://a b", "address 1: "},
};

static void addresses_are_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(addresses); i++) {
        char why[HTTP_URLS_WHY_SIZE] = "";
        const bool right = http_urls_check(addresses[i].urls, why);
        if (right != (addresses[i].why == NULL) || (!right && strstr(why, addresses[i].why) == NULL))
            fail_msg("\"%s\": %s", addresses[i].urls, why);
        assert_null(strstr(why, SECRET));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
