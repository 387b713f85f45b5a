#include "consumer/demo_show_internal.h"

#include <errno.h>
#include <stdio.h>

#include "consumer/clock.h"
#include "consumer/demo_summary.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/terminal.h"

static int compare(struct show *show, struct comparison *comparison)
{
    const struct demo_settings *demo = show->demo;
    struct yardstick yardstick = {&demo->settings->norms, demo->calendar, DEMO_END,
                                  (int)demo->settings->input_retention_days};
    if (!comparison_make(comparison, &show->ledger, demo->population->events, show->sent, &yardstick, stderr)) {
        log_error("demo", "memory is short");
        return EXIT_OS;
    }
    return comparison_differences(comparison) == 0 ? EXIT_OK : EXIT_DIFFERS;
}

static int run_days(struct show *show, struct comparison *comparison)
{
    char activity[80];
    int exit_code = EXIT_OK;
    snprintf(activity, sizeof activity, "reading a backlog of %s events first", thousands(show->sent).text);
    if (show_catch_up(show, activity, &exit_code) && show_let_days_pass(show, &exit_code) &&
        show_catch_up(show, "the last day; holding the alerts against the events", &exit_code) &&
        show_await_told(show, &exit_code))
        exit_code = compare(show, comparison);
    return exit_code;
}

static void end_with_summary(struct show *show, const struct comparison *comparison)
{
    show->view.events_per_s = show->view.revisions_per_s = 0;
    show->news[0] = show->vacations[0] = '\0';
    summary_print_figures(&show->view);
    if (show->view.told != NULL)
        summary_print_told(&show->view, show->notify.folder, demo_notify_open(&show->notify, &show->ledger));
    summary_print_comparison(comparison, show->demo->population->child_count, clock_monotonic_ms() - show->started_ms);
}

static int show_days(struct show *show)
{
    struct comparison comparison = {0};
    if (show->has_screen)
        terminal_open();
    else if (!summary_print_commands(&show->view))
        return EXIT_IO;
    int exit_code = run_days(show, &comparison);
    terminal_close();
    if (exit_code == EXIT_OK || exit_code == EXIT_DIFFERS)
        end_with_summary(show, &comparison);
    return exit_code;
}

/* The backlog is there before the service starts. */
static int with_service(struct show *show)
{
    const struct demo_settings *demo = show->demo;
    size_t backlog = demo_population_recorded_before(demo->population, day_plus(DEMO_START, 1));
    if (!demo_sender_send(&show->sender, demo->population->events, backlog) || !demo_sender_flush(&show->sender))
        return EXIT_SOFTWARE;
    show->sent = backlog;
    if (!demo_service_start(&show->service, demo->settings, demo->calendar))
        return EXIT_SOFTWARE;
    int exit_code = show_count_figures(show) ? show_days(show) : EXIT_OS;
    demo_service_end(&show->service);
    return exit_code;
}

static int with_reader(struct show *show)
{
    if (!demo_reader_open(&show->reader, show->demo->settings))
        return EXIT_SOFTWARE;
    int exit_code = with_service(show);
    demo_reader_close(&show->reader);
    return exit_code;
}

static int with_sender(struct show *show)
{
    if (!demo_sender_open(&show->sender, show->demo->settings))
        return EXIT_SOFTWARE;
    int exit_code = with_reader(show);
    event_sender_close(&show->sender);
    return exit_code;
}

/* Without those who are told it goes on, too. */
static int with_told(struct show *show)
{
    const struct demo_settings *demo = show->demo;
    if (demo->notify_folder == NULL ||
        !demo_notify_start(&show->notify, demo->notify_folder, demo->settings, &demo->population->sites))
        return with_sender(show);
    show->view.told = &show->notify.inbox;
    show->view.told_trouble = show->notify.trouble;
    int exit_code = with_sender(show);
    demo_notify_end(&show->notify);
    return exit_code;
}

int demo_show(const struct demo_settings *demo)
{
    static struct show show; /* too large for a stack */
    show = (struct show){.demo = demo, .started_ms = clock_monotonic_ms()};
    show.has_screen = !demo->plain && terminal_is_usable();
    show.view = (struct view){.today = DEMO_START,
                              .figures = &show.day,
                              .ledger = &show.ledger,
                              .feed = &show.feed,
                              .program = program_invocation_name,
                              .activity = "",
                              .news = show.news,
                              .vacations = show.vacations};
    show.figures = demo_figures_new(demo->population, &demo->settings->norms, demo->calendar);
    if (show.figures == NULL || !demo_cluster_start(&show.cluster, demo->settings)) {
        demo_figures_free(show.figures);
        return EXIT_SOFTWARE;
    }
    show.view.bootstrap_servers = demo_cluster_address(&show.cluster);
    ledger_init(&show.ledger);
    int exit_code = with_told(&show);
    ledger_fini(&show.ledger);
    demo_cluster_end(&show.cluster);
    demo_figures_free(show.figures);
    return exit_code;
}
