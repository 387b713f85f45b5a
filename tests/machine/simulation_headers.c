#include "simulation_headers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct published { /* a record and where it is */
    const struct simulated_record *record;
    int output, partition;
};

static bool event_fits(const struct published *published)
{
    const struct record_headers *headers = &published->record->headers;
    const enum cloud_event_about about = published->output == OUTPUT_ALERTS ? CLOUD_EVENT_ABOUT_ALERT
                                                                            : CLOUD_EVENT_ABOUT_VIOLATION;

    return headers->event < CLOUD_EVENT_COUNT && cloud_events[headers->event].about == about &&
           cloud_events[headers->event].has_value == (published->record->value != NULL);
}

static bool id_fits(const struct published *published, const struct alert_reader *reader)
{
    const struct simulated_record *record = published->record;
    const char *about = published->output == OUTPUT_ALERTS ? "alert" : "violation";
    struct alert_record alert;
    struct finding finding;
    char id[CLOUD_EVENT_ID_SIZE];
    int length = snprintf(id, sizeof id, "%s/%.*s/", about, (int)record->key_length, record->key);

    if (published->output == OUTPUT_ALERTS && record->value != NULL) {
        if (!alert_record_read(reader, record->value, record->value_length, &alert, &finding))
            return false;
        snprintf(id + length, sizeof id - (size_t)length, "%u/%lld", alert.alert.revision,
                 (long long)alert.logged_at_ms);
        return strcmp(record->headers.id, id) == 0;
    }
    return strncmp(record->headers.id, id, (size_t)length) == 0;
}

static bool trace_is_known(const struct simulated_log *log, const struct published *published)
{
    for (int input = 0; input < STATE_INPUTS; input++) {
        const struct simulated_topic *topic = &log->inputs[input][published->partition];
        for (size_t i = 0; i < topic->count; i++)
            if (strcmp(topic->records[i].headers.traceparent, published->record->headers.traceparent) == 0)
                return true;
    }
    return false;
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct published *)a)->record->headers.id, ((const struct published *)b)->record->headers.id);
}

/* A fact that was forgotten and comes twice gets its tombstones twice in one transaction: the same event, sent again.
 */
static const char *repeated_id(struct published *all, size_t count)
{
    qsort(all, count, sizeof *all, compare_ids);
    for (size_t i = 1; i < count; i++)
        if (compare_ids(&all[i - 1], &all[i]) == 0 && strstr(all[i].record->headers.id, "/forgotten/") == NULL)
            return all[i].record->headers.id;
    return NULL;
}

static struct published *published_of(const struct simulated_log *log, size_t *count)
{
    static const enum output outputs[] = {OUTPUT_ALERTS, OUTPUT_VIOLATIONS};
    struct published *all = NULL;

    *count = 0;
    for (int o = 0; o < 2; o++)
        for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++) {
            const struct simulated_topic *topic = &log->outputs[outputs[o]][partition];
            all = realloc(all, (*count + topic->count + 1) * sizeof *all);
            for (size_t i = 0; i < topic->count; i++)
                all[(*count)++] = (struct published){&topic->records[i], (int)outputs[o], partition};
        }
    return all;
}

bool headers_compare(const struct simulated_log *log, const struct alert_reader *reader, uint64_t *traced, char *why,
                     size_t size)
{
    size_t count;
    struct published *all = published_of(log, &count);
    const char *wrong = NULL, *about = "";

    for (size_t i = 0; i < count && wrong == NULL; i++) {
        bool is_traced = all[i].record->headers.traceparent[0] != '\0';
        *traced += is_traced;
        about = all[i].record->headers.id;
        if (!event_fits(&all[i]))
            wrong = "the headers are of another event";
        else if (!id_fits(&all[i], reader))
            wrong = "the id is of another record";
        else if (is_traced && !trace_is_known(log, &all[i]))
            wrong = "nobody sent that trace";
    }
    if (wrong == NULL && (about = repeated_id(all, count)) != NULL)
        wrong = "two events have one id";
    if (wrong != NULL)
        snprintf(why, size, "%s: %s", about, wrong);
    free(all);
    return wrong == NULL;
}
