/* Protects that our scanner and a JSON library agree on what JSON is, over a great many lines that are nearly right: a
 * line that one program takes and the other does not would be a fact for one of them only. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "schemas/json_scan.h"

#define ROUNDS 400000

static const char *const seeds[] = {
    "{\"a\": [1, -2.5e+3, 0.1E-2, true, false, null], \"b\\u00e9\": {\"c\": \"x\\n\\\"\\\\/\"}, \"d\": "
    "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"}",
    "{\"event_id\": \"ff0279de\", \"location\": {\"location_id\": \"azc-n\", \"kind\": \"CENTRE\"}, \"applied_on\": "
    "null}",
    "{\"\\ud83d\\ude00\": [[], {}, [[{}]]], \"e\": \"\", \"f\": 10, \"g\": -0, \"h\": 1e5}",
    " { } ",
};

static bool scans(const char *text, size_t length, char *spare)
{
    struct json_scan scan = {.at = text, .end = text + length, .spare = spare};
    struct json_value value = json_read(&scan);
    json_pass(&scan, &value);
    return value.kind == JSON_KIND_OBJECT && json_end(&scan);
}

/* What the library refuses though it is JSON: numbers beyond its types, NULs in texts. */
static bool is_a_limit(const json_error_t *error)
{
    enum json_error_code code = json_error_code(error);
    return code == json_error_numeric_overflow || code == json_error_null_character ||
           code == json_error_null_byte_in_key;
}

static void the_scanner_agrees_with_a_library(void **state)
{
    static const char alphabet[] = "{}[]\",:\\ue0123456789.-+EntrflsabdD8 \t\n\x01\x7f\x80\xbf\xc3\xe2\xed\xf0\xff";
    struct random random = random_begin("the scanner agrees with a library");
    uint32_t right = 0, wrong = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const char *seed = seeds[random_below(&random, LENGTH(seeds))];
        size_t length = strlen(seed);
        char *text = malloc(length), *spare = malloc(length); /* as long as they may be, and no longer */
        json_error_t error;
        memcpy(text, seed, length);
        for (uint32_t changes = random_below(&random, 4); changes > 0 && length > 0; changes--) {
            uint32_t at = random_below(&random, (uint32_t)length);
            if (random_chance(&random, 70))
                text[at] = alphabet[random_below(&random, sizeof alphabet - 1)];
            else if (random_chance(&random, 50))
                memmove(text + at, text + at + 1, --length - at);
            else
                length = at + 1;
        }
        json_t *json = json_loadb(text, length, 0, &error);
        bool scanned = scans(text, length, spare);
        if (scanned != json_is_object(json) && !(json == NULL && is_a_limit(&error)))
            fail_msg("%.*s: we say %d, the library %s", (int)length, text, scanned, error.text);
        *(scanned ? &right : &wrong) += 1;
        json_decref(json);
        free(text);
        free(spare);
    }
    printf("%u right, %u wrong\n", right, wrong);
    assert_true(right > ROUNDS / 10 && wrong > ROUNDS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scanner_agrees_with_a_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
