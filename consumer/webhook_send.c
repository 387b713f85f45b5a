#include "consumer/webhook_send.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/webhook_signature.h"
#include "consumer/settings_http.h"
#include "schemas/ascii.h"
#include "schemas/http_client.h"

#define HEADER_SIZE 256
#define MS_A_SECOND 1000
#define REPLY_BYTES_MAX 65536 /* read so that the connection can be kept, and not looked at */

static_assert(WEBHOOK_WHY_SIZE >= HTTP_WHY_SIZE && WEBHOOK_WHY_SIZE >= WEBHOOK_SECRET_WHY_SIZE, "what they say fits");
static_assert(HEADER_SIZE > WEBHOOK_SIGNATURE_SIZE + 32 && HEADER_SIZE > CLOUD_EVENT_ID_SIZE + 32, "headers fit");

struct webhook {
    struct http_client *http;
    char *url;
    struct webhook_keys keys;
};

const struct webhook_outcome_row webhook_outcomes[WEBHOOK_OUTCOME_COUNT] = {
#define X(symbol, whom, sentence) {#symbol, WEBHOOK_OF_##whom, sentence},
    WEBHOOK_OUTCOMES(X)
#undef X
};

/* --- life --------------------------------------------------------------------------------------------------------- */

struct webhook *webhook_new(const struct settings *settings, const struct subscription *subscription,
                            const atomic_bool *is_cancelled)
{
    struct http_settings http = settings_http_webhooks(settings);
    char why[WEBHOOK_SECRET_WHY_SIZE];
    struct webhook *webhook = calloc(1, sizeof(*webhook));
    if (webhook == NULL)
        return NULL;
    http.reply_bytes_max = REPLY_BYTES_MAX;
    http.is_cancelled = is_cancelled;
    webhook->http = http_client_new(&http);
    webhook->url = strdup(subscription->url);
    if (webhook->http != NULL && webhook->url != NULL &&
        webhook_keys_init(&webhook->keys, subscription->secret.text, why))
        return webhook;
    webhook_free(webhook);
    return NULL;
}

void webhook_free(struct webhook *webhook)
{
    if (webhook == NULL)
        return;
    http_client_free(webhook->http);
    free(webhook->url);
    webhook_keys_fini(&webhook->keys);
    free(webhook);
}

/* --- what an answer means ----------------------------------------------------------------------------------------- */

/* The first row that has a status decides. What tells of the url, or of the secret, would be told of any event. */
static const struct {
    long first, last;
    enum webhook_outcome outcome;
    const char *says;
} statuses[] = {
    {200, 299, WEBHOOK_DELIVERED, ""}, {300, 399, WEBHOOK_DENIED, ", and redirects are not followed"},
    {401, 401, WEBHOOK_DENIED, ""},    {403, 405, WEBHOOK_DENIED, ""}, /* forbidden, not found, method not allowed */
    {407, 407, WEBHOOK_DENIED, ""},    {408, 408, WEBHOOK_FAILED, ""}, /* it waited for the request */
    {410, 410, WEBHOOK_GONE, ""},      {421, 421, WEBHOOK_DENIED, ""}, /* another host's */
    {425, 425, WEBHOOK_FAILED, ""},                                    /* too early */
    {429, 429, WEBHOOK_BUSY, ""},      {400, 499, WEBHOOK_REFUSED, ""},
    {503, 503, WEBHOOK_BUSY, ""},      {0, LONG_MAX, WEBHOOK_FAILED, ""},
};

static enum webhook_outcome outcome_of_status(long status, struct webhook_reply *reply)
{
    size_t i = 0;
    while (status < statuses[i].first || status > statuses[i].last)
        i++;
    if (statuses[i].outcome != WEBHOOK_DELIVERED)
        snprintf(reply->why, sizeof(reply->why), "status %ld%s", status, statuses[i].says);
    return statuses[i].outcome;
}

static const enum webhook_outcome outcomes[HTTP_ANSWER_COUNT] = {
    [HTTP_ANSWERED] = WEBHOOK_DELIVERED, /* its status decides */
    [HTTP_UNAVAILABLE] = WEBHOOK_FAILED,          [HTTP_UNTRUSTED] = WEBHOOK_UNTRUSTED,
    [HTTP_MISCONFIGURED] = WEBHOOK_MISCONFIGURED, [HTTP_FORBIDDEN] = WEBHOOK_FORBIDDEN,
};

/* --- an attempt --------------------------------------------------------------------------------------------------- */

static enum webhook_outcome post(struct webhook *webhook, const struct http_request *request,
                                 struct webhook_reply *reply)
{
    struct http_reply http;
    const enum http_answer answer = http_request_send(webhook->http, request, &http, reply->why);
    if (answer != HTTP_ANSWERED) {
        ascii_replace_others(reply->why);
        return outcomes[answer];
    }
    reply->status = http.status;
    reply->retry_after_s = http.retry_after_s;
    http_reply_fini(&http);
    return outcome_of_status(reply->status, reply);
}

enum webhook_outcome webhook_send(struct webhook *webhook, const struct webhook_event *event, int64_t now_ms,
                                  struct webhook_reply *reply)
{
    char id[HEADER_SIZE], timestamp[HEADER_SIZE], signatures[HEADER_SIZE], signature[WEBHOOK_SIGNATURE_SIZE];
    const char *const headers[] = {"Content-Type: " WEBHOOK_CONTENT_TYPE, id, timestamp, signatures, NULL};
    const struct http_request request = {.method = "POST",
                                         .url = webhook->url,
                                         .headers = headers,
                                         .body = event->body,
                                         .body_length = event->body_length};
    const int64_t now_s = now_ms / MS_A_SECOND;
    *reply = (struct webhook_reply){.status = 0};
    if (!webhook_signature_write(&webhook->keys, event->id, now_s, event->body, event->body_length, signature)) {
        snprintf(reply->why, sizeof(reply->why), "it could not be signed: memory is short");
        return WEBHOOK_FAILED;
    }
    snprintf(id, sizeof(id), "webhook-id: %s", event->id);
    snprintf(timestamp, sizeof(timestamp), "webhook-timestamp: %" PRId64, now_s);
    snprintf(signatures, sizeof(signatures), "webhook-signature: %s", signature);
    return post(webhook, &request, reply);
}
