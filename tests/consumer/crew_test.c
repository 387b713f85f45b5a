/* Protects the frame of the service's workers, which differs from that of notify (notify_test.c) in two things: who is
 * to end has the others told before it has ended, since what it still does may take long; and another signal ends
 * nothing in the middle. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/crew.h"
#include "consumer/exit_code.h"

#define DEADLINE_S 30 /* a crew that hangs fails */

struct scene {
    struct crew_member members[2];
    struct crew crew;
    atomic_int told;
};

static void on_tell(void *context)
{
    struct scene *scene = context;
    atomic_fetch_add(&scene->told, 1);
}

static int wait_until_told(void *context)
{
    struct scene *scene = context;
    while (atomic_load(&scene->told) == 0)
        usleep(1000);
    return EXIT_OK;
}

static int run(struct scene *scene, int (*first)(void *context))
{
    *scene = (struct scene){.members = {{.run = first, .context = scene}, {.run = wait_until_told, .context = scene}}};
    scene->crew = (struct crew){
        .component = "crew", .members = scene->members, .count = 2, .tell = on_tell, .context = scene};
    const int exit_code = crew_run(&scene->crew);
    alarm(DEADLINE_S);
    assert_int_equal(atomic_load(&scene->told), 1);
    return exit_code;
}

/* It has not ended when the others are told. */
static int end_slowly(void *context)
{
    struct scene *scene = context;
    crew_end(&scene->crew);
    crew_end(&scene->crew);
    wait_until_told(scene);
    return EXIT_TORN;
}

static void test_who_is_to_end_has_the_others_told(void **state)
{
    static struct scene scene;
    (void)state;
    assert_int_equal(run(&scene, end_slowly), EXIT_TORN);
}

static int signal_again_and_again(void *context)
{
    struct scene *scene = context;
    kill(getpid(), SIGTERM);
    wait_until_told(scene);
    for (int i = 0; i < 50; i++) { /* handlers that go would go only after the others are told */
        usleep(1000);
        kill(getpid(), SIGTERM);
    }
    return EXIT_OK;
}

static void test_another_signal_ends_nothing_in_the_middle(void **state)
{
    static struct scene scene;
    (void)state;
    assert_int_equal(run(&scene, signal_again_and_again), EXIT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_is_to_end_has_the_others_told),
        cmocka_unit_test(test_another_signal_ends_nothing_in_the_middle),
    };
    alarm(DEADLINE_S);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
