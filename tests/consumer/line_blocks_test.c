/* Protects the reading of large files: whatever the size of a block, and however short each read, the same lines come
 * out, also where one is longer than a block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/line_blocks.h"

/* A pipe that gives TEXT. */
static int pipe_of(const char *text)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text, strlen(text)), (ssize_t)strlen(text));
    close(ends[1]);
    return ends[0];
}

/* All blocks of TEXT, each followed by a bar; every block but the last must end a line, or be a line that was cut. */
static void read_all(const char *text, size_t size, char *result)
{
    struct line_blocks blocks;
    const char *block;
    size_t length;
    const int file = pipe_of(text);
    *result = '\0';
    assert_true(line_blocks_init(&blocks, file, size));
    while (assert_true(line_blocks_next(&blocks, &block, &length)), length > 0) {
        assert_true(length <= size);
        strncat(result, block, length);
        strcat(result, "|");
    }
    line_blocks_fini(&blocks);
    close(file);
}

static void test_blocks(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        const char *result;
    } rows[] = {
        {"", 8, ""},
        {"\n", 8, "\n|"},
        {"a\nb\n", 8, "a\nb\n|"},
        {"\xef\xbb\xbf", 8, ""},
        {"\xef\xbb\xbf"
         "a\nb\n",
         8, "a\nb\n|"}, /* a mark at the beginning alone */
        {"a\n\xef\xbb\xbf"
         "b\n",
         8,
         "a\n\xef\xbb\xbf"
         "b\n|"},
        {"\xef\xbb"
         "a\n",
         8,
         "\xef\xbb"
         "a\n|"},
        {"\xef\xbb\xbf"
         "aaaaaaaa\nb\n",
         4, "a|b\n|"},
        {"a\nb", 8, "a\nb|"},
        {"aaa\nbbb\nccc\n", 8, "aaa\nbbb\n|ccc\n|"},
        {"aaa\nbbb\nccc\n", 7, "aaa\n|bbb\n|ccc\n|"},
        {"aaa\nbbb\nccc\n", 4, "aaa\n|bbb\n|ccc\n|"},
        {"aaaaaaaaaaaaaaaaaaaa\nb\n", 8, "aaaaaaaa|b\n|"}, /* cut, and still one line */
        {"x\naaaaaaaaaaaaaaaaaaaa\nb\n", 8, "x\n|aaaaaaaa|b\n|"},
        {"aaaaaaaaaaaaaaaaaaaa", 8, "aaaaaaaa|"},
        {"aaaaaaaa\nb\n", 8, "aaaaaaaa|b\n|"},
        {"aaaaaaaa", 8, "aaaaaaaa|"},
    };
    char result[256];
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%zu: %s\n", rows[i].size, rows[i].text);
        read_all(rows[i].text, rows[i].size, result);
        assert_string_equal(result, rows[i].result);
    }
}

/* With blocks of any size that holds each line, nothing is lost. */
static void test_any_size(void **state)
{
    static const char text[] = "\none\n\n\ntwo two\nthree three three\n\nfour";
    char result[256], plain[256];
    (void)state;
    for (size_t size = 18; size < 64; size++) {
        size_t length = 0;
        read_all(text, size, result);
        for (const char *byte = result; *byte != '\0'; byte++)
            if (*byte != '|')
                plain[length++] = *byte;
        plain[length] = '\0';
        assert_string_equal(plain, text);
    }
}

static void test_unreadable(void **state)
{
    struct line_blocks blocks;
    const char *text;
    size_t length;
    (void)state;
    assert_true(line_blocks_init(&blocks, -1, 8));
    assert_false(line_blocks_next(&blocks, &text, &length));
    line_blocks_fini(&blocks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_any_size),
        cmocka_unit_test(test_unreadable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
