/* SHA-1 (FIPS 180-4), for UUIDs of version 5, which demand it. Not for anything that must resist an attacker. */
#ifndef RULES_SHA1_H
#define RULES_SHA1_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_SIZE 20

void sha1(const uint8_t *bytes, size_t length, uint8_t digest[static SHA1_SIZE]);

#endif
