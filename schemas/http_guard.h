/* Which addresses a stranger's name may lead to: those of the public internet, and no others. Who may choose a url
 * could else have this machine talk to itself, to its neighbours, or to the service with which clouds hand out keys
 * (169.254.169.254).
 */
#ifndef SCHEMAS_HTTP_GUARD_H
#define SCHEMAS_HTTP_GUARD_H

struct sockaddr;

/* What ADDRESS is instead, "a private address"; NULL: it is public. One that carries an IPv4 address within (mapped,
 * NAT64, 6to4) is what that one is. */
const char *http_address_fault(const struct sockaddr *address);

#endif
