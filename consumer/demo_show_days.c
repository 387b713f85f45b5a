/* The days of the show pass: events come, the service works, what it publishes is read. */
#include "consumer/demo_show_internal.h"

#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define POLL_MS 20
#define CATCH_UP_MS 120000 /* how long the service may take for the backlog, and at the end */
#define LAST_TOLD_MS 60000 /* how long what was published last may take to be told */

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
    if (!show_frame(show)) {
        *exit_code = EXIT_IO; /* what could not be written is said by whoever ends the program */
        return false;
    }
    return demo_service_runs(&show->service, exit_code);
}

bool show_count_figures(struct show *show)
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
    return done && show_count_figures(show); /* while the service works */
}

bool show_catch_up(struct show *show, const char *activity, int *exit_code)
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
bool show_let_days_pass(struct show *show, int *exit_code)
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

bool show_await_told(struct show *show, int *exit_code)
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
