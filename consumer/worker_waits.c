/* Inputs that wait for what the registry says of a schema. One that waits for longer than a moment is left out of what
 * is assigned, so that the others go on; when the answer is there everything is assigned anew, at the machine's
 * positions, so that what was passed over is read again. Pausing and seeking would do the same with less, but
 * librdkafka 2.0.2 loses messages of a batch there.
 */
#include "consumer/worker_internal.h"

#include "consumer/log.h"
#include "schemas/schema_ids.h"

#define COMPONENT "inputs"
#define MOMENT_MS 200
#define LONG_MS 5000 /* more than a slow answer takes: what is judged without a backlog may have to be revised */
#define SAY_EVERY_MS 60000

static struct worker_input *input_of(const struct worker *worker, const struct input_wait *wait)
{
    int32_t i = 0;

    while (worker->partitions[i] != wait->partition)
        i++;
    return &worker->inputs[i * STATE_INPUTS + wait->input];
}

static void say_waiting(const struct worker *worker, struct worker_input *input, const struct input_wait *wait,
                        int64_t now_ms)
{
    if (input->said_ms != 0 && now_ms - input->said_ms < SAY_EVERY_MS)
        return;
    struct schema_id_finding found = schema_ids_find(worker->needs->ids, wait->schema_id, wait->since_ms, now_ms);
    input->said_ms = now_ms;
    log_warning(COMPONENT, "waits for the schema registry topic=%s partition=%d offset=%lld schema_id=%u reason=%s",
                worker->settings->topics[wait->input], wait->partition, (long long)wait->offset, wait->schema_id,
                LOG_QUOTED(found.why[0] == '\0' ? "it has not answered yet" : found.why));
}

static void say_going_on(const struct worker *worker, struct worker_input *input, const struct input_wait *wait,
                         int64_t now_ms)
{
    if (input->said_ms == 0)
        return;
    input->said_ms = 0;
    log_info(COMPONENT,
             "goes on after the schema registry's answer topic=%s partition=%d offset=%lld schema_id=%u "
             "waited_ms=%lld",
             worker->settings->topics[wait->input], wait->partition, (long long)wait->offset, wait->schema_id,
             (long long)(now_ms - wait->since_ms));
}

/* Whether what is assigned must change. */
static bool look(struct worker *worker, const struct input_wait *wait, int64_t now_ms)
{
    struct worker_input *input = input_of(worker, wait);

    if (wait->stage == WAIT_ANSWERED) {
        say_going_on(worker, input, wait, now_ms);
        input->is_left_out = false;
        machine_read_again(worker->machine, wait->input, wait->partition);
        return true;
    }
    if (wait->stage == WAIT_READ_AGAIN || now_ms - wait->since_ms < MOMENT_MS)
        return false;
    say_waiting(worker, input, wait, now_ms);
    if (now_ms - wait->since_ms >= LONG_MS)
        machine_wait_is_long(worker->machine, wait->input, wait->partition);
    bool was_left_out = input->is_left_out;
    input->is_left_out = true;
    return !was_left_out;
}

void worker_waits_look(struct worker *worker, int64_t now_ms)
{
    struct input_wait wait;
    uint32_t place = 0;
    bool changed = false;

    if (worker->phase != WORKER_RUNNING)
        return;
    while (machine_wait_next(worker->machine, &place, now_ms, &wait))
        changed = look(worker, &wait, now_ms) || changed;
    if (changed)
        worker_assignment_fetch(worker);
}

int worker_waits_count(const struct worker *worker, int64_t now_ms)
{
    struct input_wait wait;
    uint32_t place = 0;
    int count = 0;

    while (machine_wait_next(worker->machine, &place, now_ms, &wait))
        count++;
    return count;
}
