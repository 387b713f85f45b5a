/* Seeing a child forgotten: the child's partition of what the service writes, from its beginning until it says so. */
#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/forgetting.h"
#include "consumer/forgetting_evidence.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/registry_exit.h"
#include "consumer/registry_inline.h"
#include "consumer/topic_reader.h"
#include "schemas/event.h"

#define REQUEST_TIMEOUT_MS 10000
#define LOOK_MS 20

enum seen { SEEN_ALERTS, SEEN_VIOLATIONS, SEEN_STATE, SEEN_COUNT }; /* begins as enum published */
static const enum topic seen_topics[SEEN_COUNT] = {TOPIC_ALERTS, TOPIC_VIOLATIONS, TOPIC_STATE};

struct seeing {
    const struct forgetting *forgetting;
    rd_kafka_t *kafka;
    struct topic_reader readers[SEEN_COUNT];
    enum seen reading; /* which of them is looked at */
    struct registry_inline registry;
    struct forgetting_evidence evidence;
    int exit_code; /* why reading ended */
};

static const char *topic_name(const struct seeing *seeing, enum seen what)
{
    return seeing->forgetting->settings->topics[seen_topics[what]];
}

static int complain(const struct seeing *seeing, enum seen what, const char *why, int exit_code)
{
    log_error(seeing->forgetting->component, "reading failed topic=%s: %s", topic_name(seeing, what), why);
    return exit_code;
}

static int complain_of_error(const struct seeing *seeing, enum seen what, rd_kafka_resp_err_t error)
{
    const bool is_memory = error == RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE;
    return complain(seeing, what, is_memory ? "memory is short" : rd_kafka_err2str(error),
                    is_memory ? EXIT_OS : client_exit_code(error));
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

static enum evidence take(struct seeing *seeing, const struct topic_record *record)
{
    if (seeing->reading == SEEN_STATE)
        return forgetting_evidence_state(&seeing->evidence, record->key, record->value, record->length);
    return forgetting_evidence_published(&seeing->evidence, (enum published)seeing->reading, record->key, record->value,
                                         record->length);
}

static bool on_record(void *context, const struct topic_record *record)
{
    struct seeing *seeing = context;
    enum evidence evidence = take(seeing, record);
    if (evidence == EVIDENCE_AWAITED && registry_inline_ask(&seeing->registry))
        evidence = take(seeing, record);
    if (evidence == EVIDENCE_AWAITED)
        seeing->exit_code = registry_exit(seeing->registry.answer, seeing->forgetting->component, "topic",
                                          topic_name(seeing, seeing->reading), seeing->registry.why);
    if (evidence == EVIDENCE_NO_MEMORY)
        seeing->exit_code = complain(seeing, seeing->reading, "memory is short", EXIT_OS);
    if (evidence == EVIDENCE_UNREADABLE)
        seeing->exit_code = complain(seeing, seeing->reading, "a record is of no format this program reads", EXIT_DATA);
    return evidence == EVIDENCE_TAKEN;
}

static bool on_error(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason)
{
    struct seeing *seeing = context;
    (void)number;
    seeing->exit_code = client_reading_failed(error, topic_name(seeing, seeing->reading), reason,
                                              seeing->forgetting->component);
    return seeing->exit_code == EXIT_OK;
}

static int look(struct seeing *seeing)
{
    const struct topic_listener listener = {on_record, on_error, seeing};
    for (int what = 0; what < SEEN_COUNT; what++) {
        seeing->reading = (enum seen)what;
        if (!topic_reader_look(&seeing->readers[what], LOOK_MS, &listener))
            return seeing->exit_code;
    }
    return EXIT_OK;
}

static int open_reader(struct seeing *seeing, enum seen what)
{
    const struct forgetting *forgetting = seeing->forgetting;
    const int32_t partition = key_partition(key_murmur2(forgetting->child_id),
                                            forgetting->partition_counts[seen_topics[what]]);
    struct topic_reader *reader = &seeing->readers[what];
    rd_kafka_resp_err_t error = topic_reader_open(reader, seeing->kafka, topic_name(seeing, what), &partition, 1,
                                                  REQUEST_TIMEOUT_MS, NULL);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = topic_reader_start(reader, 0);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain_of_error(seeing, what, error);
}

/* What is there now is to be looked through, open transactions included: a commit that the state shows already may be
 * seen a moment later here. */
static int ask_end(struct seeing *seeing, enum seen what)
{
    const rd_kafka_resp_err_t error = topic_reader_ask_ends(&seeing->readers[what], seeing->forgetting->kafka,
                                                            REQUEST_TIMEOUT_MS, NULL);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain_of_error(seeing, what, error);
}

/* --- seeing ------------------------------------------------------------------------------------------------------- */

static bool is_looked_through(const struct seeing *seeing)
{
    return topic_reader_is_read(&seeing->readers[SEEN_ALERTS]) &&
           topic_reader_is_read(&seeing->readers[SEEN_VIOLATIONS]);
}

/* First the state must say it; then all that was published by then is looked through. */
static int look_until_forgotten(struct seeing *seeing, int64_t until_ms, struct forgetting_sight *sight)
{
    bool has_ends = false;
    int exit_code;
    while ((exit_code = look(seeing)) == EXIT_OK) {
        *sight = forgetting_evidence_weigh(&seeing->evidence);
        sight->is_looked_through = has_ends && is_looked_through(seeing);
        if (sight->is_forgotten && sight->is_looked_through && sight->alerts == 0 && sight->violations == 0)
            return EXIT_OK;
        if (clock_monotonic_ms() >= until_ms)
            return EXIT_NOT_YET;
        if (!sight->is_forgotten || has_ends)
            continue;
        exit_code = ask_end(seeing, SEEN_ALERTS);
        if (exit_code == EXIT_OK)
            exit_code = ask_end(seeing, SEEN_VIOLATIONS);
        if (exit_code != EXIT_OK)
            return exit_code;
        has_ends = true;
    }
    return exit_code;
}

static int see(struct seeing *seeing, int64_t timeout_ms, struct forgetting_sight *sight)
{
    const int64_t until_ms = clock_monotonic_ms() + timeout_ms;
    int exit_code = EXIT_OK;
    for (int what = 0; what < SEEN_COUNT && exit_code == EXIT_OK; what++)
        exit_code = open_reader(seeing, (enum seen)what);
    if (exit_code == EXIT_OK)
        exit_code = look_until_forgotten(seeing, until_ms, sight);
    for (int what = 0; what < SEEN_COUNT; what++)
        topic_reader_close(&seeing->readers[what]);
    return exit_code;
}

int forgetting_see(const struct forgetting *forgetting, int64_t timeout_ms, struct forgetting_sight *sight)
{
    struct seeing seeing = {.forgetting = forgetting,
                            .kafka = topic_reader_client(forgetting->settings, forgetting->component)};
    if (seeing.kafka == NULL)
        return EXIT_CONFIG;
    const bool has_memory = forgetting_evidence_init(&seeing.evidence, forgetting) &&
                            registry_inline_open(&seeing.registry, forgetting->settings, NULL);
    forgetting_evidence_use_ids(&seeing.evidence, seeing.registry.ids);
    const int exit_code = has_memory ? see(&seeing, timeout_ms, sight)
                                     : complain(&seeing, SEEN_STATE, "memory is short", EXIT_OS);
    forgetting_evidence_fini(&seeing.evidence);
    registry_inline_close(&seeing.registry);
    rd_kafka_destroy(seeing.kafka);
    return exit_code;
}
