/* Protects whoever runs the demo from programs that it leaves behind, and from waiting for one that never answers: what
 * works beside the demo is found, heard, and gone with it, also when the demo dies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/demo_child.h"

#define DEADLINE_MS 20000

static char log_path[] = "/tmp/child-test-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    const int file = mkstemp(log_path);
    return file < 0 ? -1 : close(file);
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(log_path);
}

static bool start_shell(struct demo_child *child, const char *command, bool reads_output)
{
    const char *const arguments[] = {"sh", "-c", command, NULL};
    return demo_child_start(child, "/bin/sh", arguments, log_path, reads_output);
}

static void wait_readable(int file)
{
    struct pollfd readable = {.fd = file, .events = POLLIN};
    assert_int_equal(poll(&readable, 1, DEADLINE_MS), 1);
}

static const char *log_text(void)
{
    static char text[256];
    FILE *file = fopen(log_path, "r");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void test_a_program_is_found_by_any_of_its_names(void **state)
{
    (void)state;
    static const struct {
        const char *path, *names[3], *found;
    } rows[] = {
        {"/bin", {"no-such-program", "sh"}, "/bin/sh"},
        {"/no/such/folder::/bin:/usr/bin", {"sh"}, "/bin/sh"},
        {"/bin", {"no-such-program"}, NULL},
        {"", {"sh"}, NULL},
    };
    char *before = strdup(getenv("PATH")), found[64];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        setenv("PATH", rows[i].path, 1);
        assert_int_equal(demo_child_find(rows[i].names, found, sizeof found), rows[i].found != NULL);
        if (rows[i].found != NULL)
            assert_string_equal(found, rows[i].found);
    }
    assert_false(demo_child_find((const char *const[]){"sh", NULL}, found, strlen("/bin/sh"))); /* no room */
    setenv("PATH", before, 1);
    free(before);
}

static void test_what_it_says_is_read_and_its_messages_are_kept(void **state)
{
    (void)state;
    struct demo_child child;
    char text[16] = "";
    assert_true(start_shell(&child, "echo said; echo grumbled >&2", true));
    wait_readable(child.output);
    assert_int_equal(read(child.output, text, sizeof text - 1), 5);
    assert_string_equal(text, "said\n");
    assert_true(demo_child_finish(&child));
    assert_string_equal(log_text(), "grumbled\n");
    demo_child_end(&child);
}

static void test_reading_does_not_wait(void **state)
{
    (void)state;
    struct demo_child child;
    char text[16];
    assert_true(start_shell(&child, "exec sleep 1000", true));
    assert_int_equal(read(child.output, text, sizeof text), -1);
    assert_int_equal(errno, EAGAIN);
    demo_child_end(&child);
}

static void test_how_it_ended_is_known(void **state)
{
    (void)state;
    struct demo_child child;
    assert_true(start_shell(&child, "exit 0", false));
    assert_true(demo_child_finish(&child));
    assert_true(start_shell(&child, "exit 3", false));
    assert_false(demo_child_finish(&child));
    assert_false(demo_child_runs(&child));
    assert_true(demo_child_start(&child, "/no/such/program", (const char *const[]){"x", NULL}, log_path, false));
    assert_false(demo_child_finish(&child));
    assert_false(demo_child_start(&child, "/bin/sh", (const char *const[]){"sh", NULL}, "/no/such/folder/log", true));
    demo_child_end(&child);
}

static void test_it_is_ended_once(void **state)
{
    (void)state;
    struct demo_child child;
    assert_true(start_shell(&child, "exec sleep 1000", true));
    assert_true(demo_child_runs(&child));
    demo_child_end(&child);
    assert_false(demo_child_runs(&child));
    assert_int_equal(WTERMSIG(child.status), SIGTERM);
    assert_int_equal(child.output, -1);
    demo_child_end(&child);
}

static void test_one_that_does_not_obey_is_ended_too(void **state)
{
    (void)state;
    struct demo_child child;
    char text[8];
    assert_true(start_shell(&child, "trap '' TERM; echo ready; while :; do sleep 1000; done", true));
    wait_readable(child.output);
    assert_true(read(child.output, text, sizeof text) > 0);
    demo_child_end(&child);
    assert_int_equal(WTERMSIG(child.status), SIGKILL);
}

/* A demo that starts a child, says its pid, and is killed. */
static pid_t start_and_die(void)
{
    int ends[2];
    struct demo_child child;
    assert_int_equal(pipe(ends), 0);
    const pid_t demo = fork();
    if (demo == 0) {
        start_shell(&child, "echo ready; exec sleep 1000", true);
        wait_readable(child.output);
        _exit(write(ends[1], &child.pid, sizeof child.pid) == sizeof child.pid && raise(SIGKILL) == 0);
    }
    assert_int_equal(read(ends[0], &child.pid, sizeof child.pid), sizeof child.pid);
    assert_int_equal(waitpid(demo, NULL, 0), demo);
    close(ends[0]);
    close(ends[1]);
    return child.pid;
}

static void test_it_dies_with_the_demo(void **state)
{
    (void)state;
    const int orphan = pidfd_open(start_and_die(), 0);
    if (orphan < 0) {
        assert_int_equal(errno, ESRCH); /* it is gone already */
        return;
    }
    wait_readable(orphan);
    close(orphan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_program_is_found_by_any_of_its_names),
        cmocka_unit_test(test_what_it_says_is_read_and_its_messages_are_kept),
        cmocka_unit_test(test_reading_does_not_wait),
        cmocka_unit_test(test_how_it_ended_is_known),
        cmocka_unit_test(test_it_is_ended_once),
        cmocka_unit_test(test_one_that_does_not_obey_is_ended_too),
        cmocka_unit_test(test_it_dies_with_the_demo),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
