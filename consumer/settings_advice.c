#include "consumer/settings_advice.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <librdkafka/rdkafka.h>

#include "consumer/connection_fault.h"
#include "consumer/settings_http.h"
#include "consumer/settings_kafka.h"
#include "consumer/settings_mail.h"
#include "consumer/settings_secret.h"
#include "consumer/settings_subscription.h"

#define OIN_DIGITS 20

/* Properties that are numbers, and between which they are wise. */
static const struct {
    const char *name;
    long minimum, maximum;
    const char *advice;
} ranges[] = {
    {"session.timeout.ms", 6000, 30000,
     "an instance that died is replaced after this time, one that is only slow must not be: near 10000 is good"},
    {"heartbeat.interval.ms", 300, 3000, "three beats and more must fit into session.timeout.ms: 500 to 1000 is good"},
    {"transaction.timeout.ms", 6000, 60000,
     "after kill -9 alerts wait up to this time and 10 s more when another instance takes over: near 10000 is good"},
    {"max.poll.interval.ms", 10000, 600000, "a worker that hangs keeps its partitions for this long"},
    {"linger.ms", 0, 100, "every transaction waits for it, and so does every alert"},
};

static void advise_ranges(const struct settings *settings, FILE *out)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        const char *text = settings_kafka(settings, ranges[i].name);
        const long value = text == NULL ? ranges[i].minimum : strtol(text, NULL, 10);
        if (value < ranges[i].minimum || value > ranges[i].maximum)
            fprintf(out, "advice: kafka.%s: %s; %s\n", ranges[i].name, text, ranges[i].advice);
    }
}

static bool property_has(const struct settings *settings, const char *name, const char *piece)
{
    const char *value = settings_kafka(settings, name);
    return value != NULL && strcasestr(value, piece) != NULL;
}

static void advise_login(const struct settings *settings, FILE *out)
{
    if (property_has(settings, "sasl.mechanisms", "SCRAM") && rd_kafka_version() < SCRAM_WORKS_SINCE)
        fprintf(out, "advice: kafka.sasl.mechanisms: this is librdkafka %s, and %s\n", rd_kafka_version_str(),
                scram_advice);
    if (property_has(settings, "security.protocol", "sasl_plaintext"))
        fputs(
            "advice: kafka.security.protocol: login and children's data cross the network unencrypted; use sasl_ssl\n",
            out);
    if (property_has(settings, "enable.ssl.certificate.verification", "false"))
        fputs("advice: kafka.enable.ssl.certificate.verification: whoever answers is taken for the broker\n", out);
}

static bool have_brokers(const struct settings *settings)
{
    return settings_kafka(settings, "bootstrap.servers") != NULL;
}

static void advise_brokers(const struct settings *settings, FILE *out)
{
    if (!have_brokers(settings))
        fputs("advice: kafka.bootstrap.servers is not set; without a broker there are only answers from files, and the "
              "demo\n",
              out);
    if (settings->topic_replication < 3)
        fprintf(out,
                "advice: topics.replication_factor: %d; with less than 3 a broker that is lost can take alerts along\n",
                (int)settings->topic_replication);
}

static bool hold_secret(const struct settings *settings)
{
    bool hold = secret_is_open(&settings->registry_password) || secret_is_open(&settings->alertmanager_password);
    for (size_t i = 0; i < settings->kafka_count; i++)
        hold |= kafka_property_is_secret(settings->kafka[i].name) && secret_is_open(&settings->kafka[i].value);
    for (size_t i = 0; i < settings->subscription_count; i++)
        hold |= secret_is_open(&settings->subscriptions[i].secret);
    return hold;
}

static void advise_secrets(const struct settings *settings, const char *file, FILE *out)
{
    struct stat status;
    if (hold_secret(settings) && file != NULL && stat(file, &status) == 0 &&
        (status.st_mode & (S_IRGRP | S_IROTH)) != 0)
        fprintf(out,
                "advice: %s: holds a secret and can be read by others; chmod 600 it, or use the setting with _file "
                "behind its name\n",
                file);
}

/* urn:nld:oin:, twenty digits, :systeem:, a name: the form of the NL GOV profile for CloudEvents. */
static bool is_system_of_an_organisation(const char *source)
{
    static const char organisation[] = "urn:nld:oin:", system[] = ":systeem:";
    if (strncmp(source, organisation, sizeof(organisation) - 1) != 0)
        return false;
    source += sizeof(organisation) - 1;
    return strspn(source, "0123456789") == OIN_DIGITS &&
           strncmp(source + OIN_DIGITS, system, sizeof(system) - 1) == 0 &&
           source[OIN_DIGITS + sizeof(system) - 1] != '\0';
}

/* A source is chosen for long, and nobody checks it afterwards. */
static void advise_source(const struct settings *settings, FILE *out)
{
    if (settings->cloudevents_source[0] != '\0' && !is_system_of_an_organisation(settings->cloudevents_source))
        fprintf(out,
                "advice: cloudevents.source: %s; the NL GOV profile has urn:nld:oin:OIN:systeem:NAME, with the twenty "
                "digits of the organisation\n",
                settings->cloudevents_source);
}

void settings_advise(const struct settings *settings, const char *file, FILE *out)
{
    const struct http_settings registry = settings_http_registry(settings);
    const struct http_settings alertmanager = settings_http_alertmanager(settings);
    advise_brokers(settings, out);
    advise_source(settings, out);
    advise_ranges(settings, out);
    advise_login(settings, out);
    settings_http_advise(&registry, settings->registry_urls, out);
    settings_http_advise(&alertmanager, settings->alertmanager_urls, out);
    settings_subscriptions_advise(settings, out);
    settings_mail_advise(settings, out);
    advise_secrets(settings, file, out);
}
