/* Lists in the settings: items apart by commas, blanks around them of no account. */
#ifndef SCHEMAS_COMMA_LIST_H
#define SCHEMAS_COMMA_LIST_H

#include <stddef.h>
#include <string.h>

#include "rules/text.h"

#define COMMA_LIST_BLANKS " \t"

/* The next item of *LIST, which is not NULL, without the blanks around it; *LIST goes on behind its comma, or becomes
 * NULL. Read with `while (list != NULL && *list != '\0')`, "" has no items, and a comma at the end begins none. */
static inline struct text comma_list_next(const char **list)
{
    const char *start = *list + strspn(*list, COMMA_LIST_BLANKS);
    size_t length = strcspn(start, ",");
    *list = start[length] == '\0' ? NULL : start + length + 1;
    while (length > 0 && strchr(COMMA_LIST_BLANKS, start[length - 1]) != NULL)
        length--;
    return (struct text){start, (uint32_t)length};
}

#endif
