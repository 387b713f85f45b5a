#include "uuid.h"

#include <assert.h>

#include "sha1.h"

#define RULE_NAME_MAX 64

static const struct uuid alert_namespace = {
    {0x4c, 0x70, 0x49, 0xaf, 0x42, 0x0f, 0x50, 0x1d, 0x96, 0x2c, 0x73, 0x6b, 0xf5, 0x51, 0xd5, 0xbf}};

bool uuid_is_nil(const struct uuid *uuid)
{
    return uuid_equal(uuid, &UUID_NIL);
}

/* The value of a hexadecimal digit and one; 0: it is none. Looked up, for every event that is read has such an id. */
static const uint8_t hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16};

/* Whether a hyphen stands before byte I of the text form: 8-4-4-4-12 digits. */
static bool hyphen_before(int i)
{
    return i == 4 || i == 6 || i == 8 || i == 10;
}

bool uuid_parse(const char *text, size_t length, struct uuid *uuid)
{
    static const uint8_t positions[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    if (length != UUID_TEXT_SIZE - 1 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        return false;
    struct uuid parsed;
    bool right = true;
    for (int i = 0; i < 16; i++) {
        unsigned high = hex_values[(uint8_t)text[positions[i]]], low = hex_values[(uint8_t)text[positions[i] + 1]];
        right &= high != 0 && low != 0;
        parsed.bytes[i] = (uint8_t)((high - 1) << 4 | (low - 1));
    }
    if (right)
        *uuid = parsed;
    return right;
}

void uuid_format(const struct uuid *uuid, char text[static UUID_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        if (hyphen_before(i))
            *text++ = '-';
        *text++ = digits[uuid->bytes[i] >> 4];
        *text++ = digits[uuid->bytes[i] & 15];
    }
    *text = '\0';
}

static uint8_t *bytes_append(uint8_t *at, const void *bytes, size_t length)
{
    memcpy(at, bytes, length);
    return at + length;
}

struct uuid uuid_of_alert(struct text child_id, struct text rule, const struct uuid *cause)
{
    uint8_t name[sizeof(struct uuid) + ID_LENGTH_MAX + 1 + RULE_NAME_MAX + 1 + UUID_TEXT_SIZE];
    uint8_t digest[SHA1_SIZE];
    char cause_text[UUID_TEXT_SIZE];
    assert(text_is_id(child_id) && rule.length <= RULE_NAME_MAX);

    uuid_format(cause, cause_text);
    uint8_t *end = bytes_append(name, alert_namespace.bytes, sizeof(alert_namespace.bytes));
    end = bytes_append(end, child_id.bytes, child_id.length);
    end = bytes_append(end, "\n", 1);
    end = bytes_append(end, rule.bytes, rule.length);
    end = bytes_append(end, "\n", 1);
    end = bytes_append(end, cause_text, UUID_TEXT_SIZE - 1);
    sha1(name, (size_t)(end - name), digest);

    struct uuid uuid;
    memcpy(uuid.bytes, digest, sizeof(uuid.bytes));
    uuid.bytes[6] = (uint8_t)((uuid.bytes[6] & 0x0f) | 0x50); /* version 5 */
    uuid.bytes[8] = (uint8_t)((uuid.bytes[8] & 0x3f) | 0x80); /* variant of RFC 9562 */
    return uuid;
}
