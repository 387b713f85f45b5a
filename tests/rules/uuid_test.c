/* Protects ids: an alert whose id changes is published twice, and never withdrawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rules/sha1.h"
#include "rules/uuid.h"

/* Expected values by Python's hashlib and uuid. */
static void sha1_is_sha1(void **state)
{
    static const struct {
        size_t length;
        const char *digest;
    } rows[] = {{0, "da39a3ee5e6b4b0d3255bfef95601890afd80709"},   {1, "bf8b4530d8d246dd74ac53a13471bba17941dff7"},
                {55, "63ac9708fb581dd150d3647549f9e0cb51dcf1df"},  {56, "5a0c4d0eb2f15e05bbbff6b8dada9ae767fc03f0"},
                {57, "4e77d3077d2ab5167db3434c31cac3d15a3afc12"},  {63, "d94ff3ad53f9b9327704b812ee9c1f3abbba3d48"},
                {64, "5f55a35e13f1865e7ffc22dca1275b1a49b0ff56"},  {65, "d7f8931010f8342a97383e1410a58c47d057708b"},
                {119, "774001b5ad1f46b40c48e1b94cb092c593ead25b"}, {120, "6ebf3111dc761f11b13f29df0484848785385973"},
                {128, "0a44ac02432f6ead67d86fcb70a4d8ce589e50ec"}, {1000, "7461968a9edb9b418224f1acb305d2feeaa10ba5"}};
    static const char hex[] = "0123456789abcdef";
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t bytes[1000], digest[SHA1_SIZE];
        char text[2 * SHA1_SIZE + 1] = "";
        for (size_t j = 0; j < rows[i].length; j++)
            bytes[j] = (uint8_t)(j * 7 + rows[i].length);
        sha1(bytes, rows[i].length, digest);
        for (int j = 0; j < SHA1_SIZE; j++) {
            text[2 * j] = hex[digest[j] >> 4];
            text[2 * j + 1] = hex[digest[j] & 15];
        }
        assert_string_equal(text, rows[i].digest);
    }
}

static void text_of_an_id_is_read_in_either_case(void **state)
{
    static const char text[] = "4C7049af-420f-501D-962c-736bf551d5bf";
    char written[UUID_TEXT_SIZE];
    struct uuid uuid;
    (void)state;
    assert_true(uuid_parse(text, 36, &uuid));
    uuid_format(&uuid, written);
    assert_string_equal(written, "4c7049af-420f-501d-962c-736bf551d5bf");
    assert_true(uuid_is_nil(&UUID_NIL) && !uuid_is_nil(&uuid));
}

static void what_is_no_id_is_not_read(void **state)
{
    static const char *const rows[] = {
        "",
        "4c7049af-420f-501d-962c-736bf551d5b",
        "4c7049af-420f-501d-962c-736bf551d5bff",
        "4c7049af420f-501d-962c-736bf551d5bf0",
        "4c7049af-420f-501d-962c_736bf551d5bf",
        "4c7049ag-420f-501d-962c-736bf551d5bf",
        "{c7049af-420f-501d-962c-736bf551d5b}",
        "4c7049af-420f-501d-962c-736bf551d5b-",
        "-c7049af-420f-501d-962c-736bf551d5bf",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct uuid uuid = UUID_NIL;
        assert_false(uuid_parse(rows[i], strlen(rows[i]), &uuid));
        assert_true(uuid_is_nil(&uuid));
    }
}

static void an_alert_has_the_id_of_the_contract(void **state)
{
    static const struct {
        const char *child_id, *rule, *cause, *alert_id;
    } rows[] = {
        {"child-1", "emergency-stay", "ff0279de-7973-54b7-8c44-db486a22fd7f", "7cb184a7-4b32-537b-baf0-1684dc843e4d"},
        {"a", "no-school", "00000000-0000-0000-0000-000000000001", "7dc008e7-eb2a-556e-a2ce-4e2066ff2765"},
        {"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "repeated-moves",
         "ffffffff-ffff-ffff-ffff-ffffffffffff", "528ef141-75fd-5832-b754-baa1037a7f4d"}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct uuid cause, id;
        char text[UUID_TEXT_SIZE];
        assert_true(uuid_parse(rows[i].cause, 36, &cause));
        id = uuid_of_alert((struct text){rows[i].child_id, (uint32_t)strlen(rows[i].child_id)},
                           (struct text){rows[i].rule, (uint32_t)strlen(rows[i].rule)}, &cause);
        uuid_format(&id, text);
        assert_string_equal(text, rows[i].alert_id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha1_is_sha1), cmocka_unit_test(text_of_an_id_is_read_in_either_case),
        cmocka_unit_test(what_is_no_id_is_not_read), cmocka_unit_test(an_alert_has_the_id_of_the_contract)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
