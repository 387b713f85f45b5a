/* The schemas that events may be written by beside the newest ones: those of earlier releases, and those of producers
 * that are ahead of us. Without a registry a record names its schema by fingerprint alone, so the text must be here.
 */
#ifndef SCHEMAS_EVENT_VERSIONS_H
#define SCHEMAS_EVENT_VERSIONS_H

#include "schemas/event.h"
#include "schemas/program.h"
#include "schemas/schema.h"

#define EVENT_VERSIONS_WHY_SIZE 256

struct event_versions {
    struct shipped_schema *items; /* the shipped ones, then those that were added, whose texts are ours */
    size_t count;
};

/* Those of earlier releases. False: memory is short. Either way to be fini'ed. */
bool event_versions_init(struct event_versions *versions);
void event_versions_fini(struct event_versions *versions);

/* Adds a schema of any origin: TEXT, which is copied, for each stream whose events it can be resolved with; nothing
 * where it is known already. False: WHY says what is wrong with it, or in which field it can not be resolved. */
bool event_versions_add(struct event_versions *versions, const char *text, size_t length,
                        char why[static EVENT_VERSIONS_WHY_SIZE]);

/* A reader of the newest schemas and of VERSIONS, which it does not need afterwards. NULL: memory is short. */
struct event_reader *event_reader_new_of(const struct event_versions *versions);

/* Whether events of STREAM that WRITER wrote can be read; UNFIT: FIELD as of program_new. */
enum compiled event_reader_fits(const struct event_reader *reader, enum stream stream, const struct schema_tree *writer,
                                char field[static 64]);

#endif
