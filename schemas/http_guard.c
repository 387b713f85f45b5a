#include "schemas/http_guard.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PRIVATE "a private address"
#define LOCAL "an address of the local link"
#define LOOPBACK "an address of this machine"
#define RESERVED "an address that is reserved"
#define EXAMPLE "an address for examples"
#define MULTICAST "an address of a group"
#define TUNNEL "an address of a tunnel"

/* The first range that has an address decides. IPv4 stands here as it is mapped into IPv6; IANA's registries of special
 * purposes have the ranges. */
static const struct range {
    const char *first;
    unsigned bits;
    const char *fault;    /* NULL: public */
    unsigned embedded_at; /* the byte from which on the IPv4 address stands that decides; 0: none */
} ranges[] = {
    {"::ffff:0.0.0.0", 104, RESERVED, 0},
    {"::ffff:10.0.0.0", 104, PRIVATE, 0},
    {"::ffff:100.64.0.0", 106, PRIVATE, 0}, /* shared by a provider's customers */
    {"::ffff:127.0.0.0", 104, LOOPBACK, 0},
    {"::ffff:169.254.0.0", 112, LOCAL, 0},
    {"::ffff:172.16.0.0", 108, PRIVATE, 0},
    {"::ffff:192.0.0.0", 120, RESERVED, 0},
    {"::ffff:192.0.2.0", 120, EXAMPLE, 0},
    {"::ffff:192.88.99.0", 120, TUNNEL, 0},
    {"::ffff:192.168.0.0", 112, PRIVATE, 0},
    {"::ffff:198.18.0.0", 111, PRIVATE, 0}, /* for measuring networks */
    {"::ffff:198.51.100.0", 120, EXAMPLE, 0},
    {"::ffff:203.0.113.0", 120, EXAMPLE, 0},
    {"::ffff:224.0.0.0", 100, MULTICAST, 0},
    {"::ffff:240.0.0.0", 100, RESERVED, 0}, /* with 255.255.255.255, everybody on the link */
    {"::ffff:0.0.0.0", 96, NULL, 0},
    {"::1", 128, LOOPBACK, 0},
    {"64:ff9b::", 96, NULL, 12}, /* NAT64 */
    {"64:ff9b:1::", 48, PRIVATE, 0},
    {"fc00::", 7, PRIVATE, 0},
    {"fe80::", 10, LOCAL, 0},
    {"fec0::", 10, PRIVATE, 0},
    {"ff00::", 8, MULTICAST, 0},
    {"2001::", 32, TUNNEL, 0}, /* Teredo */
    {"2001::", 23, RESERVED, 0},
    {"2001:db8::", 32, EXAMPLE, 0},
    {"2002::", 16, NULL, 2}, /* 6to4 */
    {"3fff::", 20, EXAMPLE, 0},
    {"2000::", 3, NULL, 0},
    {"::", 0, RESERVED, 0}, /* all that nobody was given yet */
};

static bool has(const struct range *range, const struct in6_addr *address)
{
    struct in6_addr first;
    const unsigned bytes = range->bits / CHAR_BIT, rest = range->bits % CHAR_BIT;
    inet_pton(AF_INET6, range->first, &first);
    if (memcmp(&first, address, bytes) != 0)
        return false;
    return rest == 0 || (first.s6_addr[bytes] ^ address->s6_addr[bytes]) >> (CHAR_BIT - rest) == 0;
}

static struct in6_addr mapped(const void *ipv4)
{
    struct in6_addr address = {.s6_addr = {[10] = 0xff, [11] = 0xff}};
    memcpy(address.s6_addr + 12, ipv4, 4);
    return address;
}

static const char *fault_of(struct in6_addr address)
{
    const struct range *range = ranges;
    while (!has(range, &address)) /* the last has all */
        range++;
    return range->embedded_at == 0 ? range->fault : fault_of(mapped(address.s6_addr + range->embedded_at));
}

const char *http_address_fault(const struct sockaddr *address)
{
    struct sockaddr_in6 ipv6;
    struct sockaddr_in ipv4;
    switch (address->sa_family) {
    case AF_INET:
        memcpy(&ipv4, address, sizeof(ipv4));
        return fault_of(mapped(&ipv4.sin_addr));
    case AF_INET6:
        memcpy(&ipv6, address, sizeof(ipv6));
        return fault_of(ipv6.sin6_addr);
    default:
        return "no address of the internet";
    }
}
