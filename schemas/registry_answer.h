/* What an answer of a schema registry means. Each function's WHY is for an operator, without the address. */
#ifndef SCHEMAS_REGISTRY_ANSWER_H
#define SCHEMAS_REGISTRY_ANSWER_H

#include <jansson.h>

#include "schemas/http_client.h"
#include "schemas/registry.h"

/* By status and error code. OK: *JSON is an object, to be json_decref'ed; else it is NULL. */
enum registry_answer registry_answer_of(const struct http_reply *reply, json_t **json,
                                        char why[static REGISTRY_WHY_SIZE]);

/* The id in an answer: OK; UNUSABLE, an id that none can have; or UNAVAILABLE, none is there. */
enum registry_answer registry_answer_id(const json_t *json, uint32_t *id, char why[static REGISTRY_WHY_SIZE]);

/* The schema in an answer, if it is one that records can be read by: OK, and *TEXT is to be freed; UNUSABLE: it
 * is not; or UNAVAILABLE: none is there. */
enum registry_answer registry_answer_schema(const json_t *json, char **text, size_t *length,
                                            char why[static REGISTRY_WHY_SIZE]);

#endif
