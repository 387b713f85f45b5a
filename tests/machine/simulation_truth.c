#include "simulation_truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/alert_record.h"

void truth_init(struct simulated_truth *truth)
{
    memset(truth, 0, sizeof *truth);
    truth->reader = alert_reader_new();
    if (!child_init(&truth->child) || !judgement_init(&truth->judgement) || truth->reader == NULL)
        abort();
}

void truth_fini(struct simulated_truth *truth)
{
    for (size_t i = 0; i < truth->child_count; i++)
        free(truth->children[i].facts);
    free(truth->children);
    child_fini(&truth->child);
    judgement_fini(&truth->judgement);
    alert_reader_free(truth->reader);
}

static struct text id_of(const struct true_child *child)
{
    return (struct text){child->child_id, child->child_id_length};
}

static struct true_child *find(const struct simulated_truth *truth, struct text child_id)
{
    for (size_t i = 0; i < truth->child_count; i++)
        if (text_equal(id_of(&truth->children[i]), child_id))
            return &truth->children[i];
    return NULL;
}

static struct true_child *find_or_add(struct simulated_truth *truth, struct text child_id)
{
    struct true_child *child = find(truth, child_id);

    if (child != NULL)
        return child;
    truth->children = realloc(truth->children, (truth->child_count + 1) * sizeof *truth->children);
    child = &truth->children[truth->child_count++];
    memset(child, 0, sizeof *child);
    memcpy(child->child_id, child_id.bytes, child_id.length);
    child->child_id_length = child_id.length;
    child->forgotten_at_ms = NEVER_FORGOTTEN;
    return child;
}

void truth_add_fact(struct simulated_truth *truth, struct text child_id, const struct fact *fact)
{
    struct true_child *child = find_or_add(truth, child_id);

    if (child->fact_count == child->fact_capacity) {
        child->fact_capacity = child->fact_capacity == 0 ? 16 : child->fact_capacity * 2;
        child->facts = realloc(child->facts, child->fact_capacity * sizeof *child->facts);
    }
    struct true_fact *kept = &child->facts[child->fact_count++];
    kept->fact = *fact;
    if (fact->place.location_id.length > 0)
        memcpy(kept->location_id, fact->place.location_id.bytes, fact->place.location_id.length);
    if (fact->school_id.length > 0)
        memcpy(kept->school_id, fact->school_id.bytes, fact->school_id.length);
}

void truth_forget(struct simulated_truth *truth, struct text child_id, int64_t at_ms)
{
    struct true_child *child = find_or_add(truth, child_id);

    if (at_ms > child->forgotten_at_ms)
        child->forgotten_at_ms = at_ms;
}

struct sides {
    struct uuid event_id;
    bool before, after;
};

static void side_note(struct sides *sides, size_t *count, const struct fact *fact, int64_t at_ms)
{
    size_t i = 0;

    while (i < *count && !uuid_equal(&sides[i].event_id, &fact->event_id))
        i++;
    if (i == *count)
        sides[(*count)++] = (struct sides){.event_id = fact->event_id};
    sides[i].before |= fact->recorded_at_ms <= at_ms;
    sides[i].after |= fact->recorded_at_ms > at_ms;
}

bool truth_may_forget(const struct simulated_truth *truth, struct text child_id, int64_t at_ms,
                      const struct event *unsent, size_t unsent_count)
{
    const struct true_child *child = find(truth, child_id);
    size_t known = child == NULL ? 0 : child->fact_count, count = 0;
    struct sides *sides = calloc(known + unsent_count + 1, sizeof *sides);
    bool may = true;

    for (size_t i = 0; i < known; i++)
        side_note(sides, &count, &child->facts[i].fact, at_ms);
    for (size_t i = 0; i < unsent_count; i++)
        if (text_equal(unsent[i].child_id, child_id))
            side_note(sides, &count, &unsent[i].fact, at_ms);
    for (size_t i = 0; i < count; i++)
        may = may && !(sides[i].before && sides[i].after);
    free(sides);
    return may;
}

/* --- comparing --- */

static const struct alert *true_alerts(struct simulated_truth *truth, const struct true_child *child,
                                       const struct yardstick *yardstick, uint32_t *count)
{
    child_reset(&truth->child, id_of(child));
    for (size_t i = 0; i < child->fact_count; i++) {
        struct fact fact = child->facts[i].fact;
        fact.place.location_id.bytes = child->facts[i].location_id;
        fact.school_id.bytes = child->facts[i].school_id;
        fact_normalize(&fact);
        if (fact.recorded_at_ms > child->forgotten_at_ms)
            child_apply(&truth->child, &fact);
    }
    child_assess(&truth->child, yardstick, &truth->judgement);
    *count = truth->judgement.alert_count;
    return truth->judgement.alerts;
}

static const struct simulated_record *newest(const struct simulated_topic *topic, const char *key)
{
    for (size_t i = topic->count; i-- > 0;)
        if (topic->records[i].key_length == strlen(key) &&
            memcmp(topic->records[i].key, key, topic->records[i].key_length) == 0)
            return &topic->records[i];
    return NULL;
}

static bool compare_alert(struct simulated_truth *truth, const struct simulated_log *log, int partition,
                          const struct alert *alert, struct text child_id, char *why, size_t size)
{
    char key[UUID_TEXT_SIZE];
    struct uuid id = alert_id(alert, child_id);
    struct alert_record record;
    struct finding finding;

    uuid_format(&id, key);
    const struct simulated_record *published = newest(&log->outputs[OUTPUT_ALERTS][partition], key);
    const struct simulated_record *violation = newest(&log->outputs[OUTPUT_VIOLATIONS][partition], key);
    bool same = published != NULL && published->value != NULL &&
                alert_record_read(truth->reader, published->value, published->value_length, &record, &finding) &&
                alert_same(&record.alert, alert);
    bool in_force = violation != NULL && violation->value != NULL;
    if (!same)
        snprintf(why, size, "alert %s (%s of %.*s) is %s", key, rules[alert->rule]->name, (int)child_id.length,
                 child_id.bytes, published == NULL ? "missing" : "different");
    else if (in_force != alert_in_force(alert))
        snprintf(why, size, "violations %s alert %s", in_force ? "still holds" : "lacks", key);
    return same && in_force == alert_in_force(alert);
}

static bool compare_child(struct simulated_truth *truth, const struct simulated_log *log,
                          const struct true_child *child, const struct yardstick *yardstick, char *why, size_t size)
{
    uint32_t count;
    const struct alert *alerts = true_alerts(truth, child, yardstick, &count);
    int partition = key_partition(key_murmur2(id_of(child)), SIMULATED_PARTITIONS);

    truth->alerts += count;
    for (uint32_t i = 0; i < count; i++)
        if (!compare_alert(truth, log, partition, &alerts[i], id_of(child), why, size))
            return false;
    return true;
}

/* Revisions of one alert count 1, 2, 3…, beginning anew after a tombstone. Returns how many alerts stand now, not
 * withdrawn. */
static bool compare_revisions(struct simulated_truth *truth, const struct simulated_topic *topic, uint64_t *standing,
                              char *why, size_t size)
{
    for (size_t i = 0; i < topic->count; i++) {
        const struct simulated_record *record = &topic->records[i];
        struct alert_record read, before = {0};
        struct finding finding;
        size_t j = i;
        if (record->value == NULL)
            continue;
        if (!alert_record_read(truth->reader, record->value, record->value_length, &read, &finding)) {
            snprintf(why, size, "an alert record can not be read: %s %s", problem_names[finding.problem],
                     finding.field);
            return false;
        }
        truth->revisions++;
        while (j-- > 0 && !(topic->records[j].key_length == record->key_length &&
                            memcmp(topic->records[j].key, record->key, record->key_length) == 0))
            ;
        if (j != SIZE_MAX && topic->records[j].value != NULL)
            alert_record_read(truth->reader, topic->records[j].value, topic->records[j].value_length, &before,
                              &finding);
        if (read.alert.revision != before.alert.revision + 1) {
            snprintf(why, size, "revision %u of %.36s comes after %u", read.alert.revision, record->key,
                     before.alert.revision);
            return false;
        }
        char key[UUID_TEXT_SIZE] = {0};
        memcpy(key, record->key, 36);
        *standing += newest(topic, key) == record && read.alert.state != ALERT_WITHDRAWN;
    }
    return true;
}

static bool is_progress(const struct simulated_record *record)
{
    return record->key_length == strlen(PROGRESS_KEY) && memcmp(record->key, PROGRESS_KEY, record->key_length) == 0;
}

static bool moves_forward(const struct progress *before, const struct progress *progress)
{
    bool forward = !day_before(progress->judged_through, before->judged_through);

    for (int input = 0; input < STATE_INPUTS; input++)
        forward = forward && progress->next_offset[input] >= before->next_offset[input];
    return forward;
}

/* Days and offsets never go back, and in the end the offsets are the group's. */
static bool compare_progress(const struct simulated_log *log, int partition, char *why, size_t size)
{
    const struct simulated_topic *topic = &log->outputs[OUTPUT_STATE][partition];
    struct progress progress, before = {.judged_through = DAY_ABSENT};
    bool right = true;

    for (size_t i = 0; right && i < topic->count; i++) {
        if (!is_progress(&topic->records[i]))
            continue;
        right = progress_read(topic->records[i].value, topic->records[i].value_length, &progress) &&
                moves_forward(&before, &progress);
        before = progress;
    }
    for (int input = 0; right && input < STATE_INPUTS; input++)
        right = before.next_offset[input] == log->committed[input][partition];
    if (!right)
        snprintf(why, size, "progress of partition %d goes back, or differs from the group's offsets", partition);
    return right;
}

static bool compare_partitions(struct simulated_truth *truth, const struct simulated_log *log, char *why, size_t size)
{
    uint64_t standing = 0, letters = 0;

    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++) {
        letters += log->outputs[OUTPUT_DEAD_LETTERS][partition].count;
        if (!compare_progress(log, partition, why, size) ||
            !compare_revisions(truth, &log->outputs[OUTPUT_ALERTS][partition], &standing, why, size))
            return false;
    }
    if (standing != truth->alerts)
        snprintf(why, size, "%llu alerts stand, %llu are true", (unsigned long long)standing,
                 (unsigned long long)truth->alerts);
    else if (letters != truth->dead_letters)
        snprintf(why, size, "%llu dead letters for %llu bad records", (unsigned long long)letters,
                 (unsigned long long)truth->dead_letters);
    return standing == truth->alerts && letters == truth->dead_letters;
}

bool truth_compare(struct simulated_truth *truth, const struct simulated_log *log, const struct yardstick *yardstick,
                   char *why, size_t size)
{
    for (size_t i = 0; i < truth->child_count; i++)
        if (!compare_child(truth, log, &truth->children[i], yardstick, why, size))
            return false;
    return compare_partitions(truth, log, why, size);
}
