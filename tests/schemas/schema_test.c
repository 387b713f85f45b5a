/* Protects how a schema is known to others: its canonical form and fingerprint, byte by byte as the specification has
 * them, and that what is no schema is refused by name. A wrong fingerprint makes every record of ours unreadable to
 * everybody else. */
#include "testing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules/alert.h"
#include "schemas/event_check.h"
#include "schemas/fingerprint.h"
#include "schemas/schema.h"

/* Of Avro's own suite for these two (schema-tests.txt). */
static const struct {
    const char *schema, *form;
    int64_t fingerprint;
} golden[] = {
    {"\"null\"", "\"null\"", INT64_C(7195948357588979594)},
    {"{\"type\":\"null\"}", "\"null\"", INT64_C(7195948357588979594)},
    {"\"boolean\"", "\"boolean\"", INT64_C(-6970731678124411036)},
    {"\"int\"", "\"int\"", INT64_C(8247732601305521295)},
    {"\"long\"", "\"long\"", INT64_C(-3434872931120570953)},
    {"\"float\"", "\"float\"", INT64_C(5583340709985441680)},
    {"\"double\"", "\"double\"", INT64_C(-8181574048448539266)},
    {"\"bytes\"", "\"bytes\"", INT64_C(5746618253357095269)},
    {"\"string\"", "\"string\"", INT64_C(-8142146995180207161)},
    {"[ \"int\"  ]", "[\"int\"]", INT64_C(-5232228896498058493)},
    {"[ \"int\" , {\"type\":\"boolean\"} ]", "[\"int\",\"boolean\"]", INT64_C(5392556393470105090)},
    {"{\"fields\":[], \"type\":\"record\", \"name\":\"foo\"}", "{\"name\":\"foo\",\"type\":\"record\",\"fields\":[]}",
     INT64_C(-4824392279771201922)},
    {"{\"fields\":[], \"type\":\"record\", \"name\":\"foo\", \"namespace\":\"x.y\"}",
     "{\"name\":\"x.y.foo\",\"type\":\"record\",\"fields\":[]}", INT64_C(5916914534497305771)},
    {"{\"fields\":[], \"type\":\"record\", \"name\":\"a.b.foo\", \"namespace\":\"x.y\"}",
     "{\"name\":\"a.b.foo\",\"type\":\"record\",\"fields\":[]}", INT64_C(-4616218487480524110)},
    {"{\"type\":\"enum\", \"name\":\"foo\", \"symbols\":[\"A1\"]}",
     "{\"name\":\"foo\",\"type\":\"enum\",\"symbols\":[\"A1\"]}", INT64_C(-6342190197741309591)},
    {"{\"namespace\":\"x.y.z\", \"type\":\"enum\", \"name\":\"foo\", \"doc\":\"foo bar\", \"symbols\":[\"A1\", "
     "\"A2\"]}",
     "{\"name\":\"x.y.z.foo\",\"type\":\"enum\",\"symbols\":[\"A1\",\"A2\"]}", INT64_C(-4448647247586288245)},
    {"{\"name\":\"foo\",\"type\":\"fixed\",\"size\":15}", "{\"name\":\"foo\",\"type\":\"fixed\",\"size\":15}",
     INT64_C(1756455273707447556)},
    {"{\"namespace\":\"x.y.z\", \"type\":\"fixed\", \"name\":\"foo\", \"doc\":\"foo bar\", \"size\":32}",
     "{\"name\":\"x.y.z.foo\",\"type\":\"fixed\",\"size\":32}", INT64_C(-3064184465700546786)},
    {"{ \"items\":{\"type\":\"null\"}, \"type\":\"array\"}", "{\"type\":\"array\",\"items\":\"null\"}",
     INT64_C(-589620603366471059)},
    {"{ \"values\":\"string\", \"type\":\"map\"}", "{\"type\":\"map\",\"values\":\"string\"}",
     INT64_C(-8732877298790414990)},
};

static void forms_and_fingerprints_are_those_of_avro(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(golden); i++) {
        struct schema_tree tree;
        struct schema_error error;
        assert_true(schema_tree_init(&tree, golden[i].schema, strlen(golden[i].schema), &error));
        char *form = schema_canonical_form(&tree);
        assert_string_equal(form, golden[i].form);
        int64_t fingerprint = (int64_t)crc_64_avro(form, strlen(form));
        if (fingerprint != golden[i].fingerprint)
            fail_msg("%s: %" PRId64, golden[i].schema, fingerprint);
        free(form);
        schema_tree_fini(&tree);
    }
}

/* A type that is used again is written by name, also within itself, and takes the namespace around it. */
static void a_named_type_is_written_once(void **state)
{
    static const char schema[] = "{\"type\":\"record\",\"name\":\"Chain\",\"namespace\":\"a\",\"fields\":["
                                 "{\"name\":\"id\",\"type\":{\"type\":\"fixed\",\"name\":\"Id\",\"size\":4}},"
                                 "{\"name\":\"other\",\"type\":\"Id\",\"doc\":\"x\"},{\"name\":\"next\",\"type\":["
                                 "\"null\",\"a.Chain\"],\"default\":null}]}";
    static const char form_expected[] =
        "{\"name\":\"a.Chain\",\"type\":\"record\",\"fields\":["
        "{\"name\":\"id\",\"type\":{\"name\":\"a.Id\",\"type\":\"fixed\",\"size\":4}},"
        "{\"name\":\"other\",\"type\":\"a.Id\"},{\"name\":\"next\",\"type\":[\"null\",\"a.Chain\"]}]}";
    struct schema_tree tree;
    struct schema_error error;
    (void)state;
    assert_true(schema_tree_init(&tree, schema, strlen(schema), &error));
    char *form = schema_canonical_form(&tree);
    assert_string_equal(form, form_expected);
    free(form);
    schema_tree_fini(&tree);
}

static const struct {
    const char *schema, *why, *where;
} refused[] = {
    {"", "this is not JSON", ""},
    {"{\"type\":", "this is not JSON", ""},
    {"12", "a type is missing", ""},
    {"\"integer\"", "this type is not known", "integer"},
    {"[]", "a union needs branches, and not too many", ""},
    {"[\"int\",\"int\"]", "a union has this branch twice", "int"},
    {"[\"null\",[\"int\"]]", "a union can not be a branch of a union", ""},
    {"{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[]}", "an enum needs symbols", "e"},
    {"{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\",\"A\"]}", "this symbol is there twice, or is no name", "A"},
    {"{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\"],\"default\":\"B\"}",
     "an enum's default must be one of its symbols", "e"},
    {"{\"type\":\"fixed\",\"name\":\"f\"}", "a fixed needs a size", "f"},
    {"{\"type\":\"fixed\",\"name\":\"f\",\"size\":-1}", "a fixed needs a size", "f"},
    {"{\"type\":\"record\",\"name\":\"r\"}", "a record needs an array of fields, and not too many", "r"},
    {"{\"type\":\"record\",\"fields\":[]}", "a named type needs a name, and a namespace must be one", ""},
    {"{\"type\":\"record\",\"name\":\"1r\",\"fields\":[]}", "this is no name", "1r"},
    {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\"}]}", "a type is missing", ""},
    {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"type\":\"int\"}]}", "a field needs a name", ""},
    {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"a\",\"type\":"
     "\"int\"}]}",
     "this field is there twice", "a"},
    {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"fixed\",\"name\":\"r\","
     "\"size\":1}}]}",
     "this name is defined twice", "r"},
};

static void what_is_no_schema_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(refused); i++) {
        struct schema_tree tree;
        struct schema_error error;
        assert_false(schema_tree_init(&tree, refused[i].schema, strlen(refused[i].schema), &error));
        assert_string_equal(error.why, refused[i].why);
        assert_string_equal(error.where, refused[i].where);
        assert_null(tree.root);
    }
}

static void types_nested_without_end_are_refused(void **state)
{
    char schema[20000];
    size_t length = 0;
    struct schema_tree tree;
    struct schema_error error;
    (void)state;
    for (int i = 0; i < 1000; i++)
        length += (size_t)snprintf(schema + length, sizeof schema - length, "{\"type\":");
    length += (size_t)snprintf(schema + length, sizeof schema - length, "\"int\"");
    memset(schema + length, '}', 1000);
    assert_false(schema_tree_init(&tree, schema, length + 1000, &error));
    assert_string_equal(error.why, "types are nested too deep");
}

/* --- ours -------------------------------------------------------------------------------------------------------- */

static void shipped_schemas_are_whole(void **state)
{
    static const char *const records[SCHEMA_COUNT] = {
        "Placement",        "Move",        "Enrollment", "Alert",         "ViolationInForce",
        "DeadLetter",       "State",       "Progress",   "DeliveryAlert", "DeliveryPosition",
        "DeliveryStanding", "DeliveryWish"};
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        struct schema_tree tree;
        struct schema_error error;
        const struct shipped_schema *shipped = &newest_schemas[i];
        assert_int_equal(shipped->schema, i);
        assert_true(schema_tree_init(&tree, shipped->text, shipped->length, &error));
        assert_string_equal(schema_short_name(tree.root->name), records[i]);
        char *form = schema_canonical_form(&tree);
        assert_true(crc_64_avro(form, strlen(form)) == shipped->fingerprint);
        free(form);
        schema_tree_fini(&tree);
    }
}

/* Walks through all there is in a schema's JSON: whatever has a name and a type must say what it is. */
static void every_field_is_explained(const json_t *json)
{
    const char *key;
    json_t *value;
    size_t index;
    if (json_is_object(json) && json_object_get(json, "name") != NULL && json_object_get(json, "type") != NULL &&
        json_object_get(json, "symbols") == NULL && json_object_get(json, "size") == NULL &&
        json_string_length(json_object_get(json, "doc")) == 0)
        fail_msg("%s has no doc", json_string_value(json_object_get(json, "name")));
    json_object_foreach((json_t *)json, key, value) every_field_is_explained(value);
    json_array_foreach(json, index, value) every_field_is_explained(value);
}

static void every_field_has_a_doc(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        json_t *json = json_loadb(newest_schemas[i].text, newest_schemas[i].length, 0, NULL);
        every_field_is_explained(json);
        json_decref(json);
    }
}

/* Finds an enum by its short name anywhere below a node. */
static const struct schema_node *enum_find(const struct schema_node *node, const char *name, int depth)
{
    const struct schema_node *found = NULL;
    if (node->type == AVRO_TYPE_ENUM)
        return strcmp(schema_short_name(node->name), name) == 0 ? node : NULL;
    for (uint32_t i = 0; found == NULL && depth < 8 && i < node->count; i++)
        found = enum_find(node->type == AVRO_TYPE_RECORD ? node->fields[i].type : node->types[i], name, depth + 1);
    return found;
}

/* Records are written with the numbers of our enums: the symbols must stand in their order. */
static void symbols_stand_in_the_order_of_the_enums(void **state)
{
    static const char *const answers[] = {"UNKNOWN", "NO", "YES"};
    static const char *reasons[MOVE_REASON_COUNT], *rule_symbols[RULE_COUNT];
    static char rule_texts[RULE_COUNT][64];
    const struct {
        enum schema schema;
        const char *name;
        const char *const *symbols;
        uint32_t count;
    } rows[] = {
        {SCHEMA_PLACEMENT, "PlacementKind", &fact_kind_names[FACT_ARRIVED], 2},
        {SCHEMA_PLACEMENT, "LocationKind", location_kind_names, LOCATION_KIND_COUNT},
        {SCHEMA_PLACEMENT, "Region", region_names, REGION_COUNT},
        {SCHEMA_MOVE, "LocationKind", location_kind_names, LOCATION_KIND_COUNT},
        {SCHEMA_MOVE, "Region", region_names, REGION_COUNT},
        {SCHEMA_MOVE, "MoveReason", reasons, MOVE_REASON_COUNT},
        {SCHEMA_ENROLLMENT, "EnrollmentKind", &fact_kind_names[FACT_ENROLLED], 2},
        {SCHEMA_ALERT, "Level", level_names, LEVEL_COUNT},
        {SCHEMA_ALERT, "AlertState", alert_state_names, ALERT_STATE_COUNT},
        {SCHEMA_ALERT, "Resolution", &resolution_names[1], RESOLUTION_COUNT - 1},
        {SCHEMA_ALERT, "LocationKind", location_kind_names, LOCATION_KIND_COUNT},
        {SCHEMA_ALERT, "Region", region_names, REGION_COUNT},
        {SCHEMA_VIOLATION, "Level", level_names, LEVEL_COUNT},
        {SCHEMA_VIOLATION, "AlertState", alert_state_names, ALERT_STATE_COUNT},
        {SCHEMA_VIOLATION, "Resolution", &resolution_names[1], RESOLUTION_COUNT - 1},
        {SCHEMA_VIOLATION, "LocationKind", location_kind_names, LOCATION_KIND_COUNT},
        {SCHEMA_VIOLATION, "Region", region_names, REGION_COUNT},
        {SCHEMA_STATE, "FactKind", fact_kind_names, FACT_KIND_COUNT},
        {SCHEMA_STATE, "LocationKind", location_kind_names, LOCATION_KIND_COUNT},
        {SCHEMA_STATE, "Region", region_names, REGION_COUNT},
        {SCHEMA_STATE, "Rule", rule_symbols, RULE_COUNT},
        {SCHEMA_STATE, "Level", level_names, LEVEL_COUNT},
        {SCHEMA_STATE, "AlertState", alert_state_names, ALERT_STATE_COUNT},
        {SCHEMA_STATE, "Answer", answers, LENGTH(answers)},
    };
    (void)state;
    for (int i = 0; i < MOVE_REASON_COUNT; i++)
        reasons[i] = event_reason((enum move_reason)i).bytes;
    for (int i = 0; i < RULE_COUNT; i++) { /* "emergency-stay" is EMERGENCY_STAY there */
        rule_symbols[i] = rule_texts[i];
        for (size_t c = 0; rules[i]->name[c] != '\0'; c++)
            rule_texts[i][c] = (char)(rules[i]->name[c] == '-' ? '_' : rules[i]->name[c] - 'a' + 'A');
    }
    for (size_t row = 0; row < LENGTH(rows); row++) {
        struct schema_tree tree;
        struct schema_error error;
        const struct shipped_schema *shipped = &newest_schemas[rows[row].schema];
        assert_true(schema_tree_init(&tree, shipped->text, shipped->length, &error));
        const struct schema_node *found = enum_find(tree.root, rows[row].name, 0);
        assert_non_null(found);
        assert_int_equal(found->symbols.count, rows[row].count);
        for (uint32_t i = 0; i < rows[row].count; i++)
            assert_string_equal(found->symbols.items[i], rows[row].symbols[i]);
        schema_tree_fini(&tree);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_and_fingerprints_are_those_of_avro),
        cmocka_unit_test(a_named_type_is_written_once),
        cmocka_unit_test(what_is_no_schema_is_refused),
        cmocka_unit_test(types_nested_without_end_are_refused),
        cmocka_unit_test(shipped_schemas_are_whole),
        cmocka_unit_test(every_field_has_a_doc),
        cmocka_unit_test(symbols_stand_in_the_order_of_the_enums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
