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

static uint32_t choose(uint32_t b, uint32_t c, uint32_t d)
{
    return d ^ (b & (c ^ d));
}

static uint32_t parity(uint32_t b, uint32_t c, uint32_t d)
{
    return b ^ c ^ d;
}

static uint32_t majority(uint32_t b, uint32_t c, uint32_t d)
{
    return (b & c) | (d & (b | c));
}

/* Five rounds, after which each variable is back in its place: the roles rotate instead of the values. */
#define ROUND(function, constant, a, b, c, d, e, word)                                                                 \
    e += rotated_left(a, 5) + function(b, c, d) + (constant) + (word);                                                 \
    b = rotated_left(b, 30)
#define FIVE_ROUNDS(function, constant, words)                                                                         \
    do {                                                                                                               \
        ROUND(function, constant, a, b, c, d, e, (words)[0]);                                                          \
        ROUND(function, constant, e, a, b, c, d, (words)[1]);                                                          \
        ROUND(function, constant, d, e, a, b, c, (words)[2]);                                                          \
        ROUND(function, constant, c, d, e, a, b, (words)[3]);                                                          \
        ROUND(function, constant, b, c, d, e, a, (words)[4]);                                                          \
    } while (0)

static void block_mix(uint32_t hash[static 5], const uint8_t block[static BLOCK_SIZE])
{
    uint32_t words[ROUNDS];
    for (int i = 0; i < 16; i++)
        words[i] = big_endian_read(block + 4 * i);
    for (int i = 16; i < ROUNDS; i++)
        words[i] = rotated_left(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);

    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
    for (int i = 0; i < 20; i += 5)
        FIVE_ROUNDS(choose, 0x5a827999, words + i);
    for (int i = 20; i < 40; i += 5)
        FIVE_ROUNDS(parity, 0x6ed9eba1, words + i);
    for (int i = 40; i < 60; i += 5)
        FIVE_ROUNDS(majority, 0x8f1bbcdc, words + i);
    for (int i = 60; i < ROUNDS; i += 5)
        FIVE_ROUNDS(parity, 0xca62c1d6, words + i);
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
