#include "consumer/connection_fault.h"

#include <stdio.h>
#include <string.h>

#include "consumer/exit_code.h"

#define CERTIFICATE_SIGN "verification callback failed" /* as librdkafka begins what certificate_judge writes */

const char scram_advice[] =
    "brokers that are not older than CVE-2024-56128 refuse SCRAM of librdkafka before 2.6.1 as \"invalid "
    "credentials\", whatever the password: use PLAIN over TLS, client certificates, or a later librdkafka";

/* librdkafka has codes for some of these only; the texts are the same in 2.0.2 and 2.16. The last row fits all. */
static const struct connection_fault faults[] = {
    {"SASL mechanism SCRAM", EXIT_NO_PERMISSION, scram_advice, SCRAM_WORKS_SINCE},
    {"SASL authentication error", EXIT_NO_PERMISSION,
     "the broker refuses the login: check kafka.sasl.username, its password and kafka.sasl.mechanisms", 0},
    {CERTIFICATE_SIGN, EXIT_NO_PERMISSION,
     "the broker is not trusted: check kafka.ssl.ca.location, kafka.bootstrap.servers and the broker's certificate", 0},
    {"SSL alert number", EXIT_NO_PERMISSION,
     "the broker refuses this program's certificate: check kafka.ssl.certificate.location and kafka.ssl.key.location",
     0},
    {"", EXIT_UNAVAILABLE, "check kafka.bootstrap.servers and kafka.security.protocol", 0},
};

const struct connection_fault *connection_fault_of_version(const char *text, int version)
{
    const struct connection_fault *fault = faults;
    while (strstr(text, fault->sign) == NULL || (fault->before != 0 && version >= fault->before))
        fault++;
    return fault;
}

const struct connection_fault *connection_fault_of(const char *text)
{
    return connection_fault_of_version(text, rd_kafka_version());
}

/* OpenSSL's numbers (x509_vfy.h), which never change; it is librdkafka that is linked with it, not this program. */
static const struct {
    int number;
    const char *what;
} certificate_faults[] = {
    {9, "it is not valid yet"},
    {10, "it has expired"},
    {18, "nobody but itself vouches for it"},
    {19, "it is of a CA that kafka.ssl.ca.location does not have"},
    {20, "it is of a CA that kafka.ssl.ca.location does not have"},
    {21, "it is of a CA that kafka.ssl.ca.location does not have"},
    {23, "it was revoked"},
    {26, "it is not for servers"},
    {62, "it is of another host than this one"},
    {64, "it is of another address than this one"},
};

/* Called on librdkafka's threads for each certificate of the chain, with OpenSSL's judgement, which stands. */
static int certificate_judge(rd_kafka_t *kafka, const char *broker, int32_t broker_id, int *x509_error, int depth,
                             const char *certificate, size_t size, char *why, size_t why_size, void *opaque)
{
    (void)kafka, (void)broker, (void)broker_id, (void)depth, (void)certificate, (void)size, (void)opaque;
    if (*x509_error == 0)
        return 1;
    snprintf(why, why_size, "OpenSSL's verification error %d", *x509_error);
    for (size_t i = 0; i < sizeof(certificate_faults) / sizeof(certificate_faults[0]); i++)
        if (certificate_faults[i].number == *x509_error)
            snprintf(why, why_size, "%s", certificate_faults[i].what);
    return 0;
}

void connection_fault_name_certificates(rd_kafka_conf_t *configuration)
{
    char verifies[8];
    size_t size = sizeof(verifies);
    const char *name = "enable.ssl.certificate.verification";
    if (rd_kafka_conf_get(configuration, name, verifies, &size) == RD_KAFKA_CONF_OK && strcmp(verifies, "true") == 0)
        rd_kafka_conf_set_ssl_cert_verify_cb(configuration, certificate_judge); /* without TLS: no certificates */
}
