#include "consumer/crash_point.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define STOPS ":stop"

static const char *const names[CRASH_POINT_COUNT] = {
#define X(symbol, name) name,
    CRASH_POINTS(X)
#undef X
};

static enum crash_point armed = CRASH_POINT_COUNT;
static atomic_long passages_left;
static bool stops; /* instead of dying */

bool crash_points_init(void)
{
    const char *wanted = getenv("PLACEMENT_ALERTS_CRASH_AT");
    if (wanted == NULL || *wanted == '\0')
        return true;
    size_t length = strcspn(wanted, ":");
    passages_left = wanted[length] == ':' ? strtol(wanted + length + 1, NULL, 10) : 1;
    stops = strlen(wanted) > strlen(STOPS) && strcmp(wanted + strlen(wanted) - strlen(STOPS), STOPS) == 0;
    for (int i = 0; i < CRASH_POINT_COUNT; i++)
        if (strlen(names[i]) == length && strncmp(names[i], wanted, length) == 0)
            armed = (enum crash_point)i;
    return armed != CRASH_POINT_COUNT;
}

bool crash_point_is_due(enum crash_point point)
{
    return point == armed && atomic_fetch_sub(&passages_left, 1) == 1;
}

void crash_now(void)
{
    if (!stops)
        abort();
    raise(SIGSTOP);
}

void crash_point_pass(enum crash_point point)
{
    if (crash_point_is_due(point))
        crash_now();
}
