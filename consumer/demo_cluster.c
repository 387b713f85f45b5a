#include "consumer/demo_cluster.h"

#include <stdio.h>

#include "consumer/log.h"

static bool make_topics(struct demo_cluster *cluster, const struct settings *settings)
{
    for (int topic = 0; topic < TOPIC_COUNT; topic++) {
        int partitions = (int)settings->topic_partitions;
        rd_kafka_resp_err_t error = rd_kafka_mock_topic_create(cluster->mock, settings->topics[topic], partitions, 1);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
            log_error("demo", "topic %s can not be made: %s", settings->topics[topic], rd_kafka_err2str(error));
            return false;
        }
    }
    return true;
}

static bool lead_to(struct settings *settings, const char *address)
{
    char assignment[512];
    snprintf(assignment, sizeof assignment, "kafka.bootstrap.servers=%s", address);
    return settings_set(settings, assignment, stderr) &&
           settings_set(settings, "kafka.security.protocol=plaintext", stderr);
}

bool demo_cluster_start(struct demo_cluster *cluster, struct settings *settings)
{
    char why[512];
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    rd_kafka_conf_set(configuration, "log_level", "3", why, sizeof why); /* it would wonder why it has no broker */
    *cluster = (struct demo_cluster){rd_kafka_new(RD_KAFKA_PRODUCER, configuration, why, sizeof why), NULL};
    if (cluster->carrier == NULL) {
        log_error("demo", "no client for the mock cluster: %s", why);
        rd_kafka_conf_destroy(configuration);
        return false;
    }
    cluster->mock = rd_kafka_mock_cluster_new(cluster->carrier, 1);
    if (cluster->mock == NULL)
        log_error("demo", "the mock cluster can not be started");
    else if (make_topics(cluster, settings) && lead_to(settings, demo_cluster_address(cluster)))
        return true;
    demo_cluster_end(cluster);
    return false;
}

void demo_cluster_end(struct demo_cluster *cluster)
{
    if (cluster->mock != NULL)
        rd_kafka_mock_cluster_destroy(cluster->mock);
    rd_kafka_destroy(cluster->carrier);
}

const char *demo_cluster_address(const struct demo_cluster *cluster)
{
    return rd_kafka_mock_cluster_bootstraps(cluster->mock);
}
