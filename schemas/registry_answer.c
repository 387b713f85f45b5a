#include "schemas/registry_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/schema_tree.h"

#define MESSAGE_LENGTH_MAX 240

/* --- whether it is an answer -------------------------------------------------------------------------------------- */

/* ABSENT only if the registry says so itself: a 404 may also be a proxy's. */
static const struct {
    long status;
    enum registry_answer answer;
    const char *what;
} statuses[] = {
    {200, REGISTRY_OK, ""},
    {201, REGISTRY_OK, ""},
    {401, REGISTRY_DENIED, "the login is wrong or missing"},
    {403, REGISTRY_DENIED, "the login has not the right to this"},
    {404, REGISTRY_ABSENT, ""},
    {409, REGISTRY_INCOMPATIBLE, ""},
    {422, REGISTRY_REFUSED, ""},
};

/* Of error_code: no such subject, no such version, no such schema. */
static bool is_code_of_absence(json_int_t code)
{
    return code == 40401 || code == 40402 || code == 40403;
}

static enum registry_answer unusable(char why[static REGISTRY_WHY_SIZE], const char *what)
{
    snprintf(why, REGISTRY_WHY_SIZE, "%s", what);
    return REGISTRY_UNUSABLE;
}

/* Between quotes nothing of others may look like their end. */
static void replace_quotes(char *text)
{
    for (; (text = strpbrk(text, "\"\\")) != NULL; text++)
        *text = '\'';
}

/* With the registry's own words, but of a refused login: what was sent might be repeated there. */
static void quote(char why[static REGISTRY_WHY_SIZE], long status, const char *what, const json_t *json)
{
    const char *message = *what == '\0' ? json_string_value(json_object_get(json, "message")) : NULL;
    char quoted[MESSAGE_LENGTH_MAX + 1] = "";
    snprintf(quoted, sizeof(quoted), "%s", message == NULL ? "" : message);
    replace_quotes(quoted);
    snprintf(why, REGISTRY_WHY_SIZE, "status %ld%s%s%s%s%s", status, *what == '\0' ? "" : ", ", what,
             message == NULL ? "" : ", \"", quoted, message == NULL ? "" : "\"");
}

/* Something else may answer in a registry's place for a while, a proxy's page above all: it tells nothing about a
 * schema. */
static enum registry_answer no_registry(char why[static REGISTRY_WHY_SIZE], const char *what)
{
    snprintf(why, REGISTRY_WHY_SIZE, "%s, which is not how a registry says it", what);
    return REGISTRY_UNAVAILABLE;
}

static enum registry_answer unavailable(char why[static REGISTRY_WHY_SIZE], long status)
{
    const bool is_redirect = status >= 300 && status < 400;
    snprintf(why, REGISTRY_WHY_SIZE, "status %ld%s", status,
             is_redirect ? ", and redirects are not followed"
             : status == 404
                 ? ", which is not how a registry says it; Apicurio is one at /apis/ccompat/v7 of its address"
                 : "");
    return REGISTRY_UNAVAILABLE;
}

static enum registry_answer read_right(const struct http_reply *reply, json_t **json,
                                       char why[static REGISTRY_WHY_SIZE])
{
    if (reply->is_too_long && reply->length > 0 && reply->bytes[0] == '{')
        return unusable(why, "the answer is longer than 1 MiB");
    if (!json_is_object(*json))
        return no_registry(why, "the answer is no JSON object");
    return REGISTRY_OK;
}

static enum registry_answer read_status(const struct http_reply *reply, json_t **json,
                                        char why[static REGISTRY_WHY_SIZE])
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        const enum registry_answer answer = statuses[i].answer;
        if (statuses[i].status != reply->status)
            continue;
        if (answer == REGISTRY_OK)
            return read_right(reply, json, why);
        if (answer == REGISTRY_ABSENT && !is_code_of_absence(json_integer_value(json_object_get(*json, "error_code"))))
            break;
        quote(why, reply->status, statuses[i].what, *json);
        return answer;
    }
    return unavailable(why, reply->status);
}

enum registry_answer registry_answer_of(const struct http_reply *reply, json_t **json,
                                        char why[static REGISTRY_WHY_SIZE])
{
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL; /* a schema with a NUL was read: it is no Avro */
    const bool is_whole = reply->bytes != NULL && !reply->is_too_long;
    *json = is_whole ? json_loadb(reply->bytes, reply->length, flags, NULL) : NULL;
    const enum registry_answer answer = read_status(reply, json, why);
    if (answer == REGISTRY_OK)
        return answer;
    json_decref(*json);
    *json = NULL;
    return answer;
}

/* --- what it says ------------------------------------------------------------------------------------------------- */

enum registry_answer registry_answer_id(const json_t *json, uint32_t *id, char why[static REGISTRY_WHY_SIZE])
{
    const json_t *value = json_object_get(json, "id");
    const json_int_t number = json_integer_value(value);
    if (!json_is_integer(value))
        return no_registry(why, "the answer has no id");
    if (number < 0 || number > INT32_MAX)
        return unusable(why, "the answer's id is not from 0 to 2147483647");
    *id = (uint32_t)number;
    return REGISTRY_OK;
}

static enum registry_answer check_kind(const json_t *json, char why[static REGISTRY_WHY_SIZE])
{
    const json_t *references = json_object_get(json, "references"), *type = json_object_get(json, "schemaType");
    const char *name = json_string_value(type);
    if (type != NULL && !json_is_null(type) && (name == NULL || strcmp(name, "AVRO") != 0)) {
        snprintf(why, REGISTRY_WHY_SIZE, "the schema's type is %.20s and not AVRO", name == NULL ? "no text" : name);
        return REGISTRY_UNUSABLE;
    }
    if (references != NULL && !json_is_null(references) &&
        (!json_is_array(references) || json_array_size(references) > 0))
        return unusable(why, "the schema refers to others (references); it must be written out");
    return REGISTRY_OK;
}

static enum registry_answer check_schema(const char *text, size_t length, char why[static REGISTRY_WHY_SIZE])
{
    struct schema_tree tree;
    struct schema_error error;
    if (length > REGISTRY_SCHEMA_BYTES_MAX)
        return unusable(why, "the schema is longer than 256 KiB");
    if (schema_tree_init(&tree, text, length, &error)) {
        schema_tree_fini(&tree);
        return REGISTRY_OK;
    }
    snprintf(why, REGISTRY_WHY_SIZE, "the schema is no Avro schema: %s%s%s", error.where,
             error.where[0] == '\0' ? "" : ": ", error.why);
    return REGISTRY_UNUSABLE;
}

enum registry_answer registry_answer_schema(const json_t *json, char **text, size_t *length,
                                            char why[static REGISTRY_WHY_SIZE])
{
    const json_t *schema = json_object_get(json, "schema");
    if (!json_is_string(schema))
        return no_registry(why, "the answer has no schema");
    enum registry_answer answer = check_kind(json, why);
    if (answer == REGISTRY_OK)
        answer = check_schema(json_string_value(schema), json_string_length(schema), why);
    if (answer != REGISTRY_OK)
        return answer;
    *length = json_string_length(schema);
    *text = strdup(json_string_value(schema));
    if (*text != NULL)
        return REGISTRY_OK;
    snprintf(why, REGISTRY_WHY_SIZE, "memory is short");
    return REGISTRY_UNAVAILABLE;
}
