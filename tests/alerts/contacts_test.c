/* Protects who is mailed about which location: what a file of contacts says, or each of its mistakes with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/contacts.h"
#include "alerts/csv_file.h"

#define HEADING "location_id,mail,overdue_mail,language\n"
#define OTHERS "*,o@x,,\n"

/* What was said, or "". */
static char *read_bytes(struct contacts *contacts, const char *bytes, size_t length)
{
    char *said;
    size_t size;
    FILE *file = fmemopen((char *)(uintptr_t)bytes, length, "r"), *errors = open_memstream(&said, &size);
    const bool right = contacts_read(contacts, file, "c.csv", errors);
    fclose(file);
    fclose(errors);
    assert_int_equal(right, *said == '\0');
    return said;
}

static char *read_text(struct contacts *contacts, const char *text)
{
    return read_bytes(contacts, text, strlen(text));
}

static void rows(void **state)
{
    static const struct {
        const char *location_id, *mail, *overdue_mail;
        enum language language;
        size_t line;
    } expected[] = {
        {"azc-emmen-01", "a@x, b@x", "", LANGUAGE_ENGLISH, 6},
        {"noodopvang-oss-03", "a@x, b@x", "c@x", LANGUAGE_DUTCH, 4},
        {"z", "", "c@x", LANGUAGE_DUTCH, 7},
        {"*", "o@x", "", LANGUAGE_DUTCH, 3},
    };
    struct contacts contacts;
    char *said = read_text(&contacts,
                           "\xef\xbb\xbf# who is told\n" HEADING OTHERS "noodopvang-oss-03,a@x b@x,c@x,nl\r\n"
                           "\n"
                           "azc-emmen-01,  b@x  a@x ,,en\n"
                           "z,,c@x,");
    (void)state;
    assert_string_equal(said, "");
    assert_int_equal(contacts.count, 4);
    for (size_t i = 0; i < contacts.count; i++) {
        assert_string_equal(contacts.rows[i].location_id, expected[i].location_id);
        assert_string_equal(contacts.rows[i].mail, expected[i].mail);
        assert_string_equal(contacts.rows[i].overdue_mail, expected[i].overdue_mail);
        assert_int_equal(contacts.rows[i].language, expected[i].language);
        assert_int_equal(contacts.rows[i].line, expected[i].line);
    }
    free(said);
    contacts_fini(&contacts);
}

static void mistakes(void **state)
{
    static const struct {
        const char *text, *said;
    } expected[] = {
        {HEADING, "c.csv:1: there is no row of *, for all other locations; \"*,,,\" tells nobody\n"},
        {"", "c.csv: there is no row of *, for all other locations; \"*,,,\" tells nobody\n"},
        {"location_id;mail;overdue_mail;language\n*;;;\n",
         "c.csv:1: the first line must be location_id,mail,overdue_mail,language, with commas, not the semicolons of a "
         "Dutch "
         "spreadsheet\n"},
        {"location,mail\n" OTHERS, "c.csv:1: the first line must be location_id,mail,overdue_mail,language\n"},
        {HEADING OTHERS "a,b@x\n", "c.csv:3: 2 columns, not 4: location_id,mail,overdue_mail,language\n"},
        {HEADING OTHERS "a,b@x,,nl,\n", "c.csv:3: 5 columns, not 4: location_id,mail,overdue_mail,language\n"},
        {HEADING OTHERS "a;b@x;;nl\n", "c.csv:3: 1 columns, not 4: location_id,mail,overdue_mail,language\n"},
        {HEADING OTHERS ",b@x,,\n",
         "c.csv:3: \"\" is no location_id: 1 to 64 of A-Z a-z 0-9 . _ : -, or * for all others\n"},
        {HEADING OTHERS "a\"b,b@x,,\n",
         "c.csv:3: \"a\"b\" is no location_id: 1 to 64 of A-Z a-z 0-9 . _ : -, or * for all others\n"},
        {HEADING OTHERS "a,b@x,,\nb,b@x,,\na,c@x,,\n", "c.csv:5: a has a row already, line 3\n"},
        {HEADING OTHERS OTHERS, "c.csv:3: * has a row already, line 2\n"},
        {HEADING OTHERS "a,b,,\n", "c.csv:3: \"b\" is no address of mail; between several are blanks\n"},
        {HEADING OTHERS "a,b@x;c@x,,\n", "c.csv:3: \"b@x;c@x\" is no address of mail; between several are blanks\n"},
        {HEADING OTHERS "a,b@x\tc@x,,\n", "c.csv:3: \"b@x\tc@x\" is no address of mail; between several are blanks\n"},
        {HEADING OTHERS "a,b@x c@x b@x,,\n", "c.csv:3: b@x stands there twice\n"},
        {HEADING OTHERS "a,b@x c@x,c@x,\n", "c.csv:3: c@x is in mail and in overdue_mail, and would be told twice\n"},
        {HEADING OTHERS "a,b@x,,fr\n", "c.csv:3: language \"fr\" is not nl or en\n"},
        {HEADING OTHERS "a,b@x,,NL\n", "c.csv:3: language \"NL\" is not nl or en\n"},
        {HEADING OTHERS "a,b,,\nb,c,,\n", "c.csv:3: \"b\" is no address of mail; between several are blanks\n"
                                          "c.csv:4: \"c\" is no address of mail; between several are blanks\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        struct contacts contacts;
        char *said = read_text(&contacts, expected[i].text);
        assert_string_equal(said, expected[i].said);
        free(said);
        contacts_fini(&contacts);
    }
}

static char *said_of(const char *bytes, size_t length)
{
    struct contacts contacts;
    char *said = read_bytes(&contacts, bytes, length);
    contacts_fini(&contacts);
    return said;
}

static void what_is_too_much(void **state)
{
    static const char nul[] = HEADING "*,o@x,,\0\n";
    char *text, *said;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    fputs(HEADING "*,", out);
    for (int i = 0; i < 21; i++)
        fprintf(out, "a%d@x ", i);
    fputs(",,\n", out);
    fclose(out);
    said = said_of(text, size);
    assert_string_equal(said, "c.csv:2: more than 20 addresses in a field; a mailing list can have more\n");
    free(said);
    free(text);
    said = said_of(nul, sizeof(nul) - 1);
    assert_string_equal(said, "c.csv:2: a line of more than 4096 bytes, or with a NUL in it\n");
    free(said);
}

/* LENGTH bytes in the line of *, its end included. */
static bool is_read(size_t length, bool has_end)
{
    char *text = malloc(sizeof(HEADING) + length + 16), *end = text + sprintf(text, HEADING "*,o@x");
    while ((size_t)(end - text) < strlen(HEADING) + length - 3)
        *end++ = ' ';
    sprintf(end, ",,%s", has_end ? "\n" : " "); /* a blank is no language */
    char *said = said_of(text, strlen(text));
    const bool is_right = *said == '\0' || strstr(said, "language") != NULL;
    free(said);
    free(text);
    return is_right;
}

static void lines_are_bounded(void **state)
{
    (void)state;
    assert_true(is_read(CSV_LINE_BYTES_MAX, true));
    assert_false(is_read(CSV_LINE_BYTES_MAX + 1, true));
    assert_true(is_read(CSV_LINE_BYTES_MAX - 1, false));
    assert_false(is_read(CSV_LINE_BYTES_MAX + 1, false));
}

static void rows_are_bounded(void **state)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    fputs(HEADING OTHERS, out);
    for (int i = 1; i <= CONTACTS_MAX + 5; i++)
        fprintf(out, "l%d,a@x,,\n", i);
    fclose(out);
    char *said = said_of(text, size);
    assert_string_equal(said, "c.csv:10002: more than 10000 rows\n");
    free(said);
    free(text);
}

/* What people start from is right. */
static void the_example_is_read(void **state)
{
    struct contacts contacts;
    FILE *file = fopen(PROJECT_SOURCE_DIR "/etc/contacts.csv", "r");
    (void)state;
    assert_non_null(file);
    assert_true(contacts_read(&contacts, file, "contacts.csv", stderr));
    assert_int_equal(contacts.count, 4);
    fclose(file);
    contacts_fini(&contacts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(what_is_too_much),
        cmocka_unit_test(lines_are_bounded),
        cmocka_unit_test(rows_are_bounded),
        cmocka_unit_test(the_example_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
