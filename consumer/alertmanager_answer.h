/* What Alertmanager answers, be it really one or not: sorted out, and read. Pure. */
#ifndef CONSUMER_ALERTMANAGER_ANSWER_H
#define CONSUMER_ALERTMANAGER_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#define ALERTMANAGER_WHY_SIZE 768

/* X(SYMBOL, sentence). All but OK are to be tried again: what is wrong may be mended at either end. */
#define ALERTMANAGER_ANSWERS(X)                                                                                        \
    X(OK, "answered")                                                                                                  \
    X(UNAVAILABLE, "can not be reached now")                                                                           \
    X(DENIED, "refuses access: look at alertmanager.username and its password, or the certificate")                    \
    X(UNTRUSTED, "is not trusted: look at alertmanager.ca_file, and at the host's name in alertmanager.urls")          \
    X(MISCONFIGURED, "can not be asked with the settings as they are")                                                 \
    X(REFUSED, "does not take what it is told")                                                                        \
    X(STRANGE, "answers as no Alertmanager does: look at alertmanager.urls")

/* clang-format off */
enum alertmanager_answer {
#define X(symbol, sentence) ALERTMANAGER_##symbol,
    ALERTMANAGER_ANSWERS(X)
#undef X
    ALERTMANAGER_ANSWER_COUNT
};
/* clang-format on */
extern const char *const alertmanager_answer_sentences[ALERTMANAGER_ANSWER_COUNT];

enum alertmanager_answer alertmanager_answer_of_status(long status);

/* Says WHAT in WHY; STRANGE. */
enum alertmanager_answer alertmanager_strange(const char *what, char why[static ALERTMANAGER_WHY_SIZE]);

/* BYTES, which a NUL follows, as an answer to GET /api/v2/status: when it was started. */
bool alertmanager_read_started(const char *bytes, size_t length, int64_t *started_at_ms);

/* And as one to GET /api/v2/alerts: ON_ALERT is called for each of the list, and may end it with another answer, of
 * which it says WHY. */
enum alertmanager_answer alertmanager_read_list(const char *bytes, size_t length,
                                                enum alertmanager_answer (*on_alert)(void *context,
                                                                                     const json_t *alert),
                                                void *context, char why[static ALERTMANAGER_WHY_SIZE]);

#endif
