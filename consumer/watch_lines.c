#include "consumer/watch_lines.h"

#include <stdio.h>
#include <unistd.h>

#include "alerts/alert_table.h"
#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/registry_exit.h"
#include "schemas/alert_record.h"

#define COMPONENT "watch"
#define ASK_EVERY_MS 200
#define SAY_EVERY_MS 60000

void watch_lines_init(struct watch_lines *lines, bool as_json, const atomic_bool *is_interrupted)
{
    *lines = (struct watch_lines){.as_json = as_json, .is_interrupted = is_interrupted};
}

bool watch_lines_open(struct watch_lines *lines, const struct settings *settings)
{
    lines->reader = alert_reader_new();
    if (!registry_inline_open(&lines->registry, settings, lines->is_interrupted) || lines->reader == NULL)
        return false;
    alert_reader_use_ids(lines->reader, lines->registry.ids);
    return true;
}

void watch_lines_close(struct watch_lines *lines)
{
    alert_reader_free(lines->reader);
    registry_inline_close(&lines->registry);
}

static void show_forgotten(const struct watch_lines *lines, const rd_kafka_message_t *message)
{
    const char *form = lines->as_json ? "{\"alert_id\":\"%.*s\",\"forgotten\":true}\n" : "%.*s forgotten\n";
    printf(form, (int)message->key_len, (const char *)message->key);
}

static void show_alert(const struct watch_lines *lines, const struct alert_record *record)
{
    char line[ALERT_JSON_BYTES_MAX]; /* more than a line for people needs */
    if (lines->as_json)
        fwrite(line, 1, alert_record_write_json(record, true, line, sizeof(line)), stdout);
    else
        fwrite(line, 1, alert_line_write(record, line, sizeof(line)), stdout);
    putchar('\n');
}

/* Asks for the schema of a record, until the registry has answered or somebody has seen enough. False: no waiting mends
 * why there is no answer. */
static bool ask_for_schema(struct watch_lines *lines)
{
    const struct registry_inline *registry = &lines->registry;
    int64_t said_ms = 0;
    while (!*lines->is_interrupted && !registry_inline_ask(&lines->registry) && !*lines->is_interrupted) {
        if (registry->answer != REGISTRY_UNAVAILABLE)
            return false;
        if (said_ms == 0 || clock_monotonic_ms() - said_ms >= SAY_EVERY_MS) {
            said_ms = clock_monotonic_ms();
            log_warning(COMPONENT, "waits for the schema registry: %s", registry->why);
        }
        fflush(stdout);
        usleep(ASK_EVERY_MS * 1000);
    }
    return true;
}

/* False: FINDING says why; SCHEMA_AWAITED: somebody has seen enough, or the registry is not to be asked. */
static bool read_alert(struct watch_lines *lines, const rd_kafka_message_t *message, struct alert_record *record,
                       struct finding *finding)
{
    const int64_t since_ms = clock_monotonic_ms();
    while (!alert_record_read(lines->reader, message->payload, message->len, record, finding)) {
        if (finding->problem != PROBLEM_SCHEMA_AWAITED || *lines->is_interrupted)
            return false;
        if (alert_reader_learn(lines->reader, finding->schema_id, since_ms, clock_monotonic_ms(), finding))
            continue;
        if (finding->problem != PROBLEM_SCHEMA_AWAITED || !ask_for_schema(lines))
            return false;
    }
    return true;
}

static int not_shown(struct watch_lines *lines, const rd_kafka_message_t *message, enum problem problem)
{
    if (problem != PROBLEM_SCHEMA_AWAITED) {
        lines->unreadable++;
        log_warning(COMPONENT, "unreadable record: %s partition=%d offset=%lld", problem_sentences[problem],
                    message->partition, (long long)message->offset);
        return EXIT_OK;
    }
    if (*lines->is_interrupted)
        return EXIT_OK;
    return registry_exit(lines->registry.answer, COMPONENT, "topic", rd_kafka_topic_name(message->rkt),
                         lines->registry.why);
}

int watch_lines_show(struct watch_lines *lines, const rd_kafka_message_t *message)
{
    struct alert_record record;
    struct finding finding;
    if (message->payload == NULL)
        show_forgotten(lines, message);
    else if (read_alert(lines, message, &record, &finding))
        show_alert(lines, &record);
    else
        return not_shown(lines, message, finding.problem);
    return EXIT_OK;
}
