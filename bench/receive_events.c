/* A receiver of webhooks that costs next to nothing: on 127.0.0.1, one connection at a time, which stays; it answers at
 * once and remembers what came when.
 *
 *     receive_events [--events=N] [--hang=1]
 *         <port>
 *         <received, monotonic s> <bytes of the body> <child>     for each, when N have come, or after SIGTERM
 *
 * With --hang it never answers.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/probe.h"

#define REQUEST_SIZE 65536
#define CHILD_SIZE 32
#define PATIENCE_S 300 /* then nobody sends */

static double events = 0, hang = 0;
static volatile sig_atomic_t is_stopped;

struct received {
    double at_s;
    size_t bytes;
    char child[CHILD_SIZE];
};

struct receiver {
    int listener;
    struct received *received;
    size_t count, room;
};

static void on_signal(int number)
{
    (void)number;
    is_stopped = 1;
}

static void remember(struct receiver *receiver, const char *body, size_t length)
{
    static const char name[] = "\"child_id\":\"";
    if (receiver->count == receiver->room) {
        receiver->room = 2 * receiver->room + 1000;
        receiver->received = realloc(receiver->received, receiver->room * sizeof receiver->received[0]);
        if (receiver->received == NULL)
            probe_fail("receiving", "memory is short");
    }
    struct received *received = &receiver->received[receiver->count++];
    *received = (struct received){.at_s = probe_now_s(), .bytes = length, .child = "-"};
    const char *child = strstr(body, name);
    if (child != NULL)
        snprintf(received->child, CHILD_SIZE, "%.*s", (int)strcspn(child + sizeof name - 1, "\""),
                 child + sizeof name - 1);
}

/* How long the request at the beginning of TEXT is, with its body at *BODY; 0: there is more to come. */
static size_t request_length(char *text, size_t length, char **body)
{
    static const char name[] = "Content-Length:";
    char *end = strstr(text, "\r\n\r\n");
    if (end == NULL)
        return 0;
    const char *header = strcasestr(text, name);
    if (header == NULL || header > end)
        probe_fail("receiving", "a request has no Content-Length");
    *body = end + 4;
    const size_t whole = (size_t)(*body - text) + strtoul(header + sizeof name - 1, NULL, 10);
    if (whole >= REQUEST_SIZE)
        probe_fail("receiving", "a request is too long");
    return whole <= length ? whole : 0;
}

static bool is_enough(const struct receiver *receiver)
{
    return is_stopped || (events > 0 && receiver->count >= (size_t)events);
}

/* Until the sender hangs up. */
static void serve(struct receiver *receiver, int connection)
{
    static const char answer[] = "HTTP/1.1 204 No Content\r\n\r\n";
    char text[REQUEST_SIZE], *body = text;
    size_t length = 0;
    while (!is_enough(receiver)) {
        const ssize_t more = read(connection, text + length, sizeof text - 1 - length);
        if (more <= 0)
            return;
        length += (size_t)more;
        text[length] = '\0';
        const size_t whole = request_length(text, length, &body);
        if (whole == 0)
            continue;
        remember(receiver, body, whole - (size_t)(body - text));
        length = 0; /* the next comes after the answer */
        if (hang == 0 && write(connection, answer, sizeof answer - 1) < 0)
            return;
    }
}

static void receiver_open(struct receiver *receiver)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    receiver->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (receiver->listener < 0 || bind(receiver->listener, (struct sockaddr *)&address, length) != 0 ||
        listen(receiver->listener, 16) != 0 ||
        getsockname(receiver->listener, (struct sockaddr *)&address, &length) != 0)
        probe_fail("listening", strerror(errno));
    printf("%u\n", ntohs(address.sin_port));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    const struct probe_number numbers[] = {{"events", &events}, {"hang", &hang}};
    const struct sigaction action = {.sa_handler = on_signal}; /* without SA_RESTART: what blocks ends */
    const int on = 1;
    struct settings settings;
    struct receiver receiver = {.listener = -1};
    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &settings);
    sigaction(SIGTERM, &action, NULL);
    alarm(PATIENCE_S);
    receiver_open(&receiver);
    while (!is_enough(&receiver)) {
        const int connection = accept(receiver.listener, NULL, NULL);
        if (connection < 0)
            continue;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        serve(&receiver, connection);
        close(connection);
    }
    for (size_t i = 0; i < receiver.count; i++)
        printf("%.6f %zu %s\n", receiver.received[i].at_s, receiver.received[i].bytes, receiver.received[i].child);
    close(receiver.listener);
    free(receiver.received);
    settings_fini(&settings);
    return 0;
}
