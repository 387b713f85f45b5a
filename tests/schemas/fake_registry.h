/* A schema registry that answers as a test tells it to, well or badly: one thread, one connection at a time. */
#ifndef TESTS_SCHEMAS_FAKE_REGISTRY_H
#define TESTS_SCHEMAS_FAKE_REGISTRY_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

enum conduct {
    SAYS_ALL,       /* and closes */
    HOLDS,          /* says so much, and then nothing more until the client leaves */
    DRIPS,          /* says so much, and then a byte now and then */
    POURS,          /* says so much, and then goes on for ever */
    CLOSES_AT_ONCE, /* before it has heard anything */
};

struct fake_registry {
    enum conduct conduct;
    const char *reply; /* head and body as they go over the wire */
    char url[64];
    char request[16384]; /* the last one; to be looked at when its answer is there */
    int request_count;
    int socket;
    pthread_t thread;
};

/* Listens from now on. REGISTRY must not be moved. */
void fake_registry_start(struct fake_registry *registry, enum conduct conduct, const char *reply);
void fake_registry_stop(struct fake_registry *registry);

/* An address where nobody listens; it stays so until the socket that is returned is closed. */
int nobody_at(char url[static 64]);

#endif
