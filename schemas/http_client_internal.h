/* A client of HTTP from within: http_client.c (life, and how it asks), http_request.c (a request and what came of it),
 * http_reply.c (the answer as it comes in).
 */
#ifndef SCHEMAS_HTTP_CLIENT_INTERNAL_H
#define SCHEMAS_HTTP_CLIENT_INTERNAL_H

#include <curl/curl.h>

#include "schemas/http_client.h"

struct http_client {
    CURL *curl;
    struct http_settings settings; /* with texts of our own */
};

/* Its handle as the settings have it, with nothing left of the request before. */
void http_client_configure(struct http_client *client);

/* What comes in to CURL is taken into REPLY, of which at most BYTES_MAX of the body. */
void http_reply_init(struct http_reply *reply, size_t bytes_max, CURL *curl);

/* What CURL knows of it when the transfer has ended. */
void http_reply_take_status(struct http_reply *reply, CURL *curl);

#endif
