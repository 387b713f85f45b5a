#include "schemas/unknown_names.h"

#include <stdio.h>
#include <string.h>

/* A name is shown on terminals, and may be anything. */
static void make_printable(char *name)
{
    char *end = name;
    for (uint32_t control; *name != '\0'; name += control > 0 ? control : 1) {
        control = text_control_length(name);
        *end++ = control > 0 ? '?' : *name;
    }
    *end = '\0';
}

bool unknown_names_note(struct unknown_names *names, const char *place, struct text name)
{
    char full[UNKNOWN_NAME_SIZE];
    const int length = name.length < UNKNOWN_NAME_SIZE ? (int)name.length : UNKNOWN_NAME_SIZE;
    snprintf(full, sizeof(full), "%s%s%.*s", place, *place == '\0' ? "" : ".", length, name.bytes);
    make_printable(full);
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i].name, full) == 0)
            return false;
    if (names->count == UNKNOWN_NAMES_MAX)
        return false;
    struct unknown_name *item = &names->items[names->count++];
    item->line = names->line;
    strcpy(item->name, full);
    return true;
}
