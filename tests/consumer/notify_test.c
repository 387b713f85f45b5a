/* Protects the frame of `notify`: a signal ends all targets and the program with 0; a target that can not go on ends
 * the others, and the program with its code; one that has nobody to tell any more ends alone; each is freed once; a
 * second signal ends the program at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/exit_code.h"
#include "consumer/notify.h"

#define DEADLINE_S 30 /* a frame that hangs fails */

static atomic_int begun, freed;

struct pretended {
    const struct notify_needs *needs;
    int exit_code;     /* to end with at once … */
    bool waits;        /* … or when the flag is set */
    int signal_number; /* to raise first, when all have begun; 0: none */
    int all;
};

static int run(void *context)
{
    const struct pretended *pretended = context;
    atomic_fetch_add(&begun, 1);
    while (pretended->signal_number != 0 && atomic_load(&begun) < pretended->all)
        usleep(1000);
    if (pretended->signal_number != 0)
        kill(getpid(), pretended->signal_number);
    while (pretended->waits && !*pretended->needs->is_stopped)
        usleep(1000);
    return pretended->exit_code;
}

static void count_freed(void *context)
{
    (void)context;
    atomic_fetch_add(&freed, 1);
}

static int run_targets(struct pretended *pretended, int count)
{
    struct notify *notify = notify_new(NULL);
    atomic_store(&begun, 0);
    atomic_store(&freed, 0);
    for (int i = 0; i < count; i++) {
        pretended[i].needs = notify_needs(notify);
        pretended[i].all = count;
        assert_true(notify_add(notify, (struct notify_target){"pretended", run, count_freed, &pretended[i]}));
    }
    const int exit_code = notify_run(notify);
    alarm(DEADLINE_S);
    notify_free(notify);
    assert_int_equal(atomic_load(&freed), count);
    return exit_code;
}

static void test_signals(void **state)
{
    const int signals[] = {SIGTERM, SIGINT};
    (void)state;
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        struct pretended targets[] = {{.waits = true}, {.waits = true, .signal_number = signals[i]}, {.waits = true}};
        assert_int_equal(run_targets(targets, 3), EXIT_OK);
    }
}

static void test_ends(void **state)
{
    static const struct {
        struct pretended targets[3];
        int exit_code;
    } rows[] = {
        {{{.waits = true}, {.exit_code = EXIT_FATAL}, {.waits = true}}, EXIT_FATAL},
        {{{.waits = true}, {.exit_code = EXIT_OK}, {.exit_code = EXIT_CONFIG}}, EXIT_CONFIG},
        {{{.exit_code = EXIT_OK}, {.exit_code = EXIT_OK}, {.exit_code = EXIT_OK}}, EXIT_OK},
        {{{.waits = true}, {.exit_code = EXIT_OK}, {.waits = true, .signal_number = SIGTERM}}, EXIT_OK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pretended targets[3] = {rows[i].targets[0], rows[i].targets[1], rows[i].targets[2]};
        assert_int_equal(run_targets(targets, 3), rows[i].exit_code);
    }
}

/* A target that does not heed the flag: it sees it, and tells of it by the second signal. */
static int run_heedless(void *context)
{
    const struct pretended *pretended = context;
    kill(getpid(), SIGTERM);
    while (!*pretended->needs->is_stopped)
        usleep(1000);
    for (int ms = 0; ms < DEADLINE_S * 1000; ms++) { /* the handlers may go only after the flag is set */
        usleep(1000);
        kill(getpid(), SIGTERM);
    }
    return EXIT_OK;
}

static void test_second_signal(void **state)
{
    int status;
    (void)state;
    const pid_t child = fork();
    if (child == 0) {
        struct notify *notify = notify_new(NULL);
        struct pretended pretended = {.needs = notify_needs(notify)};
        notify_add(notify, (struct notify_target){"heedless", run_heedless, count_freed, &pretended});
        _exit(notify_run(notify));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void test_too_many(void **state)
{
    struct pretended pretended = {0};
    struct notify *notify = notify_new(NULL);
    (void)state;
    atomic_store(&freed, 0);
    for (int i = 0; i < NOTIFY_TARGETS_MAX; i++)
        assert_true(notify_add(notify, (struct notify_target){"pretended", run, count_freed, &pretended}));
    assert_false(notify_add(notify, (struct notify_target){"pretended", run, count_freed, &pretended}));
    assert_int_equal(notify_target_count(notify), NOTIFY_TARGETS_MAX);
    notify_free(notify);
    assert_int_equal(atomic_load(&freed), NOTIFY_TARGETS_MAX + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_second_signal),
        cmocka_unit_test(test_too_many),
    };
    alarm(DEADLINE_S);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
