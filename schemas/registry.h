/* A schema registry, asked over Confluent's REST interface (Confluent, Apicurio, Karapace): which schema an id stands
 * for, which id a schema has, and that a schema is to be kept.
 *
 * The calls block for as long as the settings allow; one thread at a time may use a client. Whatever answers is not
 * trusted: the answer's length, its form, and the schema in it are checked here. No certificate is taken unseen, no
 * redirect followed, no proxy of the environment asked.
 */
#ifndef SCHEMAS_REGISTRY_H
#define SCHEMAS_REGISTRY_H

#include <stddef.h>
#include <stdint.h>

#include "schemas/http_client.h"

#define REGISTRY_WHY_SIZE 512
#define REGISTRY_REPLY_BYTES_MAX 1048576 /* longer answers are cut off, and not used */
#define REGISTRY_SCHEMA_BYTES_MAX 262144 /* longer schemas are not used */

/* X(SYMBOL, sentence). ABSENT is definite, and so is UNUSABLE: the schema or id was read, and is unfit, or is longer
 * than is taken. UNAVAILABLE is to be asked again, and covers whatever may pass: nobody there, a time-out, 5xx, an
 * answer that is no registry's, even with status 200 (a page about maintenance, half an answer). UNTRUSTED is one whose
 * certificate is not believed, MISCONFIGURED a file of the settings that is not what it should be. */
#define REGISTRY_ANSWERS(X)                                                                                            \
    X(OK, "answered")                                                                                                  \
    X(ABSENT, "has no such schema")                                                                                    \
    X(UNUSABLE, "answered with what can not be used")                                                                  \
    X(INCOMPATIBLE, "refused a schema that does not go together with the earlier ones of its subject")                 \
    X(REFUSED, "refused what was asked as invalid")                                                                    \
    X(DENIED, "refused access")                                                                                        \
    X(UNTRUSTED, "is not trusted")                                                                                     \
    X(MISCONFIGURED, "can not be asked with the settings as they are")                                                 \
    X(UNAVAILABLE, "can not be asked now")

/* clang-format off */
enum registry_answer {
#define X(symbol, sentence) REGISTRY_##symbol,
    REGISTRY_ANSWERS(X)
#undef X
    REGISTRY_ANSWER_COUNT
};
/* clang-format on */
extern const char *const registry_answer_sentences[REGISTRY_ANSWER_COUNT];

/* A client of the registry at URLS: separated by commas, right (http_urls_check) and not ""; they are tried in turn,
 * from the last that worked on. It keeps what it needs of HTTP, but for how much is taken of an answer. NULL: memory is
 * short.
 */
struct registry;
struct registry *registry_new(const char *urls, const struct http_settings *http);
void registry_free(struct registry *registry);

/* The calls. WHY is a line for an operator: which address, and what it said; it holds no credentials. It is "" where
 * the answer is OK. */

/* The schema that ID stands for: an Avro schema that schema_tree_init takes. *TEXT, NUL-terminated, is to be freed by
 * the caller; it is NULL where the answer is not OK. Answers: all but INCOMPATIBLE and REFUSED. */
enum registry_answer registry_schema_get(struct registry *registry, uint32_t id, char **text, size_t *length,
                                         char why[static REGISTRY_WHY_SIZE]);

/* Keeps TEXT as a version of SUBJECT, unless it is one already; its *ID. */
enum registry_answer registry_schema_register(struct registry *registry, const char *subject, const char *text,
                                              uint32_t *id, char why[static REGISTRY_WHY_SIZE]);

/* The *ID that TEXT, however it is laid out, has in SUBJECT; ABSENT: it is no version of it. Changes nothing. */
enum registry_answer registry_schema_look_up(struct registry *registry, const char *subject, const char *text,
                                             uint32_t *id, char why[static REGISTRY_WHY_SIZE]);

/* From now on versions of SUBJECT must be compatible as LEVEL says: "FULL_TRANSITIVE", … */
enum registry_answer registry_compatibility_set(struct registry *registry, const char *subject, const char *level,
                                                char why[static REGISTRY_WHY_SIZE]);

#endif
