/* A client of HTTP from within. */
#ifndef SCHEMAS_HTTP_CLIENT_H
#define SCHEMAS_HTTP_CLIENT_H

#include <curl/curl.h>

#include "schemas/http_request.h"

struct http_client {
    CURL *curl;
    struct http_settings settings; /* with texts of our own */
};

/* Its handle as the settings have it, with nothing left of the request before. */
void http_client_configure(struct http_client *client);

#endif
