/* Names of members that no event has, as they are met in JSON lines. They are passed over, since schemas grow; but one
 * may be a misspelt field, and whoever wrote the file wants to hear of it, once.
 */
#ifndef SCHEMAS_UNKNOWN_NAMES_H
#define SCHEMAS_UNKNOWN_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/text.h"

#define UNKNOWN_NAMES_MAX 32 /* more are not kept: this is no file of events */
#define UNKNOWN_NAME_SIZE 72 /* longer names are cut */

struct unknown_name {
    size_t line;                  /* on which it was met first */
    char name[UNKNOWN_NAME_SIZE]; /* "regoin", "location.regoin"; printable */
};

struct unknown_names {
    size_t line; /* the one read now; the caller's to set */
    size_t count;
    struct unknown_name items[UNKNOWN_NAMES_MAX]; /* each once, in the order met */
};

/* Notes NAME, of a member of PLACE ("location", "to") or, where that is "", of the event itself. False: it is noted
 * already, or there is no room. */
bool unknown_names_note(struct unknown_names *names, const char *place, struct text name);

#endif
