#include "consumer/kafka_client_internal.h"

#include "consumer/connection_fault.h"
#include "consumer/log.h"

static bool set_property(rd_kafka_conf_t *configuration, const char *name, const char *value)
{
    char why[CLIENT_ERROR_SIZE];
    if (rd_kafka_conf_set(configuration, name, value, why, sizeof(why)) == RD_KAFKA_CONF_OK)
        return true;
    log_error("kafka", "property refused: kafka.%s: %s", name, why);
    return false;
}

/* What every client of ours has: a small request is not held back for a larger one, and the broker sees who asks. When
 * all brokers are away, those known are kept: from 2.10 on librdkafka would drop them, and the sending of offsets then
 * waits for ever for the group's coordinator (librdkafka issue 5511). */
static const struct client_property own_properties[] = {
    {"socket.nagle.disable", "true"},
    {"client.id", "placement-alerts"},
    {"metadata.recovery.strategy", "none"},
};

/* Earlier versions lack some of these. */
static bool is_known(const rd_kafka_conf_t *configuration, const char *name)
{
    size_t size;
    return rd_kafka_conf_get(configuration, name, NULL, &size) == RD_KAFKA_CONF_OK;
}

rd_kafka_conf_t *client_configuration(const struct settings *settings, const struct client_property *ours, size_t count)
{
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    bool taken = true;
    for (size_t i = 0; i < sizeof(own_properties) / sizeof(own_properties[0]); i++)
        if (is_known(configuration, own_properties[i].name))
            taken &= set_property(configuration, own_properties[i].name, own_properties[i].value);
    for (size_t i = 0; i < settings->kafka_count; i++)
        taken &= set_property(configuration, settings->kafka[i].name, settings->kafka[i].value.text);
    for (size_t i = 0; i < count; i++)
        if (ours[i].value != NULL)
            taken &= set_property(configuration, ours[i].name, ours[i].value);
    client_hear(configuration);
    connection_fault_name_certificates(configuration);
    if (taken)
        return configuration;
    rd_kafka_conf_destroy(configuration);
    return NULL;
}

const char *client_default(const struct settings *settings, const char *name, const char *value)
{
    return settings_kafka(settings, name) == NULL ? value : NULL;
}

/* Without an address a client would wait for brokers that nobody named. */
static bool has_brokers(const rd_kafka_conf_t *configuration)
{
    char brokers[CLIENT_ERROR_SIZE];
    size_t size = sizeof(brokers);
    return rd_kafka_conf_get(configuration, "bootstrap.servers", brokers, &size) == RD_KAFKA_CONF_OK && size > 1;
}

rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *configuration, const char *component)
{
    if (!has_brokers(configuration)) {
        log_error(component, "kafka.bootstrap.servers is not set: name the broker with -c FILE or --set "
                             "kafka.bootstrap.servers=HOST:PORT");
        rd_kafka_conf_destroy(configuration);
        return NULL;
    }
    char why[CLIENT_ERROR_SIZE];
    rd_kafka_t *kafka = rd_kafka_new(type, configuration, why, sizeof(why));
    if (kafka == NULL) {
        log_error(component, "the Kafka client could not be made: %s", why);
        rd_kafka_conf_destroy(configuration);
    }
    return kafka;
}

rd_kafka_t *client_producer_new(const struct settings *settings, const struct client_property *ours, size_t count,
                                void (*on_delivery)(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque),
                                const char *component)
{
    rd_kafka_conf_t *configuration = client_configuration(settings, ours, count);
    if (configuration == NULL)
        return NULL;
    rd_kafka_conf_set_dr_msg_cb(configuration, on_delivery);
    return client_new(RD_KAFKA_PRODUCER, configuration, component);
}
