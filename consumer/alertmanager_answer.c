#include "consumer/alertmanager_answer.h"

#include <stdio.h>
#include <string.h>

#include "schemas/instant.h"

const char *const alertmanager_answer_sentences[ALERTMANAGER_ANSWER_COUNT] = {
#define X(symbol, sentence) sentence,
    ALERTMANAGER_ANSWERS(X)
#undef X
};

enum alertmanager_answer alertmanager_answer_of_status(long status)
{
    if (status == 200)
        return ALERTMANAGER_OK;
    if (status == 401 || status == 403)
        return ALERTMANAGER_DENIED;
    if (status == 400 || status == 413 || status == 422)
        return ALERTMANAGER_REFUSED;
    return status >= 500 || status == 429 ? ALERTMANAGER_UNAVAILABLE : ALERTMANAGER_STRANGE;
}

enum alertmanager_answer alertmanager_strange(const char *what, char why[static ALERTMANAGER_WHY_SIZE])
{
    snprintf(why, ALERTMANAGER_WHY_SIZE, "%s", what);
    return ALERTMANAGER_STRANGE;
}

bool alertmanager_read_started(const char *bytes, size_t length, int64_t *started_at_ms)
{
    json_t *status = json_loadb(bytes, length, 0, NULL);
    const json_t *uptime = json_object_get(status, "uptime");
    const bool is_read = json_is_string(uptime) &&
                         instant_parse(json_string_value(uptime), json_string_length(uptime), started_at_ms);
    json_decref(status);
    return is_read;
}

static const char *skip(const char *at, const char *characters)
{
    return at + strspn(at, characters);
}

/* One after the other: as a tree all of them together would be many times as large. */
enum alertmanager_answer alertmanager_read_list(const char *bytes, size_t length,
                                                enum alertmanager_answer (*on_alert)(void *context,
                                                                                     const json_t *alert),
                                                void *context, char why[static ALERTMANAGER_WHY_SIZE])
{
    const char *at = skip(bytes, " \n\r\t");
    enum alertmanager_answer answer = ALERTMANAGER_OK;
    if (*at != '[')
        return alertmanager_strange("its alerts are no list", why);
    at = skip(at + 1, " \n\r\t");
    while (*at != ']' && answer == ALERTMANAGER_OK) {
        json_error_t error;
        json_t *alert = json_loadb(at, length - (size_t)(at - bytes), JSON_DISABLE_EOF_CHECK, &error);
        answer = alert == NULL ? alertmanager_strange("its list of alerts can not be read", why)
                               : on_alert(context, alert);
        at = alert == NULL ? "" : skip(at + error.position, ", \n\r\t");
        json_decref(alert);
    }
    return answer;
}
