/* Requests over HTTP, by libcurl, to one party at a time: a schema registry, a receiver of alerts.
 *
 * Each is bounded in time, and in how much is taken of the answer. Whatever answers is not trusted: no certificate is
 * taken unseen, no redirect followed, no other protocol spoken, no proxy of the environment asked.
 */
#ifndef SCHEMAS_HTTP_CLIENT_H
#define SCHEMAS_HTTP_CLIENT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_WHY_SIZE 512

struct sockaddr;

/* How a party is talked to. Texts may be NULL or "". */
struct http_settings {
    const char *section;             /* "registry": below which settings the files stand; an operator reads it */
    const char *username, *password; /* basic authentication; "": no login */
    const char *ca_file;             /* PEM; "": those that the system trusts */
    const char *certificate_file;    /* the client's, PEM; "": none */
    const char *key_file;            /* its key; "": in the certificate's file */
    int64_t timeout_ms;              /* of one request, connecting included */
    size_t reply_bytes_max;          /* of a body; more is cut off, and not used */
    /* Set: a request that waits is given up, at once by a signal or within a second, as UNAVAILABLE. NULL: never. */
    const atomic_bool *is_cancelled;
    /* Of an address that a name was resolved to, and that is about to be connected to: what it is that must not be
     * talked to ("a private address"), or NULL where it may. NULL: any may. It decides about the very address that is
     * connected to, so a name that is resolved to something else the next moment does not get around it. */
    const char *(*address_fault)(const struct sockaddr *address);
};

struct http_request {
    const char *method;
    const char *url;            /* http or https */
    const char *const *headers; /* "Name: value", up to a NULL; NULL: none */
    const char *body;           /* NULL: none */
    size_t body_length;
};

struct http_reply {
    long status;
    int64_t retry_after_s; /* of Retry-After, be it seconds or a date; 0: there is none, or it is over */
    int64_t date_s;        /* of Date, since 1970: what time it is there; 0: it does not say */
    char *bytes;           /* the body, NUL-terminated; NULL: none, or longer than is taken */
    size_t length;
    size_t head_length; /* of its headers, so far */
    size_t bytes_max;
    bool is_too_long; /* longer than bytes_max */
};

/* X(SYMBOL, sentence). UNAVAILABLE covers whatever may pass: nobody there, a time-out, half an answer. UNTRUSTED is a
 * certificate that is not believed, MISCONFIGURED a file of the settings that is not what it should be, FORBIDDEN a
 * name that stands for nothing but addresses that must not be connected to. */
#define HTTP_ANSWERS(X)                                                                                                \
    X(ANSWERED, "answered")                                                                                            \
    X(UNAVAILABLE, "can not be reached now")                                                                           \
    X(UNTRUSTED, "is not trusted")                                                                                     \
    X(MISCONFIGURED, "can not be asked with the settings as they are")                                                 \
    X(FORBIDDEN, "has an address that must not be talked to")

/* clang-format off */
enum http_answer {
#define X(symbol, sentence) HTTP_##symbol,
    HTTP_ANSWERS(X)
#undef X
    HTTP_ANSWER_COUNT
};
/* clang-format on */
extern const char *const http_answer_sentences[HTTP_ANSWER_COUNT];

/* A client, for one thread at a time; it keeps its connections open from one request to the next, and what it needs of
 * SETTINGS, a password of which is wiped in the end. NULL: memory is short. */
struct http_client;
struct http_client *http_client_new(const struct http_settings *settings);
void http_client_free(struct http_client *client);

/* Sends REQUEST and waits. ANSWERED: REPLY has its status, be it what it may, and is to be fini'ed; a body of which
 * more came than is taken does not change that. Else there is no whole answer, and nothing to fini; WHY is a line for
 * an operator, without the address. */
enum http_answer http_request_send(struct http_client *client, const struct http_request *request,
                                   struct http_reply *reply, char why[static HTTP_WHY_SIZE]);
void http_reply_fini(struct http_reply *reply);

#endif
