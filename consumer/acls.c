#include "consumer/acls.h"

#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "consumer/topic_set.h"

#define NAME_SIZE 256 /* of a topic, a group, a group and what follows it: settings_table.c */

const char *const acl_user_names[ACL_USER_COUNT] = {
#define X(symbol, name) [ACL_USER_##symbol] = name,
    ACL_USERS(X)
#undef X
};

static const struct {
    const char *symbol, *name;
} operations[ACL_OPERATION_COUNT] = {
#define X(symbol, name) [ACL_##symbol] = {#symbol, name},
    ACL_OPERATIONS(X)
#undef X
};

static const struct {
    const char *symbol, *option, *pattern;
} resources[] = {
#define X(symbol, option, pattern) [ACL_##symbol] = {#symbol, option, #pattern},
    ACL_RESOURCES(X)
#undef X
};

/* --- walking the table -------------------------------------------------------------------------------------------- */

static const struct acl_need *need_next(const struct acl_wish *wish, size_t *i)
{
    while (*i < acl_need_count) {
        const struct acl_need *need = &acl_needs[(*i)++];
        if ((need->users >> wish->user & 1) != 0)
            return need;
    }
    return NULL;
}

static bool need_has(const struct acl_need *need, enum acl_operation operation)
{
    return (need->operations >> operation & 1) != 0;
}

/* Transactional ids begin with the group; those of notify go on with its name. */
static const char *name_ending(const struct acl_need *need)
{
    if (need->resource != ACL_TRANSACTIONAL_ID)
        return "";
    return need->users == 1u << ACL_USER_NOTIFY ? "-notify-" : "-";
}

/* The name of resource number I of NEED, in NAME; false past the last. */
static bool need_name(const struct acl_need *need, const struct settings *settings, size_t *i,
                      char name[static NAME_SIZE])
{
    if (need->resource == ACL_TOPIC)
        *i = topic_set_next(need->topics, (enum topic) * i);
    if (*i >= (need->resource == ACL_TOPIC ? TOPIC_COUNT : 1))
        return false;
    if (need->resource == ACL_TOPIC)
        snprintf(name, NAME_SIZE, "%s", settings->topics[*i]);
    else
        snprintf(name, NAME_SIZE, "%s%s", settings->group, name_ending(need));
    (*i)++;
    return true;
}

/* --- for a shell -------------------------------------------------------------------------------------------------- */

#define PLAIN_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:,/@%+="

static void print_word(const char *text, FILE *out)
{
    const bool is_plain = text[strspn(text, PLAIN_CHARACTERS)] == '\0' && *text != '\0';
    fputs(is_plain ? " " : " '", out);
    for (; *text != '\0'; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            fputc(*text, out);
    fputs(is_plain ? "" : "'", out);
}

/* Whoever may alter ACLs logs in some way, too, where anybody has to. */
static bool broker_wants_login(const struct settings *settings)
{
    const char *protocol = settings_kafka(settings, "security.protocol");
    return protocol != NULL && strcasecmp(protocol, "plaintext") != 0;
}

static void print_command(const struct acl_wish *wish, const struct acl_need *need, FILE *out)
{
    char name[NAME_SIZE];
    fprintf(out, "# %s\nkafka-acls.sh --bootstrap-server", need->why);
    print_word(settings_kafka(wish->settings, "bootstrap.servers"), out);
    fprintf(out, "%s --add --allow-principal",
            broker_wants_login(wish->settings) ? " --command-config admin.properties" : "");
    print_word(wish->principal, out);
    for (enum acl_operation operation = 0; operation < ACL_OPERATION_COUNT; operation++)
        if (need_has(need, operation))
            fprintf(out, " --operation %s", operations[operation].name);
    for (size_t i = 0; need_name(need, wish->settings, &i, name);)
        fprintf(out, " --%s %s", resources[need->resource].option, name);
    if (strcmp(resources[need->resource].pattern, "PREFIXED") == 0)
        fputs(" --resource-pattern-type prefixed", out);
    fputc('\n', out);
}

void acls_print_commands(const struct acl_wish *wish, FILE *out)
{
    const struct acl_need *need;
    fprintf(out, "# What %s needs. Read and Write include Describe.\n", acl_user_names[wish->user]);
    if (broker_wants_login(wish->settings))
        fputs("# In admin.properties: the login of somebody who may alter ACLs.\n", out);
    for (size_t i = 0; (need = need_next(wish, &i)) != NULL;)
        print_command(wish, need, out);
}

/* --- for programs ------------------------------------------------------------------------------------------------- */

static json_t *acl_json(const struct acl_wish *wish, const struct acl_need *need, enum acl_operation operation,
                        const char *name)
{
    return json_pack("{ss ss ss ss ss ss ss ss}", "principal", wish->principal, "host", "*", "permissionType", "ALLOW",
                     "operation", operations[operation].symbol, "resourceType", resources[need->resource].symbol,
                     "resourceName", name, "patternType", resources[need->resource].pattern, "why", need->why);
}

static bool append_need(json_t *array, const struct acl_wish *wish, const struct acl_need *need)
{
    char name[NAME_SIZE];
    bool taken = true;
    for (size_t i = 0; need_name(need, wish->settings, &i, name);)
        for (enum acl_operation operation = 0; operation < ACL_OPERATION_COUNT; operation++)
            if (need_has(need, operation))
                taken &= json_array_append_new(array, acl_json(wish, need, operation, name)) == 0;
    return taken;
}

bool acls_print_json(const struct acl_wish *wish, FILE *out)
{
    const struct acl_need *need;
    json_t *array = json_array();
    bool taken = array != NULL;
    for (size_t i = 0; taken && (need = need_next(wish, &i)) != NULL;)
        taken = append_need(array, wish, need);
    if (taken && json_dumpf(array, out, JSON_INDENT(2)) == 0)
        fputc('\n', out);
    json_decref(array);
    return taken;
}

/* --- for people --------------------------------------------------------------------------------------------------- */

static void print_operations(const struct acl_need *need, FILE *out)
{
    char text[NAME_SIZE] = "";
    size_t length = 0;
    for (enum acl_operation operation = 0; operation < ACL_OPERATION_COUNT; operation++)
        if (need_has(need, operation))
            length += (size_t)snprintf(text + length, sizeof(text) - length, "%s%s", length == 0 ? "" : ", ",
                                       operations[operation].name);
    fprintf(out, "%-26s  ", text);
}

static void print_row(const struct acl_wish *wish, const struct acl_need *need, FILE *out)
{
    char name[NAME_SIZE];
    const bool is_prefix = strcmp(resources[need->resource].pattern, "PREFIXED") == 0;
    fprintf(out, "%-16s  ", resources[need->resource].option);
    print_operations(need, out);
    for (size_t i = 0, first = 1; need_name(need, wish->settings, &i, name); first = 0)
        fprintf(out, "%s%s%s", first ? "" : ", ", name, is_prefix ? "*" : "");
    fprintf(out, "\n%-16s  %s\n", "", need->why);
}

void acls_print_table(const struct acl_wish *wish, FILE *out)
{
    const struct acl_need *need;
    fprintf(out, "%-16s  %-26s  %s\n", "RESOURCE", "OPERATIONS", "NAMES");
    for (size_t i = 0; (need = need_next(wish, &i)) != NULL;)
        print_row(wish, need, out);
}
