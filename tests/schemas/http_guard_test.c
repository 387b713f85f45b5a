/* Protects the machines around us from a url: each address that is not of the public internet is refused, also where it
 * stands within another, and every address that is, is not. */
#include "testing.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "schemas/http_guard.h"

#define PRIVATE "a private address"
#define LOCAL "an address of the local link"
#define LOOPBACK "an address of this machine"
#define RESERVED "an address that is reserved"
#define EXAMPLE "an address for examples"
#define MULTICAST "an address of a group"
#define TUNNEL "an address of a tunnel"

/* The first and the last of each range, and their neighbours. */
static const struct {
    const char *address, *fault;
} rows[] = {
    {"0.0.0.0", RESERVED},
    {"0.255.255.255", RESERVED},
    {"1.0.0.0", NULL},
    {"9.255.255.255", NULL},
    {"10.0.0.0", PRIVATE},
    {"10.255.255.255", PRIVATE},
    {"11.0.0.0", NULL},
    {"100.63.255.255", NULL},
    {"100.64.0.0", PRIVATE},
    {"100.127.255.255", PRIVATE},
    {"100.128.0.0", NULL},
    {"126.255.255.255", NULL},
    {"127.0.0.0", LOOPBACK},
    {"127.0.0.1", LOOPBACK},
    {"127.255.255.255", LOOPBACK},
    {"128.0.0.0", NULL},
    {"169.253.255.255", NULL},
    {"169.254.0.0", LOCAL},
    {"169.254.169.254", LOCAL},
    {"169.254.255.255", LOCAL},
    {"169.255.0.0", NULL},
    {"172.15.255.255", NULL},
    {"172.16.0.0", PRIVATE},
    {"172.31.255.255", PRIVATE},
    {"172.32.0.0", NULL},
    {"191.255.255.255", NULL},
    {"192.0.0.0", RESERVED},
    {"192.0.0.255", RESERVED},
    {"192.0.1.0", NULL},
    {"192.0.2.0", EXAMPLE},
    {"192.0.2.255", EXAMPLE},
    {"192.0.3.0", NULL},
    {"192.88.99.1", TUNNEL},
    {"192.88.100.0", NULL},
    {"192.167.255.255", NULL},
    {"192.168.0.0", PRIVATE},
    {"192.168.255.255", PRIVATE},
    {"192.169.0.0", NULL},
    {"198.17.255.255", NULL},
    {"198.18.0.0", PRIVATE},
    {"198.19.255.255", PRIVATE},
    {"198.20.0.0", NULL},
    {"198.51.100.7", EXAMPLE},
    {"203.0.113.7", EXAMPLE},
    {"223.255.255.255", NULL},
    {"224.0.0.0", MULTICAST},
    {"239.255.255.255", MULTICAST},
    {"240.0.0.0", RESERVED},
    {"255.255.255.255", RESERVED},
    {"8.8.8.8", NULL},
    {"145.100.1.1", NULL},
    {"::", RESERVED},
    {"::1", LOOPBACK},
    {"::2", RESERVED},
    {"::127.0.0.1", RESERVED}, /* compatible, of old */
    {"::8.8.8.8", RESERVED},
    {"::ffff:127.0.0.1", LOOPBACK},
    {"::ffff:10.1.2.3", PRIVATE},
    {"::ffff:169.254.169.254", LOCAL},
    {"::ffff:8.8.8.8", NULL},
    {"::ffff:0:127.0.0.1", RESERVED}, /* translated, of old */
    {"64:ff9b::8.8.8.8", NULL},
    {"64:ff9b::192.168.1.1", PRIVATE},
    {"64:ff9b::127.0.0.1", LOOPBACK},
    {"64:ff9b::a9fe:a9fe", LOCAL},
    {"64:ff9b:1::8.8.8.8", PRIVATE},
    {"100::1", RESERVED},
    {"1fff:ffff::", RESERVED},
    {"2000::", NULL},
    {"2001::1", TUNNEL},
    {"2001:0:ffff::", TUNNEL},
    {"2001:1::", RESERVED},
    {"2001:1ff:ffff::", RESERVED},
    {"2001:200::", NULL},
    {"2001:db7:ffff::", NULL},
    {"2001:db8::1", EXAMPLE},
    {"2001:db9::", NULL},
    {"2002:808:808::1", NULL},
    {"2002:7f00:1::", LOOPBACK},
    {"2002:c0a8:101::1", PRIVATE},
    {"2002:a9fe:a9fe::1", LOCAL},
    {"2003::", NULL},
    {"2a00:1450:400e:80c::200e", NULL},
    {"3ffe:ffff::", NULL},
    {"3fff::1", EXAMPLE},
    {"3fff:1000::", NULL},
    {"4000::", RESERVED},
    {"5f00::1", RESERVED},
    {"fbff:ffff::", RESERVED},
    {"fc00::", PRIVATE},
    {"fd12:3456::1", PRIVATE},
    {"fdff:ffff::", PRIVATE},
    {"fe00::", RESERVED},
    {"fe80::1", LOCAL},
    {"febf:ffff::", LOCAL},
    {"fec0::1", PRIVATE},
    {"ff00::", MULTICAST},
    {"ff02::1", MULTICAST},
};

static const char *fault_of(const char *text)
{
    struct sockaddr_in ipv4 = {.sin_family = AF_INET};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1)
        return http_address_fault((const struct sockaddr *)&ipv4);
    if (inet_pton(AF_INET6, text, &ipv6.sin6_addr) != 1)
        fail_msg("%s is no address", text);
    return http_address_fault((const struct sockaddr *)&ipv6);
}

static void each_address_is_what_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const char *fault = fault_of(rows[i].address), *expected = rows[i].fault;
        if ((fault == NULL) != (expected == NULL) || (fault != NULL && strcmp(fault, expected) != 0))
            fail_msg("%s is %s", rows[i].address, fault == NULL ? "public" : fault);
    }
}

/* In each of its three clothes an IPv4 address is what it is without. */
static void what_stands_within_another_is_the_same(void **state)
{
    char text[INET6_ADDRSTRLEN];
    struct in_addr address;
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        if (inet_pton(AF_INET, rows[i].address, &address) != 1)
            continue;
        const unsigned bytes = ntohl(address.s_addr);
        snprintf(text, sizeof text, "::ffff:%s", rows[i].address);
        assert_ptr_equal(fault_of(text), fault_of(rows[i].address));
        snprintf(text, sizeof text, "64:ff9b::%s", rows[i].address);
        assert_ptr_equal(fault_of(text), fault_of(rows[i].address));
        snprintf(text, sizeof text, "2002:%x:%x::1", bytes >> 16, bytes & 0xffff);
        assert_ptr_equal(fault_of(text), fault_of(rows[i].address));
    }
}

static void what_is_no_address_of_the_internet_is_refused(void **state)
{
    const struct sockaddr_un here = {.sun_family = AF_UNIX, .sun_path = "/run/socket"};
    (void)state;
    assert_non_null(http_address_fault((const struct sockaddr *)&here));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_address_is_what_it_is),
        cmocka_unit_test(what_stands_within_another_is_the_same),
        cmocka_unit_test(what_is_no_address_of_the_internet_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
