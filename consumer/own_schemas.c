#include "consumer/own_schemas.h"

#include <stdio.h>
#include <time.h>

#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "consumer/registry_exit.h"
#include "consumer/settings_http.h"
#include "consumer/topic_content.h"

#define COMPONENT "registry"
#define COMPATIBILITY "FULL_TRANSITIVE"
#define SUBJECT_SIZE 300
#define PAUSE_MS 250

struct inquiry {
    struct registry *registry;
    bool may_register;
    int64_t deadline_ms;
    bool has_warned;
    int absent_exit_code; /* EXIT_OK: no subject lacks its schema so far */
};

/* What is there already is left as it is: a restart changes nothing, and needs no right to. */
static enum registry_answer ask(const struct inquiry *inquiry, const char *subject, const char *text, uint32_t *id,
                                char why[static REGISTRY_WHY_SIZE])
{
    enum registry_answer answer = registry_schema_look_up(inquiry->registry, subject, text, id, why);
    if (answer != REGISTRY_ABSENT || !inquiry->may_register)
        return answer;
    answer = registry_compatibility_set(inquiry->registry, subject, COMPATIBILITY, why);
    return answer == REGISTRY_OK ? registry_schema_register(inquiry->registry, subject, text, id, why) : answer;
}

/* Whether to ask again, after a pause. */
static bool goes_on(struct inquiry *inquiry, const char *subject, const char *why)
{
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    if (clock_monotonic_ms() >= inquiry->deadline_ms)
        return false;
    if (!inquiry->has_warned)
        log_warning(COMPONENT, "the schema registry can not be asked now, trying again subject=%s: %s", subject, why);
    inquiry->has_warned = true;
    nanosleep(&pause, NULL);
    return true;
}

/* What a subject lacks does not end the questions: whoever has to register it is told of all at once. */
static int ask_until_answered(struct inquiry *inquiry, const char *subject, const char *text, uint32_t *id)
{
    char why[REGISTRY_WHY_SIZE];
    enum registry_answer answer;
    do
        answer = ask(inquiry, subject, text, id, why);
    while (answer == REGISTRY_UNAVAILABLE && goes_on(inquiry, subject, why));
    if (answer == REGISTRY_OK) {
        log_info(COMPONENT, "schema subject=%s id=%u", subject, (unsigned)*id);
        return EXIT_OK;
    }
    const int exit_code = registry_exit(answer, COMPONENT, "subject", subject, why);
    if (answer != REGISTRY_ABSENT)
        return exit_code;
    inquiry->absent_exit_code = exit_code;
    return EXIT_OK;
}

/* The subject of a topic is that of its values. */
static int frame_topic(const struct settings *settings, enum topic topic, struct inquiry *inquiry,
                       struct framings *framings)
{
    char subject[SUBJECT_SIZE];
    const struct topic_content *content;
    snprintf(subject, sizeof(subject), "%s-value", settings->topics[topic]);
    for (size_t i = 0; (content = topic_content_next(topic, &i)) != NULL;) {
        uint32_t id = 0;
        if (!topic_content_has_value(content))
            continue;
        const int exit_code = ask_until_answered(inquiry, subject, newest_schemas[content->schema].text, &id);
        if (exit_code != EXIT_OK)
            return exit_code;
        framings->of[content->schema] = framing_confluent(id);
    }
    return EXIT_OK;
}

static int frame_all(const struct settings *settings, enum topic_use use, struct inquiry *inquiry,
                     struct framings *framings)
{
    int exit_code = EXIT_OK;
    for (enum topic topic = 0; topic < TOPIC_COUNT && exit_code == EXIT_OK; topic++)
        if (topic_rows[topic].use == use && topic_is_registered(settings, topic))
            exit_code = frame_topic(settings, topic, inquiry, framings);
    return exit_code;
}

int own_schemas_frame(const struct settings *settings, enum topic_use use, struct framings *framings)
{
    framings_single_object(framings);
    if (!settings_have_registry(settings))
        return EXIT_OK;
    const struct http_settings http = settings_http_registry(settings);
    struct inquiry inquiry = {
        .registry = registry_new(settings->registry_urls, &http),
        .may_register = settings->registry_register,
        .deadline_ms = clock_monotonic_ms() + settings->start_timeout_ms,
    };
    if (inquiry.registry == NULL) {
        log_error(COMPONENT, "memory is short");
        return EXIT_OS;
    }
    const int exit_code = frame_all(settings, use, &inquiry, framings);
    registry_free(inquiry.registry);
    return exit_code == EXIT_OK ? inquiry.absent_exit_code : exit_code;
}
