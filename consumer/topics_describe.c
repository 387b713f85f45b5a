#include "consumer/topics_describe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "consumer/topic_content.h"
#include "consumer/topic_property.h"
#include "consumer/topic_set.h"

#define CELL_SIZE 64
#define MS_A_DAY 86400000

/* --- for people --------------------------------------------------------------------------------------------------- */

/* What the topic is created with, in TEXT or a constant; NULL: the broker's default. */
static const char *property_of(const struct settings *settings, enum topic topic, const char *name,
                               char text[static TOPIC_PROPERTY_VALUE_SIZE])
{
    for (size_t i = 0; i < topic_property_count; i++)
        if (topic_property_is_of(&topic_properties[i], topic) && strcmp(topic_properties[i].name, name) == 0)
            return topic_property_value(&topic_properties[i], settings, text);
    return NULL;
}

static void format_cleanup(const struct settings *settings, enum topic topic, char cell[static CELL_SIZE])
{
    char text[TOPIC_PROPERTY_VALUE_SIZE];
    const char *policy = property_of(settings, topic, "cleanup.policy", text);
    const int length = snprintf(cell, CELL_SIZE, "%s", policy == NULL ? "-" : policy);
    const char *retention = property_of(settings, topic, "retention.ms", text);
    if (retention != NULL)
        snprintf(cell + length, CELL_SIZE - (size_t)length, " after %lld days",
                 strtoll(retention, NULL, 10) / MS_A_DAY);
}

static int name_width(const struct settings *settings)
{
    size_t width = strlen("TOPIC");
    for (int t = 0; t < TOPIC_COUNT; t++)
        if (strlen(settings->topics[t]) > width)
            width = strlen(settings->topics[t]);
    return (int)width;
}

static const char *use_word(enum topic topic)
{
    static const char *const words[] = {
        [TOPIC_USE_READ] = "read", [TOPIC_USE_WRITTEN] = "written", [TOPIC_USE_KEPT] = "internal"};
    return words[topic_rows[topic].use];
}

static void print_content(const struct topic_content *content, const char *framing, FILE *out)
{
    fprintf(out, "  %-22s  %-16s  %016" PRIx64 "  %-13s", topic_keys[content->key].name, content->name,
            newest_schemas[content->schema].fingerprint, framing);
}

/* A line for each kind of value; what is of the topic as a whole stands in the first. */
static void print_topic(const struct settings *settings, enum topic topic, int width, FILE *out)
{
    const char *framing = topic_is_registered(settings, topic) ? "Confluent's" : "single-object";
    char cleanup[CELL_SIZE];
    const struct topic_content *content;
    format_cleanup(settings, topic, cleanup);
    for (size_t i = 0, line = 0; (content = topic_content_next(topic, &i)) != NULL;) {
        if (!topic_content_has_value(content))
            continue;
        const bool is_first = line++ == 0;
        fprintf(out, "%-*s  %-8s", width, is_first ? settings->topics[topic] : "", is_first ? use_word(topic) : "");
        print_content(content, framing, out);
        if (is_first)
            fprintf(out, "  %-21s  %s", cleanup, topic_rows[topic].content);
        fputc('\n', out);
    }
}

void topics_print_table(const struct settings *settings, FILE *out)
{
    const int width = name_width(settings);
    fprintf(out, "%-*s  %-8s  %-22s  %-16s  %-16s  %-13s  %-21s  %s\n", width, "TOPIC", "USE", "KEY", "SCHEMA",
            "FINGERPRINT", "FRAMING", "CLEANUP", "RECORDS");
    for (enum topic topic = 0; topic < TOPIC_COUNT; topic++)
        print_topic(settings, topic, width, out);
    fprintf(out, "each as created: partitions %" PRId64 ", replicas %" PRId64 "\nvalues: Avro\n",
            settings->topic_partitions, settings->topic_replication);
}

/* --- Avro --------------------------------------------------------------------------------------------------------- */

static json_t *schemas_of(enum topic topic)
{
    const struct topic_content *content;
    json_t *array = json_array();
    bool taken = array != NULL;
    for (size_t i = 0; taken && (content = topic_content_next(topic, &i)) != NULL;)
        if (topic_content_has_value(content))
            taken = json_array_append_new(array, topic_content_schema(content)) == 0;
    if (taken)
        return array;
    json_decref(array);
    return NULL;
}

bool topics_print_avro(const struct settings *settings, FILE *out)
{
    json_t *object = json_object();
    bool taken = object != NULL;
    for (enum topic topic = 0; taken && topic < TOPIC_COUNT; topic++)
        taken = json_object_set_new(object, settings->topics[topic], schemas_of(topic)) == 0;
    taken = taken && json_dumpf(object, out, JSON_INDENT(2)) == 0 && fputc('\n', out) != EOF;
    json_decref(object);
    return taken;
}

void topic_print_avro(enum topic topic, FILE *out)
{
    const struct topic_content *content;
    const struct shipped_schema *schemas[SCHEMA_COUNT];
    size_t count = 0;
    for (size_t i = 0; (content = topic_content_next(topic, &i)) != NULL;)
        if (topic_content_has_value(content))
            schemas[count++] = &newest_schemas[content->schema];
    for (size_t i = 0; i < count; i++) {
        fputs(count == 1 ? "" : i == 0 ? "[\n" : ",\n", out);
        fwrite(schemas[i]->text, 1, schemas[i]->length, out);
    }
    fputs(count == 1 ? "" : "]\n", out);
}
