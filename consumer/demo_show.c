#include "consumer/demo_show.h"

#include <errno.h>
#include <stdio.h>

#include "consumer/clock.h"
#include "consumer/demo_cluster.h"
#include "consumer/demo_comparison.h"
#include "consumer/demo_news.h"
#include "consumer/demo_notify.h"
#include "consumer/demo_reader.h"
#include "consumer/demo_sender.h"
#include "consumer/demo_service.h"
#include "consumer/demo_summary.h"
#include "consumer/demo_view.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/terminal.h"

#define POLL_MS 20
#define FRAME_MS 100
#define FEED_TURN_MS 250   /* a new line of alerts no more often than can be read */
#define RATE_MS 1000       /* over which events and revisions a second are counted */
#define CATCH_UP_MS 120000 /* how long the service may take for the backlog, and at the end */
#define LAST_TOLD_MS 60000 /* how long what was published last may take to be told */

struct rate {
    uint64_t counted, per_s;
};

struct show {
    const struct demo_settings *demo;
    struct demo_cluster cluster;
    struct demo_sender sender;
    struct demo_reader reader;
    struct demo_service service;
    struct demo_notify notify; /* runs where the view's `told` is there */
    struct ledger ledger;
    struct feed feed;
    struct demo_figures *figures;
    struct demo_day day; /* the figures of the day shown */
    struct screen screen;
    struct view view;
    char news[NEWS_SIZE], vacations[NEWS_SIZE];
    struct rate events, revisions;
    size_t sent;                                    /* events */
    int64_t started_ms, frame_ms, feed_ms, rate_ms; /* monotonic: begun, and last done */
    int shown_month;                                /* of the last plain line */
    bool has_screen;
};

/* --- showing
 * ---------------------------------------------------------------------------------------------------------- */

static void count_rate(struct rate *rate, uint64_t count, int64_t elapsed_ms)
{
    rate->per_s = (count - rate->counted) * 1000 / (uint64_t)elapsed_ms;
    rate->counted = count;
}

static bool is_time(int64_t *last_ms, int64_t now_ms, int64_t every_ms)
{
    if (now_ms - *last_ms < every_ms)
        return false;
    *last_ms = now_ms;
    return true;
}

static void show_screen(struct show *show, int64_t now_ms)
{
    if (!is_time(&show->frame_ms, now_ms, FRAME_MS))
        return;
    terminal_measure(&show->screen);
    view_draw(&show->view, &show->screen);
    terminal_show(&show->screen);
}

static bool show_told_line(struct show *show)
{
    char line[512];
    if (show->view.told == NULL)
        return true;
    view_told_line(&show->view, line, sizeof line);
    printf("%s\n", line);
    return fflush(stdout) == 0;
}

/* On the first of each month, of what was known by its eve. False: nobody can read it. */
static bool show_line(struct show *show)
{
    char line[256];
    struct civil_date date = day_to_civil(show->view.today);
    if (date.month == show->shown_month || show->view.activity[0] != '\0')
        return true;
    show->shown_month = date.month;
    view_line(&show->view, line, sizeof line);
    printf("%s\n", line);
    return fflush(stdout) == 0 && show_told_line(show);
}

/* False: standard output takes nothing any more. */
static bool show_figures(struct show *show)
{
    int64_t now_ms = clock_monotonic_ms(), elapsed_ms = now_ms - show->rate_ms;
    if (is_time(&show->feed_ms, now_ms, FEED_TURN_MS))
        feed_turn(&show->feed);
    if (is_time(&show->rate_ms, now_ms, RATE_MS)) {
        count_rate(&show->events, show->sent, elapsed_ms);
        count_rate(&show->revisions, show->ledger.revisions, elapsed_ms);
    }
    show->view.events = show->sent;
    show->view.events_per_s = show->events.per_s;
    show->view.revisions_per_s = show->revisions.per_s;
    show->view.census = &show->demo->population->census[show->view.today.number - DEMO_START.number];
    if (!show->has_screen)
        return show_line(show);
    show_screen(show, now_ms);
    return true;
}

/* --- conducting
 * ------------------------------------------------------------------------------------------------------- */

static bool on_revision(void *context, const struct alert_record *revision)
{
    struct show *show = context;
    const struct ledger_entry *entry;
    enum ledger_change change;
    if (!ledger_take(&show->ledger, revision, &change, &entry)) {
        log_error("demo", "memory is short");
        return false;
    }
    if (change != LEDGER_NOTHING)
        feed_note(&show->feed, change, entry, show->view.today);
    return true;
}

/* Reads and shows until the next frame. False: something ended; *EXIT_CODE says what. */
static bool go_on(struct show *show, int wait_ms, int *exit_code)
{
    *exit_code = EXIT_SOFTWARE;
    if (!demo_reader_poll(&show->reader, wait_ms, on_revision, show))
        return false;
    if (show->view.told != NULL)
        demo_notify_look(&show->notify);
    if (!show_figures(show)) {
        *exit_code = EXIT_IO; /* what could not be written is said by whoever ends the program */
        return false;
    }
    return demo_service_runs(&show->service, exit_code);
}

static bool count_figures(struct show *show)
{
    if (!demo_figures_advance(show->figures, show->view.today, show->sent)) {
        log_error("demo", "memory is short");
        return false;
    }
    show->day = demo_figures_today(show->figures);
    return true;
}

/* What is recorded on DAY comes, and the service's clock shows DAY. */
static bool begin_day(struct show *show, struct day day)
{
    const struct demo_population *population = show->demo->population;
    size_t until = demo_population_recorded_before(population, day_plus(day, 1));
    bool done = demo_sender_send(&show->sender, population->events + show->sent, until - show->sent);
    show->sent = until;
    show->view.today = day;
    if (news_of_day(&population->sites, &show->demo->settings->norms, day, show->news))
        show->view.news_on = day;
    news_vacations(show->demo->calendar, day, show->vacations);
    worker_set_day(show->service.worker, day);
    return done && count_figures(show); /* while the service works */
}

/* Goes on until the service has applied and judged all there is on this day. */
static bool catch_up(struct show *show, const char *activity, int *exit_code)
{
    int64_t until_ms = clock_monotonic_ms() + CATCH_UP_MS;
    show->view.activity = activity;
    while (!demo_service_is_done(&show->service, show->view.today, show->sent) ||
           !demo_reader_is_at_end(&show->reader)) {
        if (!go_on(show, POLL_MS, exit_code))
            return false;
        if (clock_monotonic_ms() > until_ms) {
            log_error("demo", "the service does not catch up events=%zu", show->sent);
            *exit_code = EXIT_SOFTWARE;
            return false;
        }
    }
    show->view.activity = "";
    return true;
}

/* A day begins when its time has come and the service has judged everybody through the one before. */
static bool let_days_pass(struct show *show, int *exit_code)
{
    int64_t start_ms = clock_monotonic_ms();
    for (int day = 1; day < DEMO_DAYS; day++) {
        int64_t due_ms = start_ms + day * show->demo->seconds * 1000 / DEMO_DAYS;
        int64_t left_ms;
        while ((left_ms = due_ms - clock_monotonic_ms()) > 0 ||
               !demo_service_has_reached(&show->service, show->view.today))
            if (!go_on(show, left_ms > 0 && left_ms < POLL_MS ? (int)left_ms : POLL_MS, exit_code))
                return false;
        if (!begin_day(show, day_plus(DEMO_START, day))) {
            *exit_code = EXIT_SOFTWARE;
            return false;
        }
    }
    return true;
}

/* --- from beginning to end
 * -------------------------------------------------------------------------------------------- */

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

/* Goes on until what was published is told, as far as it can be. */
static bool await_told(struct show *show, int *exit_code)
{
    const int64_t until_ms = clock_monotonic_ms() + LAST_TOLD_MS;
    show->view.activity = "waiting for the last mails";
    while (show->view.told != NULL && !demo_notify_is_done(&show->notify, &show->ledger) &&
           clock_monotonic_ms() < until_ms)
        if (!go_on(show, POLL_MS, exit_code))
            return false;
    show->view.activity = "";
    return true;
}

static int run_days(struct show *show, struct comparison *comparison)
{
    char activity[80];
    int exit_code = EXIT_OK;
    snprintf(activity, sizeof activity, "reading a backlog of %s events first", thousands(show->sent).text);
    if (catch_up(show, activity, &exit_code) && let_days_pass(show, &exit_code) &&
        catch_up(show, "the last day; holding the alerts against the events", &exit_code) &&
        await_told(show, &exit_code))
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
    int exit_code = count_figures(show) ? show_days(show) : EXIT_OS;
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
    demo_sender_close(&show->sender);
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
