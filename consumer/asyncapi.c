#include "consumer/asyncapi_internal.h"

#define DESCRIPTION                                                                                                    \
    "What placement-alerts reads and writes, by its settings.\n\n"                                                     \
    "Values are Avro, keys UTF-8 text. All topics have the same number of partitions, and what is about a child is "   \
    "in the child's partition: murmur2 of its child_id, as Java's producer has it. Read with "                         \
    "isolation.level=read_committed, or you see what was rolled back. Operations are those of placement-alerts: "      \
    "what it sends, others receive."

void asyncapi_put(struct asyncapi *asyncapi, json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        asyncapi->failed = true;
}

json_t *asyncapi_reference(const char *section, const char *name)
{
    return json_pack("{ss+++}", "$ref", "#/", section, "/", name);
}

json_t *asyncapi_kafka_bindings(struct asyncapi *asyncapi, json_t *binding)
{
    json_t *bindings = json_object();
    asyncapi_put(asyncapi, binding, "bindingVersion", json_string(ASYNCAPI_KAFKA_BINDINGS));
    asyncapi_put(asyncapi, bindings, "kafka", binding);
    return bindings;
}

static json_t *info(void)
{
    return json_pack("{ss ss ss s{ss}}", "title", "placement-alerts", "version", PROGRAM_VERSION, "description",
                     DESCRIPTION, "license", "name", "EUPL-1.2");
}

static json_t *document(struct asyncapi *asyncapi)
{
    json_t *root = json_object(), *components = json_object(), *servers = asyncapi_servers(asyncapi);
    asyncapi_put(asyncapi, root, "asyncapi", json_string("3.0.0"));
    asyncapi_put(asyncapi, root, "info", info());
    if (json_object_size(servers) > 0)
        asyncapi_put(asyncapi, root, "servers", json_incref(servers));
    json_decref(servers);
    asyncapi_put(asyncapi, root, "channels", asyncapi_channels(asyncapi));
    asyncapi_put(asyncapi, root, "operations", asyncapi_operations(asyncapi));
    asyncapi_put(asyncapi, components, "messages", asyncapi_messages(asyncapi));
    asyncapi_put(asyncapi, root, "components", components);
    return root;
}

bool asyncapi_print(const struct settings *settings, FILE *out)
{
    struct asyncapi asyncapi = {.settings = settings};
    json_t *root = document(&asyncapi);
    const bool printed = !asyncapi.failed && json_dumpf(root, out, JSON_INDENT(2)) == 0 && fputc('\n', out) != EOF;
    json_decref(root);
    return printed;
}
