#include "alerts/webhook_signature.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#define BLANKS " \t\r\n"
#define BASE64_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define BASE64_LENGTH_MAX ((WEBHOOK_KEY_BYTES_MAX + 2) / 3 * 4)
#define SHA256_BYTES 32
#define SHA256_BASE64_LENGTH 44
#define VERSION "v1,"

/* --- secrets ------------------------------------------------------------------------------------------------------ */

/* Reads LENGTH characters of base64, padded as RFC 4648 has it. False: it is none, or too long. */
static bool decode_base64(const char *text, size_t length, struct webhook_key *key)
{
    uint8_t bytes[BASE64_LENGTH_MAX / 4 * 3];
    const size_t digits = strspn(text, BASE64_DIGITS), padding = strspn(text + digits, "=");
    if (digits + padding != length || length % 4 != 0 || padding > 2 || length > BASE64_LENGTH_MAX)
        return false;
    const bool right = EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)length) == (int)(length / 4 * 3);
    key->length = length / 4 * 3 - padding;
    if (right && key->length <= WEBHOOK_KEY_BYTES_MAX)
        memcpy(key->bytes, bytes, key->length);
    explicit_bzero(bytes, sizeof(bytes));
    return right && key->length <= WEBHOOK_KEY_BYTES_MAX;
}

/* What is wrong with a secret; NULL: nothing. */
static const char *read_key(const char *secret, size_t length, struct webhook_key *key)
{
    const size_t prefix = strlen(WEBHOOK_SECRET_PREFIX);
    if (length < prefix || strncmp(secret, WEBHOOK_SECRET_PREFIX, prefix) != 0)
        return "does not begin with " WEBHOOK_SECRET_PREFIX;
    if (!decode_base64(secret + prefix, length - prefix, key) || key->length < WEBHOOK_KEY_BYTES_MIN)
        return "is not " WEBHOOK_SECRET_PREFIX " and 24 to 64 random bytes in base64";
    return NULL;
}

bool webhook_keys_init(struct webhook_keys *keys, const char *secrets, char why[static WEBHOOK_SECRET_WHY_SIZE])
{
    const char *fault = NULL;
    *keys = (struct webhook_keys){0};
    secrets += strspn(secrets, BLANKS);
    while (*secrets != '\0' && fault == NULL) {
        const size_t length = strcspn(secrets, BLANKS);
        fault = keys->count == WEBHOOK_KEYS_MAX ? "is one more than the 4 that there may be"
                                                : read_key(secrets, length, &keys->items[keys->count]);
        keys->count += fault == NULL;
        secrets += length;
        secrets += strspn(secrets, BLANKS);
    }
    if (fault == NULL && keys->count > 0)
        return true;
    snprintf(why, WEBHOOK_SECRET_WHY_SIZE, "secret %zu %s", keys->count + 1, fault == NULL ? "is missing" : fault);
    webhook_keys_fini(keys);
    return false;
}

void webhook_keys_fini(struct webhook_keys *keys)
{
    explicit_bzero(keys, sizeof(*keys));
}

bool webhook_secrets_check(const char *secrets, char why[static WEBHOOK_SECRET_WHY_SIZE])
{
    struct webhook_keys keys;
    if (*secrets == '\0')
        return true;
    const bool right = webhook_keys_init(&keys, secrets, why);
    webhook_keys_fini(&keys);
    return right;
}

/* --- signatures --------------------------------------------------------------------------------------------------- */

/* "<id>.<timestamp>.<body>", to be freed by the caller. NULL: memory is short. */
static char *signed_text(const char *id, int64_t timestamp_s, const char *body, size_t length, size_t *text_length)
{
    const size_t size = strlen(id) + 32 + length;
    char *text = malloc(size);
    if (text == NULL)
        return NULL;
    const size_t before = (size_t)snprintf(text, size, "%s.%" PRId64 ".", id, timestamp_s);
    memcpy(text + before, body, length);
    *text_length = before + length;
    return text;
}

/* VERSION and the signature, NUL-terminated, to AT. */
static bool write_one(const struct webhook_key *key, const char *text, size_t length, char *at)
{
    unsigned char digest[SHA256_BYTES];
    unsigned digest_length;
    if (HMAC(EVP_sha256(), key->bytes, (int)key->length, (const unsigned char *)text, length, digest, &digest_length) ==
        NULL)
        return false;
    strcpy(at, VERSION);
    EVP_EncodeBlock((unsigned char *)at + strlen(VERSION), digest, (int)digest_length);
    return true;
}

bool webhook_signature_write(const struct webhook_keys *keys, const char *id, int64_t timestamp_s, const char *body,
                             size_t length, char signature[static WEBHOOK_SIGNATURE_SIZE])
{
    const size_t one = strlen(VERSION) + SHA256_BASE64_LENGTH;
    size_t text_length;
    char *text = strchr(id, '.') == NULL ? signed_text(id, timestamp_s, body, length, &text_length) : NULL;
    bool whole = text != NULL;
    for (size_t i = 0; whole && i < keys->count; i++) {
        whole = write_one(&keys->items[i], text, text_length, signature + i * (one + 1));
        if (i + 1 < keys->count)
            signature[i * (one + 1) + one] = ' ';
    }
    free(text);
    return whole;
}
