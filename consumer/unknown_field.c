#include "consumer/unknown_field.h"

#include "consumer/suggestion.h"
#include "schemas/event.h"

void unknown_field_say(FILE *out, const char *file, size_t line, const char *name)
{
    struct suggestion suggestion;
    suggestion_init(&suggestion, name);
    for (size_t i = 0; i < event_field_count; i++)
        suggestion_offer(&suggestion, event_field_names[i]);
    fprintf(out, "%s:%zu: an event has no field \"%s\"; it is passed over", file, line, name);
    if (suggestion.nearest[0] != '\0')
        fprintf(out, ", did you mean %s?", suggestion.nearest);
    fputc('\n', out);
}
