/* Signatures of webhooks, as Standard Webhooks has them (version 1, symmetric): HMAC-SHA256 over
 * "<webhook-id>.<webhook-timestamp>.<body>". By them a receiver knows who sent an event, that nobody changed it, and
 * when it was sent.
 *
 * While a secret is replaced by another both sign, so that a receiver may change it at any time.
 */
#ifndef ALERTS_WEBHOOK_SIGNATURE_H
#define ALERTS_WEBHOOK_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEBHOOK_SECRET_PREFIX "whsec_"
#define WEBHOOK_KEY_BYTES_MIN 24
#define WEBHOOK_KEY_BYTES_MAX 64
#define WEBHOOK_KEYS_MAX 4
#define WEBHOOK_SIGNATURE_SIZE (WEBHOOK_KEYS_MAX * 48) /* "v1," and 44 characters, a blank or NUL */
#define WEBHOOK_SECRET_WHY_SIZE 512

struct webhook_key {
    uint8_t bytes[WEBHOOK_KEY_BYTES_MAX];
    size_t length;
};

struct webhook_keys {
    struct webhook_key items[WEBHOOK_KEYS_MAX];
    size_t count;
};

/* The keys of SECRETS: "whsec_" and 24 to 64 bytes in base64 each, apart by blanks. False: KEYS are empty, and WHY,
 * which never repeats a secret, says what is wrong. */
bool webhook_keys_init(struct webhook_keys *keys, const char *secrets, char why[static WEBHOOK_SECRET_WHY_SIZE]);

/* Wipes them. */
void webhook_keys_fini(struct webhook_keys *keys);

/* Whether SECRETS are right; "" is. */
bool webhook_secrets_check(const char *secrets, char why[static WEBHOOK_SECRET_WHY_SIZE]);

/* The value of the header webhook-signature: one signature for each key. ID must not have a ".", or the signed text
 * could be read in two ways. False: it has, or libcrypto has no memory. */
bool webhook_signature_write(const struct webhook_keys *keys, const char *id, int64_t timestamp_s, const char *body,
                             size_t length, char signature[static WEBHOOK_SIGNATURE_SIZE]);

#endif
