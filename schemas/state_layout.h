/* What writing and reading a state must agree on beside state.avsc. */
#ifndef SCHEMAS_STATE_LAYOUT_H
#define SCHEMAS_STATE_LAYOUT_H

#include <stdint.h>

#define MS_PER_DAY INT64_C(86400000)

/* The branches of StateFact.at; those of StateAlert.place end before AT_SCHOOL. */
enum at { AT_NOTHING, AT_THE_SAME, AT_PLACE, AT_SCHOOL, AT_COUNT };

#endif
