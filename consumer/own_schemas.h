/* The schemas of what this program writes, at a schema registry: at the start each is found there, or registered, and
 * its id stands before every record from then on.
 *
 * The subject is the topic's name with "-value" behind it. A schema that is registered makes its subject
 * FULL_TRANSITIVE: compacted topics keep records of old versions for ever, and readers are renewed before the service
 * or after it, so that each version must be readable by each other. Registries differ in what they do unasked.
 */
#ifndef CONSUMER_OWN_SCHEMAS_H
#define CONSUMER_OWN_SCHEMAS_H

#include "consumer/settings.h"
#include "consumer/topic_content.h"
#include "schemas/framing.h"

/* How records are framed in the topics of that USE: what `run` writes is WRITTEN, what `produce` writes is READ. With
 * the ids that the registry gives, or without a registry in single-object encoding. A registry that can not be asked
 * now is asked again for service.start_timeout_ms. Blocks. An exit code; where it is not EXIT_OK the reason is in the
 * log, with subject and address. */
int own_schemas_frame(const struct settings *settings, enum topic_use use, struct framings *framings);

#endif
