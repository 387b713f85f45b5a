#include "consumer/alertmanager_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/clock.h"
#include "consumer/log.h"
#include "consumer/settings_http.h"
#include "schemas/http_client.h"

#define COMPONENT "alertmanager"
#define URL_SIZE 2048
#define REPLY_BYTES_MAX (1 << 20)
#define LIST_BYTES_MAX (256 << 20) /* some 1.6 kB an alert */
/* Alertmanager computes what mutes each of them, by looking at each other: minutes where there are ten thousands. */
#define LIST_TIMEOUT_MS 600000
#define AHEAD_MS_MIN 3000 /* less is rounding, and the way here */
#define TEXT_SHOWN 200

struct alertmanager_client {
    struct http_client *calls, *lists;
    char url[URL_SIZE];
};

struct alertmanager_client *alertmanager_client_new(const struct settings *settings, const char *url,
                                                    const atomic_bool *is_stopped)
{
    struct http_settings http = settings_http_alertmanager(settings);
    struct alertmanager_client *client = calloc(1, sizeof(*client));
    if (client == NULL)
        return NULL;
    snprintf(client->url, sizeof(client->url), "%s", url);
    http.is_cancelled = is_stopped;
    http.reply_bytes_max = REPLY_BYTES_MAX;
    client->calls = http_client_new(&http);
    http.timeout_ms = LIST_TIMEOUT_MS;
    http.reply_bytes_max = LIST_BYTES_MAX;
    client->lists = http_client_new(&http);
    if (client->calls != NULL && client->lists != NULL)
        return client;
    alertmanager_client_free(client);
    return NULL;
}

void alertmanager_client_free(struct alertmanager_client *client)
{
    if (client == NULL)
        return;
    http_client_free(client->calls);
    http_client_free(client->lists);
    free(client);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static const enum alertmanager_answer answers[HTTP_ANSWER_COUNT] = {
    [HTTP_ANSWERED] = ALERTMANAGER_OK,
    [HTTP_UNAVAILABLE] = ALERTMANAGER_UNAVAILABLE,
    [HTTP_UNTRUSTED] = ALERTMANAGER_UNTRUSTED,
    [HTTP_MISCONFIGURED] = ALERTMANAGER_MISCONFIGURED,
    [HTTP_FORBIDDEN] = ALERTMANAGER_MISCONFIGURED,
};

static const char *text_of(const struct http_reply *reply)
{
    return reply->bytes == NULL ? "" : reply->bytes;
}

/* What it says of a refusal may repeat labels and addresses of alerts: that is for nobody but who looks for a fault. */
static void say_status(const struct alertmanager_client *client, const struct http_reply *reply,
                       char why[static ALERTMANAGER_WHY_SIZE])
{
    char text[TEXT_SHOWN + 1];
    snprintf(text, sizeof(text), "%s", text_of(reply));
    log_debug(COMPONENT, "an answer address=%s status=%ld text=%s", client->url, reply->status, LOG_QUOTED(text));
    snprintf(why, ALERTMANAGER_WHY_SIZE, "status %ld", reply->status);
}

/* OK: REPLY is to be fini'ed. */
static enum alertmanager_answer ask(const struct alertmanager_client *client, struct http_client *http,
                                    const struct http_request *request, struct http_reply *reply,
                                    char why[static ALERTMANAGER_WHY_SIZE])
{
    enum alertmanager_answer answer = answers[http_request_send(http, request, reply, why)];
    if (answer != ALERTMANAGER_OK)
        return answer;
    answer = alertmanager_answer_of_status(reply->status);
    if (answer != ALERTMANAGER_OK)
        say_status(client, reply, why);
    else if (reply->is_too_long)
        answer = alertmanager_strange("the answer is too long", why);
    else
        why[0] = '\0';
    if (answer != ALERTMANAGER_OK)
        http_reply_fini(reply);
    return answer;
}

static enum alertmanager_answer get(const struct alertmanager_client *client, struct http_client *http, const char *url,
                                    struct http_reply *reply, char why[static ALERTMANAGER_WHY_SIZE])
{
    static const char *const headers[] = {"Accept: application/json", NULL};
    const struct http_request request = {.method = "GET", .url = url, .headers = headers};
    return ask(client, http, &request, reply, why);
}

/* --- when it was started ------------------------------------------------------------------------------------------ */

/* Its answer was dated between the two, to the second. */
static int64_t ahead_of(const struct http_reply *reply, int64_t asked_ms, int64_t answered_ms)
{
    const int64_t ahead_ms = reply->date_s * 1000 + 500 - (asked_ms + answered_ms) / 2;
    return reply->date_s == 0 || llabs(ahead_ms) < AHEAD_MS_MIN ? 0 : ahead_ms;
}

enum alertmanager_answer alertmanager_client_status(struct alertmanager_client *client, int64_t *started_at_ms,
                                                    int64_t *ahead_ms, char why[static ALERTMANAGER_WHY_SIZE])
{
    char url[URL_SIZE + 64];
    struct http_reply reply;
    const int64_t asked_ms = clock_wall_ms();
    snprintf(url, sizeof(url), "%s/api/v2/status", client->url);
    const enum alertmanager_answer answer = get(client, client->calls, url, &reply, why);
    if (answer != ALERTMANAGER_OK)
        return answer;
    *ahead_ms = ahead_of(&reply, asked_ms, clock_wall_ms());
    const bool is_read = alertmanager_read_started(text_of(&reply), reply.length, started_at_ms);
    http_reply_fini(&reply);
    return is_read ? ALERTMANAGER_OK : alertmanager_strange("its status does not say since when it is up", why);
}

/* --- what it has -------------------------------------------------------------------------------------------------- */

enum alertmanager_answer alertmanager_client_list(struct alertmanager_client *client, const char *service,
                                                  enum alertmanager_answer (*on_alert)(void *context,
                                                                                       const json_t *alert),
                                                  void *context, char why[static ALERTMANAGER_WHY_SIZE])
{
    char url[URL_SIZE + 256];
    struct http_reply reply;
    /* the service's name is one that needs no escapes (settings_table.c) */
    snprintf(url, sizeof(url), "%s/api/v2/alerts?filter=service%%3D%%22%s%%22", client->url, service);
    enum alertmanager_answer answer = get(client, client->lists, url, &reply, why);
    if (answer != ALERTMANAGER_OK)
        return answer;
    answer = alertmanager_read_list(text_of(&reply), reply.length, on_alert, context, why);
    http_reply_fini(&reply);
    return answer;
}

/* --- telling it --------------------------------------------------------------------------------------------------- */

enum alertmanager_answer alertmanager_client_post(struct alertmanager_client *client, const json_t *alerts,
                                                  char why[static ALERTMANAGER_WHY_SIZE])
{
    static const char *const headers[] = {"Content-Type: application/json", NULL};
    char url[URL_SIZE + 64], *body = json_dumps(alerts, JSON_COMPACT);
    struct http_reply reply;
    snprintf(url, sizeof(url), "%s/api/v2/alerts", client->url);
    snprintf(why, ALERTMANAGER_WHY_SIZE, "memory is short");
    if (body == NULL)
        return ALERTMANAGER_UNAVAILABLE;
    const struct http_request request = {
        .method = "POST", .url = url, .headers = headers, .body = body, .body_length = strlen(body)};
    const enum alertmanager_answer answer = ask(client, client->calls, &request, &reply, why);
    free(body);
    if (answer == ALERTMANAGER_OK)
        http_reply_fini(&reply);
    return answer;
}
