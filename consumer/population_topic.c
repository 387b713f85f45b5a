/* The children of the state topic. Nothing is held on the broker (no group), so whoever has seen enough may end the
 * process at any time.
 */
#include <stdlib.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/population_internal.h"
#include "consumer/population_meter.h"
#include "consumer/population_partition.h"
#include "consumer/population_service.h"
#include "consumer/topic_reader.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "schemas/event.h"

#define REQUEST_TIMEOUT_MS 10000
#define LOOK_MS 100

struct topic_visit {
    const struct population_question *question;
    struct population_answer *answer;
    const struct settings *settings;
    const char *name; /* the command's, for the log */
    rd_kafka_t *kafka;
    struct topic_reader state;
    struct population_partition partition;
    struct population_meter meter;
    struct population_service service;
    struct day clock_day;    /* or the question's as_of */
    uint64_t records_passed; /* in partitions that are read */
    bool has_unreadable;
    enum visit said; /* the visitor's last word */
    int exit_code;   /* why reading ended */
};

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* All partitions, or that of the one child: how many, and *NUMBERS is the caller's to free. 0: memory is short. */
static int32_t choose_partitions(const struct topic_visit *visit, int32_t partition_count, int32_t **numbers)
{
    const struct text only = visit->question->only;
    const int32_t count = only.length == 0 ? partition_count : 1;
    *numbers = calloc((size_t)count, sizeof(**numbers));
    if (*numbers == NULL)
        return 0;
    for (int32_t i = 0; i < count; i++)
        (*numbers)[i] = only.length == 0 ? i : key_partition(key_murmur2(only), partition_count);
    return count;
}

static int complain(const struct topic_visit *visit, const char *what, rd_kafka_resp_err_t error)
{
    log_error(visit->name, "%s failed topic=%s: %s", what, visit->settings->topics[TOPIC_STATE],
              rd_kafka_err2str(error));
    return error == RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE ? EXIT_OS : client_exit_code(error);
}

/* Where the partitions end now, for good. What is committed counts; nobody's open transaction is waited for. */
static int ask_ends(struct topic_visit *visit)
{
    uint64_t records = 0;
    const rd_kafka_resp_err_t error = topic_reader_ask_ends(&visit->state, visit->kafka,
                                                            visit->settings->start_timeout_ms, NULL);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return complain(visit, "asking where it ends", error);
    for (int32_t i = 0; i < visit->state.partition_count; i++)
        records += (uint64_t)visit->state.partitions[i].end;
    population_meter_init(&visit->meter, records);
    return EXIT_OK;
}

static int open_topic(struct topic_visit *visit)
{
    int32_t partition_counts[TOPIC_COUNT], *numbers;
    const int exit_code = topics_reach(visit->kafka, visit->settings, TOPIC_BIT(STATE), partition_counts, stderr, NULL);
    if (exit_code != EXIT_OK)
        return exit_code;
    const int32_t count = choose_partitions(visit, partition_counts[TOPIC_STATE], &numbers);
    if (count == 0)
        return population_short_of_memory(visit->question);
    const rd_kafka_resp_err_t error = topic_reader_open(
        &visit->state, visit->kafka, visit->settings->topics[TOPIC_STATE], numbers, count, REQUEST_TIMEOUT_MS, NULL);
    free(numbers);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? ask_ends(visit) : complain(visit, "looking it up", error);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool on_record(void *context, const struct topic_record *record)
{
    struct topic_visit *visit = context;
    const bool is_news = record->offset >= visit->state.partitions[record->partition].end;
    if (is_news || population_partition_put(&visit->partition, record))
        return true;
    visit->exit_code = population_short_of_memory(visit->question);
    return false;
}

static bool on_error(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason)
{
    struct topic_visit *visit = context;
    (void)number;
    population_meter_clear(&visit->meter);
    visit->exit_code = client_reading_failed(error, visit->settings->topics[TOPIC_STATE], reason, visit->name);
    return visit->exit_code == EXIT_OK;
}

static void show(struct topic_visit *visit, int32_t i)
{
    population_meter_show(&visit->meter, visit->records_passed + (uint64_t)visit->state.partitions[i].position,
                          population_partition_visited(&visit->partition) + visit->partition.children.count);
}

static int give_up(struct topic_visit *visit, int32_t number)
{
    population_meter_clear(&visit->meter);
    log_error(visit->name, "nothing more came of the state topic partition=%d for %lld ms: %s", number,
              (long long)visit->settings->start_timeout_ms, client_last_error());
    return client_unavailable_code();
}

static int read_partition(struct topic_visit *visit, int32_t i)
{
    const struct topic_listener listener = {on_record, on_error, visit};
    const struct topic_partition *partition = &visit->state.partitions[i];
    int64_t moved_ms = clock_monotonic_ms(), position = partition->position;
    while (!topic_partition_is_read(partition)) {
        if (!topic_reader_look(&visit->state, LOOK_MS, &listener))
            return visit->exit_code;
        if (partition->position != position)
            moved_ms = clock_monotonic_ms();
        else if (clock_monotonic_ms() - moved_ms > visit->settings->start_timeout_ms)
            return give_up(visit, partition->number);
        position = partition->position;
        show(visit, i);
    }
    visit->records_passed += (uint64_t)partition->end;
    return EXIT_OK;
}

/* What comes of the partition read is ignored from here on, and what comes next is fetched meanwhile. */
static int start_partition(struct topic_visit *visit, int32_t i)
{
    if (i > 0)
        topic_reader_stop(&visit->state, i - 1);
    if (i == visit->state.partition_count)
        return EXIT_OK;
    const rd_kafka_resp_err_t error = topic_reader_start(&visit->state, i);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain(visit, "reading it", error);
}

/* --- visiting ----------------------------------------------------------------------------------------------------- */

static void name_unreadable(struct topic_visit *visit, int32_t number)
{
    const struct unreadable_records *unreadable = &visit->partition.unreadable;
    const char *topic = visit->settings->topics[TOPIC_STATE];
    visit->has_unreadable = true;
    population_meter_clear(&visit->meter);
    for (uint64_t i = 0; i < unreadable->count && i < UNREADABLE_NAMED; i++)
        log_error(visit->name,
                  "a record is of no format this program reads, and is passed over topic=%s partition=%d "
                  "offset=%lld",
                  topic, number, (long long)unreadable->offsets[i]);
    if (unreadable->count > UNREADABLE_NAMED)
        log_error(visit->name, "more such records topic=%s partition=%d count=%llu", topic, number,
                  (unsigned long long)(unreadable->count - UNREADABLE_NAMED));
}

static enum visit visit_children(struct topic_visit *visit, int32_t i)
{
    struct population_partition *partition = &visit->partition;
    const enum visit said = population_partition_visit(partition, visit->clock_day);
    if (partition->unreadable.count > 0)
        name_unreadable(visit, visit->state.partitions[i].number);
    visit->answer->today = day_later(visit->answer->today, partition->today);
    population_service_note(&visit->service, partition->has_progress, partition->judged_through);
    population_partition_empty(partition);
    return said;
}

/* While the children of one partition are visited, the next one is fetched. */
static int visit_partitions(struct topic_visit *visit)
{
    int exit_code = start_partition(visit, 0);
    visit->said = VISIT_GO_ON;
    for (int32_t i = 0; i < visit->state.partition_count && exit_code == EXIT_OK && visit->said == VISIT_GO_ON; i++) {
        exit_code = read_partition(visit, i);
        if (exit_code == EXIT_OK)
            exit_code = start_partition(visit, i + 1);
        if (exit_code == EXIT_OK)
            visit->said = visit_children(visit, i);
    }
    population_meter_clear(&visit->meter);
    return exit_code;
}

/* All was read that is wanted: what can be known of it, and whether it is an answer. */
static int conclude(struct topic_visit *visit)
{
    const struct population_question *question = visit->question;
    int exit_code = EXIT_OK;
    if (visit->said != VISIT_NO_MEMORY)
        exit_code = population_service_say(&visit->service, question->arguments->command,
                                           visit->settings->topics[TOPIC_STATE], visit->answer->today);
    if (exit_code == EXIT_OK && visit->said == VISIT_GO_ON && question->on_round != NULL)
        visit->said = question->on_round(question->context);
    if (visit->said == VISIT_NO_MEMORY)
        return population_short_of_memory(question);
    return exit_code == EXIT_OK && visit->has_unreadable ? EXIT_DATA : exit_code;
}

static int visit_topic(struct topic_visit *visit)
{
    int exit_code = open_topic(visit);
    if (exit_code == EXIT_OK && !population_partition_init(&visit->partition, visit->question))
        exit_code = population_short_of_memory(visit->question);
    if (exit_code == EXIT_OK) {
        exit_code = visit_partitions(visit);
        visit->answer->children = population_partition_visited(&visit->partition);
        population_partition_fini(&visit->partition);
    }
    if (exit_code == EXIT_OK)
        exit_code = conclude(visit);
    topic_reader_close(&visit->state);
    return exit_code;
}

int population_visit_topic(const struct population_question *question, struct population_answer *answer)
{
    struct topic_visit visit = {
        .question = question,
        .answer = answer,
        .settings = question->arguments->settings,
        .name = question->arguments->command->name,
        .clock_day = answer->today,
    };
    population_service_init(&visit.service);
    visit.kafka = topic_reader_client(visit.settings, visit.name);
    if (visit.kafka == NULL)
        return EXIT_CONFIG;
    const int exit_code = visit_topic(&visit);
    rd_kafka_destroy(visit.kafka);
    return exit_code;
}
