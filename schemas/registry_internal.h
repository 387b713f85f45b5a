/* A client of a schema registry from within: who is asked. */
#ifndef SCHEMAS_REGISTRY_INTERNAL_H
#define SCHEMAS_REGISTRY_INTERNAL_H

#include <jansson.h>

#include "schemas/http_client.h"
#include "schemas/http_urls.h"
#include "schemas/registry.h"

struct registry {
    struct http_client *http;
    struct http_urls urls;
    size_t last_good; /* the address that answered last */
};

struct registry_request {
    const char *method;
    const char *path; /* from the "/" behind the registry's address on */
    const char *body; /* JSON, or NULL */
};

/* Asks the first address that answers, beginning with the one that did last time. OK: *JSON is an object, to be
 * json_decref'ed; else it is NULL, and WHY has the address with what it said, or all of them. */
enum registry_answer registry_ask(struct registry *registry, const struct registry_request *request, json_t **json,
                                  char why[static REGISTRY_WHY_SIZE]);

/* ANSWER; where it is not OK, WHAT goes to WHY as said of the address that answered;
 * UNAVAILABLE: the next question goes to another address first. */
enum registry_answer registry_conclude(struct registry *registry, enum registry_answer answer, const char *what,
                                       char why[static REGISTRY_WHY_SIZE]);

#endif
