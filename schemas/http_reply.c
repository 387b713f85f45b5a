#include "schemas/http_client_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HEAD_BYTES_MAX 65536

/* LINE is not NUL-terminated. */
static void note_date(struct http_reply *reply, const char *line, size_t length)
{
    static const char name[] = "Date:";
    char date[64];
    if (length < sizeof(name) || strncasecmp(line, name, sizeof(name) - 1) != 0)
        return;
    snprintf(date, sizeof(date), "%.*s", (int)(length - sizeof(name) + 1), line + sizeof(name) - 1);
    const time_t seconds = curl_getdate(date, NULL);
    reply->date_s = seconds > 0 ? (int64_t)seconds : 0;
}

static size_t on_head(char *bytes, size_t size, size_t count, void *context)
{
    struct http_reply *reply = context;
    reply->head_length += size * count;
    note_date(reply, bytes, size * count);
    return reply->head_length <= HEAD_BYTES_MAX ? size * count : 0;
}

/* Anything but the number of bytes ends the transfer. */
static size_t on_bytes(char *bytes, size_t size, size_t count, void *context)
{
    struct http_reply *reply = context;
    const size_t more = size * count;
    reply->is_too_long |= more > reply->bytes_max - reply->length;
    char *larger = reply->is_too_long ? NULL : realloc(reply->bytes, reply->length + more + 1);
    if (larger == NULL)
        return 0;
    memcpy(larger + reply->length, bytes, more);
    reply->bytes = larger;
    reply->length += more;
    larger[reply->length] = '\0';
    return more;
}

void http_reply_init(struct http_reply *reply, size_t bytes_max, CURL *curl)
{
    *reply = (struct http_reply){.bytes_max = bytes_max};
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
}

void http_reply_take_status(struct http_reply *reply, CURL *curl)
{
    curl_off_t retry_after_s = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after_s);
    reply->retry_after_s = retry_after_s > 0 ? retry_after_s : 0;
}

void http_reply_fini(struct http_reply *reply)
{
    free(reply->bytes);
    *reply = (struct http_reply){0};
}
