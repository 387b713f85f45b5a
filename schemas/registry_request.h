/* One request over HTTP, by libcurl: bounded in time, and in how much is taken of the answer. */
#ifndef SCHEMAS_REGISTRY_REQUEST_H
#define SCHEMAS_REGISTRY_REQUEST_H

#include <curl/curl.h>

#include "schemas/registry.h"

struct registry_request {
    const char *method;
    const char *path; /* from the "/" behind the registry's address on */
    const char *body; /* JSON, or NULL */
};

struct registry_reply {
    long status;
    char *bytes; /* NULL: none, or longer than is taken */
    size_t length;
    size_t head_length; /* of its headers, so far */
    bool is_too_long;   /* longer than REGISTRY_REPLY_BYTES_MAX */
};

/* Sends REQUEST to ADDRESS with the login of SETTINGS. OK: REPLY has its status, be it what it may, and is to be
 * fini'ed. UNTRUSTED, MISCONFIGURED, UNAVAILABLE: there is no whole answer, and nothing to fini; WHY says why, without
 * the address. */
enum registry_answer registry_request(CURL *curl, const struct registry_settings *settings, const char *address,
                                      const struct registry_request *request, struct registry_reply *reply,
                                      char why[static REGISTRY_WHY_SIZE]);
void registry_reply_fini(struct registry_reply *reply);

#endif
