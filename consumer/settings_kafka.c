#include "consumer/settings_kafka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings_secret.h"

#define FILE_SUFFIX "_file"
#define NAME_SIZE (SETTING_PATH_SIZE - sizeof(KAFKA_PREFIX) + 1) /* of a property, without the prefix */

/* What the service stands on; another value would break it, or is said elsewhere. */
static const struct {
    const char *name, *instead;
} reserved[] = {
    {"group.id", "service.group sets it"},
    {"transactional.id", "it is made of service.group and service.instance"},
    {"enable.idempotence", "events and alerts are always written idempotently"},
    {"acks", "every write waits for all replicas in sync"},
    {"request.required.acks", "every write waits for all replicas in sync"},
    {"partitioner", "it must be murmur2_random, as in Java, for all programs that write these topics"},
    {"partition.assignment.strategy", "it must be range, so that a child's topics come together"},
    {"isolation.level", "only what is committed is read"},
    {"enable.auto.commit", "offsets are committed with the alerts, in one transaction"},
    {"enable.auto.offset.store", "offsets are committed with the alerts, in one transaction"},
    {"enable.partition.eof", "the service needs it to see the end of a backlog"},
    {"auto.offset.reset", "where to begin is decided by the state"},
};

/* librdkafka's other names of what this program looks at itself. */
static const struct {
    const char *alias, *name;
} aliases[] = {
    {"metadata.broker.list", "bootstrap.servers"}, {"sasl.mechanism", "sasl.mechanisms"},
    {"queue.buffering.max.ms", "linger.ms"},       {"max.partition.fetch.bytes", "fetch.message.max.bytes"},
    {"delivery.timeout.ms", "message.timeout.ms"},
};

static const char *kept_name(const char *name)
{
    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
        if (strcmp(aliases[i].alias, name) == 0)
            return aliases[i].name;
    return name;
}

static const char *reserved_instead(const char *name)
{
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (strcmp(reserved[i].name, name) == 0)
            return reserved[i].instead;
    return NULL;
}

bool kafka_property_is_secret(const char *name)
{
    return strstr(name, "password") != NULL || strstr(name, "secret") != NULL || strcmp(name, "ssl.key.pem") == 0 ||
           strcmp(name, "sasl.oauthbearer.config") == 0;
}

static struct kafka_property *find(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->kafka_count; i++)
        if (strcmp(settings->kafka[i].name, name) == 0)
            return &settings->kafka[i];
    return NULL;
}

const char *settings_kafka(const struct settings *settings, const char *name)
{
    const struct kafka_property *property = find(settings, name);
    return property == NULL ? NULL : property->value.text;
}

void settings_kafka_fini(struct settings *settings)
{
    for (size_t i = 0; i < settings->kafka_count; i++) {
        free(settings->kafka[i].name);
        secret_fini(&settings->kafka[i].value);
    }
    free(settings->kafka);
    settings->kafka = NULL;
    settings->kafka_count = 0;
}

/* The property, or a new one at the end without a value. NULL: no memory. */
static struct kafka_property *find_or_add(struct settings *settings, const char *name)
{
    struct kafka_property *property = find(settings, name);
    if (property != NULL)
        return property;
    struct kafka_property *larger = realloc(settings->kafka, (settings->kafka_count + 1) * sizeof(*larger));
    if (larger == NULL)
        return NULL;
    settings->kafka = larger;
    property = &larger[settings->kafka_count];
    *property = (struct kafka_property){.name = strdup(name)};
    settings->kafka_count += property->name != NULL;
    return property->name == NULL ? NULL : property;
}

/* Takes VALUE over, unless it returns false. */
static bool keep(struct settings *settings, const char *name, const struct setting_secret *value,
                 char why[static SETTING_WHY_SIZE])
{
    struct kafka_property *property = find_or_add(settings, name);
    if (property == NULL) {
        snprintf(why, SETTING_WHY_SIZE, "memory is short");
        return false;
    }
    secret_fini(&property->value);
    property->value = *value;
    return true;
}

/* Whether librdkafka takes it; WHY never repeats a secret. */
static bool check(const char *name, const char *value, char why[static SETTING_WHY_SIZE])
{
    const char *instead = reserved_instead(name);
    if (instead != NULL) {
        snprintf(why, SETTING_WHY_SIZE, "the program sets this itself: %s", instead);
        return false;
    }
    rd_kafka_conf_t *scratch = rd_kafka_conf_new();
    why[0] = '\0';
    const rd_kafka_conf_res_t result = rd_kafka_conf_set(scratch, name, value, why, SETTING_WHY_SIZE);
    rd_kafka_conf_destroy(scratch);
    if (result == RD_KAFKA_CONF_UNKNOWN) {
        struct suggestion suggestion;
        char path[SETTING_PATH_SIZE];
        snprintf(path, sizeof(path), KAFKA_PREFIX "%s", name);
        suggestion_init(&suggestion, path);
        settings_kafka_suggest(&suggestion);
        char question[SUGGESTION_QUESTION_SIZE];
        snprintf(why, SETTING_WHY_SIZE, "librdkafka %s has no such property%s", rd_kafka_version_str(),
                 suggestion_question(&suggestion, question));
    } else if (result != RD_KAFKA_CONF_OK && kafka_property_is_secret(name)) {
        snprintf(why, SETTING_WHY_SIZE, "librdkafka does not take this value");
    }
    why[strcspn(why, "\n")] = '\0'; /* some of librdkafka's texts end with one */
    return result == RD_KAFKA_CONF_OK;
}

/* Whether NAME is that of a secret with _file behind it; SECRET is then the secret's. */
static bool names_file(const char *name, char secret[static NAME_SIZE])
{
    const size_t length = strlen(name), suffix = strlen(FILE_SUFFIX);
    if (length <= suffix || length >= NAME_SIZE || strcmp(name + length - suffix, FILE_SUFFIX) != 0)
        return false;
    memcpy(secret, name, length - suffix);
    secret[length - suffix] = '\0';
    return kafka_property_is_secret(secret);
}

bool settings_kafka_set(struct settings *settings, const char *name, const char *value,
                        char why[static SETTING_WHY_SIZE])
{
    char secret[NAME_SIZE];
    struct setting_secret fresh;
    const bool is_file = names_file(name, secret);
    const char *property = is_file ? secret : name;
    if (!(is_file ? secret_init_file(&fresh, value, why) : secret_init(&fresh, value, why)))
        return false;
    if (check(property, fresh.text, why) && keep(settings, kept_name(property), &fresh, why))
        return true;
    secret_fini(&fresh);
    return false;
}

/* librdkafka lists its properties only as the table of its manual: "name | C/P | range | …". */
void settings_kafka_suggest(struct suggestion *suggestion)
{
    char *table = NULL, *rest, path[SETTING_PATH_SIZE];
    size_t size;
    FILE *stream = open_memstream(&table, &size);
    if (stream == NULL)
        return;
    rd_kafka_conf_properties_show(stream);
    if (fclose(stream) == 0)
        for (char *line = strtok_r(table, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
            if (strstr(line, " | ") != NULL) {
                snprintf(path, sizeof(path), KAFKA_PREFIX "%.*s", (int)strcspn(line, " |"), line);
                suggestion_offer(suggestion, path);
            }
    free(table);
}
