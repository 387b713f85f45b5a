/* Protects what receivers know us by: signatures are those of Standard Webhooks, also while one secret replaces
 * another; what is no secret is not taken, and no secret is ever said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/webhook_signature.h"

/* The example of the specification's libraries. */
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define TIMESTAMP_S 1614265330
#define BODY "{\"test\": 2432232314}"
#define SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

#define BYTES_23 "AAECAwQFBgcICQoLDA0ODxAREhMUFRY="
#define BYTES_24 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
#define BYTES_25 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGA=="
#define BYTES_64 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
#define BYTES_65 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A="
#define BYTES_66 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BB"

static void sign(const char *secrets, const char *id, char signature[static WEBHOOK_SIGNATURE_SIZE])
{
    struct webhook_keys keys;
    char why[WEBHOOK_SECRET_WHY_SIZE];
    assert_true(webhook_keys_init(&keys, secrets, why));
    assert_true(webhook_signature_write(&keys, id, TIMESTAMP_S, BODY, strlen(BODY), signature));
    webhook_keys_fini(&keys);
}

static void test_the_example(void **state)
{
    char signature[WEBHOOK_SIGNATURE_SIZE];
    (void)state;
    sign(SECRET, ID, signature);
    assert_string_equal(signature, SIGNATURE);
}

static void test_each_secret_signs(void **state)
{
    char both[WEBHOOK_SIGNATURE_SIZE], other[WEBHOOK_SIGNATURE_SIZE], all[WEBHOOK_SIGNATURE_SIZE];
    (void)state;
    sign("whsec_" BYTES_64, ID, other);
    sign(" whsec_" BYTES_64 " \t " SECRET "\n", ID, both);
    assert_string_not_equal(other, SIGNATURE);
    assert_int_equal(strncmp(both, other, strlen(other)), 0);
    assert_string_equal(both + strlen(other), " " SIGNATURE);
    sign(SECRET " " SECRET " " SECRET " " SECRET, ID, all);
    assert_string_equal(all, SIGNATURE " " SIGNATURE " " SIGNATURE " " SIGNATURE);
}

/* "a.1" at 2 and "a" at 1 with "2" before the body would be signed alike. */
static void test_an_id_with_a_stop_is_not_signed(void **state)
{
    struct webhook_keys keys;
    char signature[WEBHOOK_SIGNATURE_SIZE], why[WEBHOOK_SECRET_WHY_SIZE];
    (void)state;
    assert_true(webhook_keys_init(&keys, SECRET, why));
    assert_false(webhook_signature_write(&keys, "a.1", TIMESTAMP_S, BODY, strlen(BODY), signature));
    webhook_keys_fini(&keys);
}

static const struct {
    const char *secrets, *why; /* NULL: right */
} rows[] = {
    {"", NULL}, /* of a setting that is not there */
    {SECRET, NULL},
    {"whsec_" BYTES_24, NULL},
    {"whsec_" BYTES_25, NULL},
    {"whsec_" BYTES_64, NULL},
    {SECRET " whsec_" BYTES_24, NULL},
    {"  ", "secret 1 is missing"},
    {BYTES_24, "secret 1 does not begin with whsec_"},
    {"whsec", "secret 1 does not begin with whsec_"},
    {"WHSEC_" BYTES_24, "secret 1 does not begin with whsec_"},
    {"whsk_" BYTES_64, "secret 1 does not begin with whsec_"},
    {"whsec_", "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_23, "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_65, "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_66, "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_64 BYTES_64, "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_24 "A", "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_24 "====", "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_24 "A===", "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_" BYTES_24 "GA=A", "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {"whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFR-_", "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {SECRET "," SECRET, "secret 1 is not whsec_ and 24 to 64 random bytes in base64"},
    {SECRET " nonsense", "secret 2 does not begin with whsec_"},
    {SECRET " " SECRET " " SECRET " " SECRET " " SECRET, "secret 5 is one more than the 4 that there may be"},
};

static void test_secrets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char why[WEBHOOK_SECRET_WHY_SIZE] = "";
        const bool right = webhook_secrets_check(rows[i].secrets, why);
        if (right != (rows[i].why == NULL) || strcmp(why, right ? "" : rows[i].why) != 0)
            fail_msg("row %zu: \"%s\"", i, why);
    }
}

static void test_what_is_read_is_wiped(void **state)
{
    static const struct webhook_keys none;
    struct webhook_keys keys;
    char why[WEBHOOK_SECRET_WHY_SIZE];
    (void)state;
    assert_true(webhook_keys_init(&keys, SECRET, why));
    webhook_keys_fini(&keys);
    assert_memory_equal(&keys, &none, sizeof(keys));
    assert_false(webhook_keys_init(&keys, SECRET " nonsense", why));
    assert_memory_equal(&keys, &none, sizeof(keys));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_example),
        cmocka_unit_test(test_each_secret_signs),
        cmocka_unit_test(test_an_id_with_a_stop_is_not_signed),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_what_is_read_is_wiped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
