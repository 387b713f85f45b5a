/* Where the brokers are, and how one logs in there; no secret is in it. */
#include <string.h>
#include <strings.h>

#include "consumer/asyncapi_internal.h"
#include "schemas/http_urls.h"

static const struct {
    const char *mechanism, *type;
} logins[] = {
    {"PLAIN", "plain"},
    {"SCRAM-SHA-256", "scramSha256"},
    {"SCRAM-SHA-512", "scramSha512"},
    {"GSSAPI", "gssapi"},
};

static const char *property(const struct asyncapi *asyncapi, const char *name, const char *default_value)
{
    const char *value = settings_kafka(asyncapi->settings, name);
    return value == NULL ? default_value : value;
}

/* AsyncAPI's name for the login; NULL: none, or one it has no name for. */
static const char *login_type(const struct asyncapi *asyncapi, const char *protocol)
{
    if (strncasecmp(protocol, "sasl", 4) != 0) {
        const bool has_certificate = property(asyncapi, "ssl.certificate.location", NULL) != NULL ||
                                     property(asyncapi, "ssl.certificate.pem", NULL) != NULL ||
                                     property(asyncapi, "ssl.keystore.location", NULL) != NULL;
        return strcasecmp(protocol, "ssl") == 0 && has_certificate ? "X509" : NULL;
    }
    const char *mechanism = property(asyncapi, "sasl.mechanisms", "GSSAPI");
    for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++)
        if (strcasecmp(logins[i].mechanism, mechanism) == 0)
            return logins[i].type;
    return NULL;
}

/* The first of the registry's addresses; the others are the same registry. */
static json_t *registry_binding(struct asyncapi *asyncapi)
{
    char why[HTTP_URLS_WHY_SIZE];
    struct http_urls urls;
    json_t *binding = NULL;
    if (http_urls_init(&urls, asyncapi->settings->registry_urls, why))
        binding = json_pack("{ss ss}", "schemaRegistryUrl", urls.items[0], "schemaRegistryVendor", "confluent");
    http_urls_fini(&urls);
    return asyncapi_kafka_bindings(asyncapi, binding);
}

/* librdkafka takes a protocol before each address; the setting security.protocol is the one that counts. */
static json_t *server(struct asyncapi *asyncapi, const char *address, size_t length)
{
    static const char scheme[] = "://";
    const char *protocol = property(asyncapi, "security.protocol", "plaintext");
    const char *host = memmem(address, length, scheme, strlen(scheme));
    host = host == NULL ? address : host + strlen(scheme);
    const bool is_secure = strcasecmp(protocol, "ssl") == 0 || strcasecmp(protocol, "sasl_ssl") == 0;
    json_t *server = json_pack("{ss% ss}", "host", host, length - (size_t)(host - address), "protocol",
                               is_secure ? "kafka-secure" : "kafka");
    const char *login = login_type(asyncapi, protocol);
    if (login != NULL)
        asyncapi_put(asyncapi, server, "security", json_pack("[{ss}]", "type", login));
    if (settings_have_registry(asyncapi->settings))
        asyncapi_put(asyncapi, server, "bindings", registry_binding(asyncapi));
    return server;
}

json_t *asyncapi_servers(struct asyncapi *asyncapi)
{
    json_t *servers = json_object();
    const char *address = property(asyncapi, "bootstrap.servers", "");
    for (int number = 1; *(address += strspn(address, ", ")) != '\0'; number++) {
        char name[ASYNCAPI_NAME_SIZE];
        const size_t length = strcspn(address, ", ");
        snprintf(name, sizeof(name), "kafka-%d", number);
        asyncapi_put(asyncapi, servers, name, server(asyncapi, address, length));
        address += length;
    }
    return servers;
}
