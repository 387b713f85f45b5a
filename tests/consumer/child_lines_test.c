/* Protects that lines of children come out sorted by child, each child's in their own order, whichever threads they
 * were written on and however often they are asked for; and that nothing is told twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/child_lines.h"

#define CHILDREN 5000
#define THREADS 3

/* Three lines of every child but each seventh, of very different lengths. */
static void add_child(struct child_lines *lines, int thread, int number)
{
    char id[16];
    snprintf(id, sizeof(id), "child-%04d", number);
    for (int line = 0; number % 7 != 0 && line < 3; line++) {
        char *room = child_lines_room(lines, thread, 4000);
        assert_non_null(room);
        memset(room, 'x', 4000);
        const int head = snprintf(room, 4000, "%s %d", id, line);
        room[head] = ' ';
        child_lines_add(lines, thread, number % 100 == 1 ? 4000 : (size_t)head);
    }
    assert_true(child_lines_end(lines, thread, (struct text){id, (uint32_t)strlen(id)}));
}

static void check_lines(FILE *in, int from, int until)
{
    char *line = NULL;
    size_t size = 0;
    rewind(in);
    for (int i = 0; i < (until - from) * 3; i++) {
        char wanted[32];
        if ((from + i / 3) % 7 == 0)
            continue;
        snprintf(wanted, sizeof(wanted), "child-%04d %d", from + i / 3, i % 3);
        const ssize_t length = getline(&line, &size, in);
        assert_int_equal(length, (from + i / 3) % 100 == 1 ? 4001 : (ssize_t)strlen(wanted) + 1);
        assert_int_equal(strncmp(line, wanted, strlen(wanted)), 0);
    }
    assert_int_equal(getline(&line, &size, in), -1);
    free(line);
}

static void test_children_in_any_order(void **state)
{
    struct child_lines lines;
    FILE *out = tmpfile();
    (void)state;
    child_lines_init(&lines);
    for (int i = 0; i < CHILDREN; i++)
        add_child(&lines, i % THREADS, i * 1999 % CHILDREN);
    assert_true(child_lines_write(&lines, out));
    check_lines(out, 0, CHILDREN);
    child_lines_fini(&lines);
    fclose(out);
}

/* As children of files come: in order, a round at a time; and a round in which nobody has a line. */
static void test_rounds_follow_each_other(void **state)
{
    struct child_lines lines;
    FILE *out = tmpfile();
    (void)state;
    child_lines_init(&lines);
    for (int round = 0; round < CHILDREN / 500; round++) {
        for (int i = 0; i < 500; i++)
            add_child(&lines, i * THREADS / 500, round * 500 + i);
        assert_true(child_lines_write(&lines, out));
        assert_true(child_lines_write(&lines, out));
    }
    check_lines(out, 0, CHILDREN);
    child_lines_fini(&lines);
    fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_children_in_any_order),
        cmocka_unit_test(test_rounds_follow_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
