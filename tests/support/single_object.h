/* The framing of tests that are not about framing. */
#ifndef TESTS_SUPPORT_SINGLE_OBJECT_H
#define TESTS_SUPPORT_SINGLE_OBJECT_H

#include "schemas/framing.h"

static inline const struct framings *single_object(void)
{
    static struct framings framings;
    framings_single_object(&framings);
    return &framings;
}

#endif
