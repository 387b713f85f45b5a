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

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Whether a hyphen stands before byte I of the text form: 8-4-4-4-12 digits. */
static bool hyphen_before(int i)
{
    return i == 4 || i == 6 || i == 8 || i == 10;
}

bool uuid_parse(const char *text, size_t length, struct uuid *uuid)
{
    if (length != UUID_TEXT_SIZE - 1)
        return false;
    struct uuid parsed;
    for (int i = 0; i < 16; i++) {
        if (hyphen_before(i) && *text++ != '-')
            return false;
        int high = hex_value(*text++), low = hex_value(*text++);
        if (high < 0 || low < 0)
            return false;
        parsed.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *uuid = parsed;
    return true;
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
