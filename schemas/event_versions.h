/* Reading events of other earlier versions than the shipped ones: for tests, which must not wait for a release. */
#ifndef SCHEMAS_EVENT_VERSIONS_H
#define SCHEMAS_EVENT_VERSIONS_H

#include "schemas/event.h"
#include "schemas/schema.h"

/* event_reader_new with COUNT EARLIER schemas, which must be right and outlive the reader. */
struct event_reader *event_reader_new_of(const struct shipped_schema *earlier, size_t count);

#endif
