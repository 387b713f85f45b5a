#include "consumer/registry_exit.h"

#include "consumer/exit_code.h"
#include "consumer/log.h"

static const struct {
    int exit_code;
    const char *remedy;
} ends[REGISTRY_ANSWER_COUNT] = {
    [REGISTRY_ABSENT] = {EXIT_CONFIG, "register it there, or set registry.register to true"},
    [REGISTRY_UNUSABLE] = {EXIT_CONFIG, "does registry.urls name a schema registry?"},
    [REGISTRY_INCOMPATIBLE] = {EXIT_CONFIG, "is the subject another program's? Else see \"Schemas that change\" in "
                                            "docs/records.md"},
    [REGISTRY_REFUSED] = {EXIT_CONFIG, "is it read-only? Then set registry.register to false"},
    [REGISTRY_DENIED] = {EXIT_NO_PERMISSION, "look at registry.username and its rights"},
    [REGISTRY_UNTRUSTED] = {EXIT_NO_PERMISSION, "look at registry.ca_file, and at the hosts' names in registry.urls"},
    [REGISTRY_MISCONFIGURED] = {EXIT_CONFIG, "are these PEM files, and is the key that of the certificate?"},
    [REGISTRY_UNAVAILABLE] = {EXIT_UNAVAILABLE, "is it up, and are registry.urls right?"},
};

int registry_exit(enum registry_answer answer, const char *component, const char *name, const char *value,
                  const char *why)
{
    log_error(component, "the schema registry %s %s=%s: %s; %s", registry_answer_sentences[answer], name, value, why,
              ends[answer].remedy);
    return ends[answer].exit_code;
}
