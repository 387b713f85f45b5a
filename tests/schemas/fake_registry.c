#include "fake_registry.h"

#include "testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int bind_anywhere(char url[static 64])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int bound = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(bound >= 0 && bind(bound, (struct sockaddr *)&address, length) == 0);
    assert_int_equal(getsockname(bound, (struct sockaddr *)&address, &length), 0);
    snprintf(url, 64, "http://127.0.0.1:%d", ntohs(address.sin_port));
    return bound;
}

int nobody_at(char url[static 64])
{
    return bind_anywhere(url);
}

/* Whether head and body are there. */
static bool is_whole(const char *request)
{
    const char *body = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "\r\nContent-Length:");
    if (body == NULL)
        return false;
    return length == NULL || length > body || strlen(body + 4) >= strtoul(length + 17, NULL, 10);
}

static void hear(struct fake_registry *registry, int connection)
{
    size_t heard = 0;
    ssize_t more = 1;
    registry->request[0] = '\0';
    while (!is_whole(registry->request) && more > 0) {
        more = recv(connection, registry->request + heard, sizeof registry->request - 1 - heard, 0);
        heard += more > 0 ? (size_t)more : 0;
        registry->request[heard] = '\0';
    }
    registry->request_count++;
}

static void say(struct fake_registry *registry, int connection)
{
    static const char garbage[65536] = {'x'};
    char byte;
    send(connection, registry->reply, strlen(registry->reply), MSG_NOSIGNAL);
    if (registry->conduct == HOLDS)
        while (recv(connection, &byte, 1, 0) > 0)
            continue;
    while (registry->conduct == DRIPS && send(connection, "x", 1, MSG_NOSIGNAL) == 1)
        usleep(1000);
    while (registry->conduct == POURS && send(connection, garbage, sizeof garbage, MSG_NOSIGNAL) > 0)
        continue;
}

static void *serve(void *context)
{
    struct fake_registry *registry = context;
    for (int connection; (connection = accept(registry->socket, NULL, NULL)) >= 0; close(connection)) {
        if (registry->conduct == CLOSES_AT_ONCE) {
            registry->request_count++;
            continue;
        }
        hear(registry, connection);
        say(registry, connection);
    }
    return NULL;
}

void fake_registry_start(struct fake_registry *registry, enum conduct conduct, const char *reply)
{
    *registry = (struct fake_registry){.conduct = conduct, .reply = reply};
    registry->socket = bind_anywhere(registry->url);
    assert_int_equal(listen(registry->socket, 8), 0);
    assert_int_equal(pthread_create(&registry->thread, NULL, serve, registry), 0);
}

void fake_registry_stop(struct fake_registry *registry)
{
    shutdown(registry->socket, SHUT_RDWR); /* accept returns */
    pthread_join(registry->thread, NULL);
    close(registry->socket);
}
