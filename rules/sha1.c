#include "sha1.h"

#include <string.h>

#define BLOCK_SIZE 64
#define LENGTH_SIZE 8 /* the length in bits that ends the last block */
#define ROUNDS 80

static uint32_t rotated_left(uint32_t word, int bits)
{
    return word << bits | word >> (32 - bits);
}

static uint32_t big_endian_read(const uint8_t bytes[static 4])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void big_endian_write(uint8_t *bytes, int count, uint64_t value)
{
    for (int i = count - 1; i >= 0; i--, value >>= 8)
        bytes[i] = (uint8_t)value;
}

static uint32_t round_function(int round, uint32_t b, uint32_t c, uint32_t d)
{
    switch (round / 20) {
    case 0:
        return ((b & c) | (~b & d)) + 0x5a827999;
    case 1:
        return (b ^ c ^ d) + 0x6ed9eba1;
    case 2:
        return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    default:
        return (b ^ c ^ d) + 0xca62c1d6;
    }
}

static void block_mix(uint32_t hash[static 5], const uint8_t block[static BLOCK_SIZE])
{
    uint32_t words[ROUNDS];
    for (int i = 0; i < 16; i++)
        words[i] = big_endian_read(block + 4 * i);
    for (int i = 16; i < ROUNDS; i++)
        words[i] = rotated_left(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);

    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t next = rotated_left(a, 5) + round_function(i, b, c, d) + e + words[i];
        e = d;
        d = c;
        c = rotated_left(b, 30);
        b = a;
        a = next;
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
    hash[4] += e;
}

void sha1(const uint8_t *bytes, size_t length, uint8_t digest[static SHA1_SIZE])
{
    uint32_t hash[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    size_t left = length;
    for (; left >= BLOCK_SIZE; bytes += BLOCK_SIZE, left -= BLOCK_SIZE)
        block_mix(hash, bytes);

    uint8_t tail[2 * BLOCK_SIZE] = {0};
    size_t tail_size = left < BLOCK_SIZE - LENGTH_SIZE ? BLOCK_SIZE : 2 * BLOCK_SIZE;
    if (left > 0)
        memcpy(tail, bytes, left);
    tail[left] = 0x80;
    big_endian_write(tail + tail_size - LENGTH_SIZE, LENGTH_SIZE, (uint64_t)length * 8);
    for (size_t at = 0; at < tail_size; at += BLOCK_SIZE)
        block_mix(hash, tail + at);

    for (int i = 0; i < 5; i++)
        big_endian_write(digest + 4 * i, 4, hash[i]);
}
