/* A step: what the broker and the clock say is told to the machine, and what is due is begun. One is made whenever the
 * worker is woken, and every so often. */
#include "consumer/worker_internal.h"

#include <stdio.h>
#include <unistd.h>

#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"

#define COMPONENT "worker"
#define LOOK_AT_LEAST_EVERY_MS 100
#define LOOK_WHILE_GATHERING_MS 5
#define LOOK_AT_LAG_EVERY_MS 1000
#define CHECK_TOPICS_EVERY_MS 60000
#define LOG_COUNTS_EVERY_MS 60000
#define TRANSACTION_TIMEOUTS_AT_MOST 4 /* sending offsets, committing and aborting may take one each */
#define WATCHED_AT_ONCE_MS 1000        /* a process that was stopped meanwhile has not waited */

static void counts_log(struct worker *worker, int64_t now_ms)
{
    struct machine_counts counts = machine_counts(worker->machine);
    char waiting[32] = "";

    if (now_ms - worker->counts_logged_ms < LOG_COUNTS_EVERY_MS)
        return;
    worker->counts_logged_ms = now_ms;
    int waits = worker->phase == WORKER_RUNNING ? worker_waits_count(worker, now_ms) : 0;
    if (waits > 0)
        snprintf(waiting, sizeof waiting, " waiting=%d", waits);
    log_info(COMPONENT,
             "counts events=%llu duplicates=%llu dead_letters=%llu forgets=%llu forgotten_facts=%llu judged=%llu "
             "revisions=%llu "
             "transactions=%llu aborts=%llu%s",
             (unsigned long long)counts.events, (unsigned long long)counts.duplicates,
             (unsigned long long)counts.dead_letters, (unsigned long long)counts.forgets,
             (unsigned long long)counts.forgotten_facts, (unsigned long long)counts.judged,
             (unsigned long long)counts.revisions, (unsigned long long)counts.transactions,
             (unsigned long long)counts.aborts, waiting);
}

/* Once for each assignment: from here on alerts come as their facts do. */
static void caught_up_say(struct worker *worker, int64_t now_ms)
{
    if (worker->caught_up_said || worker->phase != WORKER_RUNNING || !machine_backlog_is_read(worker->machine))
        return;
    worker->caught_up_said = true;
    struct machine_counts counts = machine_counts(worker->machine);
    log_info(COMPONENT, "caught up partitions=%d events=%llu judged=%llu revisions=%llu ms=%lld",
             worker->partition_count, (unsigned long long)counts.events, (unsigned long long)counts.judged,
             (unsigned long long)counts.revisions, (long long)(now_ms - worker->restore_began_ms));
}

static void sight_take(struct worker *worker)
{
    bool running = worker->phase == WORKER_RUNNING;

    uv_mutex_lock(&worker->sight_mutex);
    worker->sight.today = running ? machine_today(worker->machine) : DAY_ABSENT;
    worker->sight.is_caught_up = running && worker->drained && machine_is_caught_up(worker->machine);
    worker->sight.partition_count = running ? worker->partition_count : 0;
    if (worker->phase != WORKER_RESTORING)
        worker->sight.counts = machine_counts(worker->machine);
    uv_mutex_unlock(&worker->sight_mutex);
}

static void clock_look(struct worker *worker, int64_t now_ms)
{
    bool held, was_held = !day_is_absent(worker->clock.jumped_to);
    struct day today = clock_today(&worker->clock, now_ms, clock_wall_ms(), &held);
    int32_t day_set = atomic_load(&worker->day_set);

    if (held && !was_held)
        log_warning(COMPONENT,
                    "the clock jumped ahead by more than a day; it is believed when it has stood for a minute");
    if (worker->phase != WORKER_RESTORING)
        machine_clock(worker->machine, day_set != 0 ? (struct day){day_set} : today);
}

static void topics_check_work(void *context)
{
    struct worker *worker = context;
    int32_t partitions[TOPIC_COUNT] = {0};

    bool asked = topics_find(worker->ends, worker->settings, partitions, stderr, NULL) == EXIT_OK;
    worker->job_succeeded = true;
    for (enum topic topic = 0; asked && topic < TOPIC_COUNT; topic++) /* one that is out of sight for now has 0 */
        worker->job_succeeded &= !topic_set_has(TOPIC_SET_SERVICE, topic) || partitions[topic] == 0 ||
                                 partitions[topic] == worker->needs->partition_count;
}

static void on_topics_checked(void *context)
{
    struct worker *worker = context;

    if (!worker->job_succeeded) {
        log_error(COMPONENT, "the number of partitions changed while running, and children would be torn from their "
                             "state; `placement-alerts topics check` says of which topic");
        worker_fail(worker, EXIT_CONFIG);
    }
    uv_async_send(&worker->wake);
}

static void lag_look(struct worker *worker, int64_t now_ms)
{
    if (worker->phase != WORKER_RUNNING || now_ms - worker->lag_looked_ms < LOOK_AT_LAG_EVERY_MS)
        return;
    worker->lag_looked_ms = now_ms;
    worker_inputs_lag(worker);
}

static void work_find(struct worker *worker, int64_t now_ms)
{
    if (worker->phase != WORKER_RUNNING || job_thread_is_busy(&worker->jobs))
        return;
    if (worker->is_doubted) {
        worker_restore_again(worker);
    } else if (now_ms - worker->topics_checked_ms >= CHECK_TOPICS_EVERY_MS) { /* a busy service is never without work */
        worker->topics_checked_ms = now_ms;
        job_thread_run(&worker->jobs, topics_check_work, on_topics_checked, worker);
    } else if (machine_is_due(worker->machine, worker->drained, now_ms)) {
        worker_transaction_begin(worker);
    }
}

/* librdkafka's calls end with the transaction's time-out, but for faults of its own (issues 5456 and 5511), and no call
 * can be taken back. The process ends as if it were killed: nothing is lost by that, and the next start goes on. */
static void transaction_watch(struct worker *worker, int64_t now_ms)
{
    int64_t passed_ms = now_ms - worker->transaction_watched_ms;

    worker->transaction_watched_ms = now_ms;
    worker->transaction_waited_ms += passed_ms < WATCHED_AT_ONCE_MS ? passed_ms : WATCHED_AT_ONCE_MS;
    if (worker->transaction == NULL)
        worker->transaction_waited_ms = 0;
    if (worker->transaction_waited_ms < TRANSACTION_TIMEOUTS_AT_MOST * worker_transaction_timeout_ms(worker))
        return;
    log_error(COMPONENT,
              "a transaction does not end within %lld ms, the Kafka client hangs; ending at once, start again",
              (long long)worker->transaction_waited_ms);
    _exit(EXIT_FATAL);
}

static void on_tick(uv_timer_t *tick)
{
    worker_step(tick->data);
}

static void tick_again(struct worker *worker, int64_t now_ms)
{
    int64_t wait_ms = clock_next_look_ms(&worker->clock, now_ms);

    if (wait_ms > LOOK_AT_LEAST_EVERY_MS)
        wait_ms = LOOK_AT_LEAST_EVERY_MS;
    if (worker->phase == WORKER_RUNNING && wait_ms > LOOK_WHILE_GATHERING_MS && !machine_is_idle(worker->machine))
        wait_ms = LOOK_WHILE_GATHERING_MS;
    uv_timer_start(&worker->tick, on_tick, (uint64_t)(wait_ms < 1 ? 1 : wait_ms), 0);
}

void worker_step(struct worker *worker)
{
    int64_t now_ms = clock_monotonic_ms();

    if (atomic_load(&worker->stop_asked)) {
        uv_stop(&worker->loop);
        return;
    }
    transaction_watch(worker, now_ms);
    clock_look(worker, now_ms);
    worker_inputs_poll(worker);
    worker_waits_look(worker, now_ms);
    lag_look(worker, now_ms);
    work_find(worker, now_ms);
    counts_log(worker, now_ms);
    caught_up_say(worker, now_ms);
    sight_take(worker);
    tick_again(worker, now_ms);
    if (!worker->drained && !(worker->transaction != NULL && machine_is_full(worker->machine)))
        uv_async_send(&worker->wake);
}

void worker_steps_begin(struct worker *worker)
{
    const int64_t now_ms = clock_monotonic_ms();

    clock_init(&worker->clock, &worker->settings->clock, now_ms);
    worker->counts_logged_ms = worker->topics_checked_ms = worker->lag_looked_ms = now_ms;
    clock_look(worker, now_ms);
    tick_again(worker, now_ms);
}
