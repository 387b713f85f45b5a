/* Protects the resolution of a writer's schema with a reader's, rule by rule of the specification: a record of
 * yesterday's producer must mean today what it meant then, and what can not be resolved must be said with the field it
 * is about. */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "dump.h"

#define R(fields) "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" fields "]}"
#define F(name, type) "{\"name\":\"" name "\",\"type\":" type "}"
#define D(name, type, value) "{\"name\":\"" name "\",\"type\":" type ",\"default\":" value "}"
#define E(symbols) "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[" symbols "]}"
#define A(items) "{\"type\":\"array\",\"items\":" items "}"
#define M(values) "{\"type\":\"map\",\"values\":" values "}"
#define LIST R(F("v", "\"int\"") "," F("next", "[\"null\",\"R\"]"))
#define INNER(fields) "{\"type\":\"record\",\"name\":\"I\",\"fields\":[" fields "]}"

struct row {
    const char *writer, *reader, *bytes;
    const char *expected; /* what is read; or the problem and the field, or UNFIT and the field */
};

static const struct row rows[] = {
    /* plain */
    {"\"null\"", "\"null\"", "", "=null "},
    {"\"int\"", "\"int\"", "7f", "=-64 "},
    {"\"boolean\"", "\"boolean\"", "01", "=true "},
    {"\"boolean\"", "\"boolean\"", "02", "MALFORMED "},
    {"\"int\"", "\"int\"", "feffffff0f", "=2147483647 "},
    {"\"int\"", "\"int\"", "8080808010", "MALFORMED "},
    {"\"long\"", "\"long\"", "ffffffffffffffffff01", "=-9223372036854775808 "},
    {"\"long\"", "\"long\"", "ffffffffffffffffff02", "MALFORMED "},
    {"\"long\"", "\"long\"", "8080808080808080808000", "MALFORMED "},
    {"\"long\"", "\"long\"", "ffffff", "TRUNCATED "},
    {"\"string\"", "\"string\"", "046869", "=\"hi\" "},
    {"\"string\"", "\"string\"", "0468", "TRUNCATED "},
    {"\"string\"", "\"string\"", "0168", "MALFORMED "},
    {"\"string\"", "\"string\"", "feffffffffffffffff01", "TRUNCATED "},
    {"\"int\"", "\"int\"", "0202", "TRAILING_BYTES "},
    {"\"int\"", "\"int\"", "", "TRUNCATED "},
    {"\"float\"", "\"float\"", "0000c03f", "=0x1.8p+0 "},
    {"\"double\"", "\"double\"", "000000000000f83f", "=0x1.8p+0 "},
    {"\"double\"", "\"double\"", "000000000000f8", "TRUNCATED "},
    {"{\"type\":\"fixed\",\"name\":\"X\",\"size\":2}", "{\"type\":\"fixed\",\"name\":\"X\",\"size\":2}", "4142",
     "=\"AB\" "},
    {"{\"type\":\"fixed\",\"name\":\"X\",\"size\":2}", "{\"type\":\"fixed\",\"name\":\"X\",\"size\":1}", "4142",
     "UNFIT "},
    {"{\"type\":\"fixed\",\"name\":\"X\",\"size\":2}", "{\"type\":\"fixed\",\"name\":\"Y\",\"size\":2}", "4142",
     "UNFIT "},
    /* promotion */
    {"\"int\"", "\"long\"", "03", "=-2 "},
    {"\"int\"", "\"float\"", "03", "=-0x1p+1 "},
    {"\"int\"", "\"double\"", "03", "=-0x1p+1 "},
    {"\"long\"", "\"float\"", "8280808010", "=0x1p+31 "}, /* 2^31 + 1 has no float */
    {"\"long\"", "\"double\"", "8280808010", "=0x1.00000002p+31 "},
    {"\"float\"", "\"double\"", "0000c03f", "=0x1.8p+0 "},
    {"\"string\"", "\"bytes\"", "0268", "=\"h\" "},
    {"\"bytes\"", "\"string\"", "0268", "=\"h\" "},
    {"\"long\"", "\"int\"", "02", "UNFIT "},
    {"\"double\"", "\"float\"", "0000000000000000", "UNFIT "},
    {"\"int\"", "\"string\"", "02", "UNFIT "},
    {"\"int\"", "\"null\"", "02", "UNFIT "},
    /* records by name */
    {R(F("a", "\"int\"") "," F("b", "\"string\"")), R(F("b", "\"string\"") "," F("a", "\"long\"")), "020268",
     "b=\"h\" a=1 "},
    {R(F("a", "\"int\"") "," F("b", "\"string\"")), R(F("b", "\"string\"")), "020268", "b=\"h\" "},
    {R(F("a", "\"int\"")), R(F("a", "\"int\"") "," D("b", "\"string\"", "\"x\"")), "02", "a=1 b=\"x\" "},
    {R(F("a", "\"int\"")), R(F("a", "\"int\"") "," F("b", "\"string\"")), "02", "UNFIT b"},
    {R(F("a", "\"int\"")), R("{\"name\":\"b\",\"aliases\":[\"a\"],\"type\":\"int\"}"), "02", "b=1 "},
    {R(F("a", "\"int\"") "," F("b", "\"int\"")), R("{\"name\":\"b\",\"aliases\":[\"a\"],\"type\":\"int\"}"), "0204",
     "b=2 "},
    {R(F("a", "\"int\"")), "{\"type\":\"record\",\"name\":\"S\",\"fields\":[" F("a", "\"int\"") "]}", "02", "UNFIT "},
    {R(F("a", "\"int\"")),
     "{\"type\":\"record\",\"name\":\"S\",\"aliases\":[\"R\"],\"fields\":[" F("a", "\"int\"") "]}", "02", "a=1 "},
    {R(F("a", "\"int\"")),
     "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"x\",\"fields\":[" F("a", "\"int\"") "]}", "02", "a=1 "},
    {R(F("p", INNER(F("a", "\"int\"") "," F("b", "\"int\"")))), R(F("p", INNER(F("b", "\"int\"")))), "0204", "p.b=2 "},
    {R(F("p", INNER(F("a", "\"int\"")))), R(F("p", INNER(F("a", "\"string\"")))), "02", "UNFIT p.a"},
    /* defaults */
    {R(""), R(D("a", "\"boolean\"", "true") "," D("b", "\"long\"", "-9223372036854775807")), "",
     "a=true b=-9223372036854775807 "},
    {R(""), R(D("a", "\"double\"", "0.5") "," D("b", "\"float\"", "3")), "", "a=0x1p-1 b=0x1.8p+1 "},
    {R(""), R(D("a", "\"bytes\"", "\"\\u00ff\\u0000A\"")), "", "a=\"\\xff\\x00A\" "},
    {R(""), R(D("a", "[\"null\",\"int\"]", "null") "," D("b", "[\"int\",\"null\"]", "3")), "", "a=null b=3 "},
    {R(""), R(D("a", "[\"null\",\"int\"]", "3")), "", "UNFIT a"},
    {R(""), R(D("a", "\"int\"", "2147483648")), "", "UNFIT a"},
    {R(""), R(D("a", "\"string\"", "3")), "", "UNFIT a"},
    {R(""), R(D("a", E("\"X\",\"Y\""), "\"Y\"")), "", "a=Y "},
    {R(""), R(D("a", E("\"X\",\"Y\""), "\"Z\"")), "", "UNFIT a"},
    {R(""), R(D("p", INNER(D("a", "\"int\"", "1") "," D("b", "\"int\"", "2")), "{\"b\":5}")), "", "p.a=1 p.b=5 "},
    {R(""), R(D("p", INNER(F("a", "\"int\"")), "{}")), "", "UNFIT p.a"},
    {R(""), R(D("a", A("\"int\""), "[]") "," D("m", M("\"int\""), "{}")), "", "a: m: "},
    {R(""), R(D("x", "{\"type\":\"fixed\",\"name\":\"X\",\"size\":1}", "\"\\u00e9\"")), "", "x=\"\\xe9\" "},
    {R(""), R(D("x", "{\"type\":\"fixed\",\"name\":\"X\",\"size\":2}", "\"a\"")), "", "UNFIT x"},
    /* enums by symbol */
    {E("\"B\",\"A\""), E("\"A\",\"B\",\"C\""), "02", "=A "},
    {R(F("e", E("\"A\",\"Z\""))), R(F("e", E("\"A\",\"B\""))), "00", "e=A "},
    {R(F("e", E("\"A\",\"Z\""))), R(F("e", E("\"A\",\"B\""))), "02", "SYMBOL_UNKNOWN e"},
    {R(F("e", E("\"A\",\"Z\""))),
     R(F("e", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"],\"default\":\"B\"}")), "02", "e=B "},
    {E("\"A\",\"B\""), E("\"A\",\"B\""), "04", "MALFORMED "},
    {E("\"A\",\"B\""), E("\"A\",\"B\""), "01", "MALFORMED "},
    {E("\"A\""), "{\"type\":\"enum\",\"name\":\"F\",\"symbols\":[\"A\"]}", "00", "UNFIT "},
    {R(F("x", "\"int\"") "," F("e", E("\"A\",\"B\""))), R(F("x", "\"int\"")), "0204", "MALFORMED e"},
    /* unions */
    {"[\"null\",\"int\"]", "[\"null\",\"int\"]", "0206", "=3 "},
    {"[\"null\",\"int\"]", "[\"null\",\"int\"]", "00", "=null "},
    {"[\"null\",\"int\"]", "[\"null\",\"int\"]", "04", "MALFORMED "},
    {"[\"null\",\"int\"]", "[\"null\",\"int\"]", "01", "MALFORMED "},
    {"[\"int\",\"string\"]", "[\"string\",\"null\",\"long\"]", "0006", "=3 "},
    {"\"int\"", "[\"null\",\"long\"]", "06", "=3 "},
    {"\"int\"", "[\"null\",\"string\"]", "06", "UNFIT "},
    {"[\"null\",\"int\"]", "\"long\"", "0206", "=3 "},
    {"[\"null\",\"int\"]", "\"long\"", "00", "SCHEMA_UNFIT "},
    {"[\"null\",\"string\"]", "\"long\"", "00", "UNFIT "},
    {R(F("a", "[\"null\",\"int\"]")), R(F("a", "\"int\"")), "00", "SCHEMA_UNFIT a"},
    {"\"int\"", "[\"double\",\"int\"]", "06", "=0x1.8p+1 "}, /* the first that fits */
    {R(F("u", "[\"null\"," INNER(F("a", "\"int\"")) "]")), R(F("u", "[\"null\"," INNER(F("a", "\"int\"")) "]")), "0206",
     "u.a=3 "},
    {R(F("u", "[\"null\"," INNER(F("a", "\"int\"")) "]")), R(F("u", "[\"null\"," INNER(F("a", "\"int\"")) "]")), "00",
     "u=null "},
    {R(F("u", "[\"null\"," INNER(F("a", "\"int\"")) "]")),
     R(F("u", "[\"null\"," INNER(F("a", "\"int\"") "," D("z", "\"int\"", "9")) "]")), "0206", "u.a=3 u.z=9 "},
    /* arrays and maps */
    {A("\"int\""), A("\"long\""), "04020400", ": [0]=1 [1]=2 "},
    {A("\"int\""), A("\"long\""), "00", ": "},
    {A("\"int\""), A("\"long\""), "030402040206 00", ": [0]=1 [1]=2 [2]=3 "},
    {A("\"int\""), A("\"long\""), "03020204 00", "MALFORMED "}, /* the block's size is not what it says */
    {A("\"int\""), A("\"long\""), "0302", "TRUNCATED "},
    {A("\"int\""), A("\"long\""), "0301", "MALFORMED "},
    {A("\"int\""), A("\"long\""), "ffffffffffffffffff0102", "MALFORMED "},
    {A("\"int\""), A("\"string\""), "00", "UNFIT []"},
    {M("\"int\""), M("\"long\""), "02026b0600", ": {k}=3 "},
    {M("\"int\""), A("\"int\""), "00", "UNFIT "},
    {A(A("\"int\"")), A(A("\"int\"")), "04020200 0404060000", ": [0]: [0][0]=1 [1]: [1][0]=2 [1][1]=3 "},
    {A("[\"null\"," INNER(F("a", "\"int\"")) "]"), A("[\"null\"," INNER(F("a", "\"int\"")) "]"), "0402060000",
     ": [0].a=3 [1]=null "},
    {A(E("\"A\",\"Z\"")), A(E("\"A\",\"B\"")), "04000200", "SYMBOL_UNKNOWN []"},
    {A("\"null\""), A("\"null\""), "0400", ": [0]=null [1]=null "},
    /* passed over */
    {R(F("gone", A(M("[\"null\",\"double\",\"boolean\"]"))) "," F("a", "\"int\"")), R(F("a", "\"int\"")),
     "02 06 026b 00 026c 020000000000000000 026d 0401 00 00 06", "a=3 "},
    {R(F("gone", A(M("[\"null\",\"double\",\"boolean\"]"))) "," F("a", "\"int\"")), R(F("a", "\"int\"")),
     "02 02 026b 06 00 00 06", "MALFORMED gone"},
    {R(F("gone",
         INNER(F("x", "\"long\"") "," F("y", "{\"type\":\"fixed\",\"name\":\"X\",\"size\":3}"))) "," F("a", "\"int\"")),
     R(F("a", "\"int\"")), "02 414243 06", "a=3 "},
    /* a list that contains itself, passed over */
    {"{\"type\":\"record\",\"name\":\"W\",\"fields\":[" F("l", LIST) "," F("a", "\"int\"") "]}",
     "{\"type\":\"record\",\"name\":\"W\",\"fields\":[" F("a", "\"int\"") "]}", "02 02 04 02 06 00 08", "a=4 "},
    /* and read as deep as somebody asks */
    {LIST, LIST, "02 02 04 00", "v=1 next.v=2 next.next=null "},
};

static bool check(const struct row *row)
{
    static struct dump dump;
    char field[64], *text = NULL;
    size_t length;
    uint8_t bytes[256];
    struct finding finding;
    FILE *out = open_memstream(&text, &length);
    enum compiled compiled = dump_init(&dump, row->writer, row->reader, field);
    size_t byte_count = bytes_of(row->bytes, bytes, sizeof bytes);
    if (compiled == COMPILED_UNFIT) {
        fprintf(out, "UNFIT %s", field);
    } else if (!dump_record(&dump, bytes, byte_count, out, &finding)) {
        rewind(out);
        fprintf(out, "%s %s", problem_names[finding.problem], finding.field);
    }
    fputc('\0', out);
    fclose(out);
    bool right = strcmp(text, row->expected) == 0;
    if (!right)
        print_error("%s\n%s\n%s\ngave %s\nnot  %s\n", row->writer, row->reader, row->bytes, text, row->expected);
    free(text);
    dump_fini(&dump);
    return right;
}

static void resolves_as_the_specification_says(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        wrong += !check(&rows[i]);
    assert_int_equal(wrong, 0);
}

/* What nobody asks for is passed over, whether it could be resolved or not; a path is not one that only begins like it.
 */
static void only_what_is_asked_for_is_resolved(void **state)
{
    static const char writer_text[] = R(F("a", "\"string\"") "," F("ab", "\"int\""));
    static const char reader_text[] = R(F("a", "\"int\"") "," F("ab", "\"long\""));
    static const char *const paths[] = {NULL, "ab"};
    static const uint8_t bytes[] = {0x02, 'x', 0x06};
    struct schema_tree writer, reader;
    struct schema_error error;
    struct program *program;
    struct program_value values[LENGTH(paths) + 1];
    struct finding finding;
    char field[64];
    (void)state;
    assert_true(schema_tree_init(&writer, writer_text, strlen(writer_text), &error));
    assert_true(schema_tree_init(&reader, reader_text, strlen(reader_text), &error));
    assert_int_equal(program_new(&program, &writer, &reader, paths, LENGTH(paths), field), COMPILED);
    assert_true(program_run(program, bytes, sizeof bytes, values, &finding));
    assert_int_equal(values[0].type, AVRO_TYPE_NULL);
    assert_int_equal(values[1].type, AVRO_TYPE_LONG);
    assert_int_equal(values[1].number, 3);
    program_free(program);
    schema_tree_fini(&writer);
    schema_tree_fini(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolves_as_the_specification_says),
        cmocka_unit_test(only_what_is_asked_for_is_resolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
