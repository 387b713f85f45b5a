/* Writing one line of text into a span of bytes, piece by piece: JSON objects of members that need no escapes (ids,
 * symbols, dates, numbers), and lines for people. That there was no room is remembered and asked for once.
 */
#ifndef SCHEMAS_LINE_WRITER_H
#define SCHEMAS_LINE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/day.h"
#include "rules/text.h"
#include "rules/uuid.h"

struct line_writer {
    char *start, *at, *end;
    bool failed;
    bool is_first; /* what comes next is the first of its object or list: no comma stands before it */
};

void line_begin(struct line_writer *writer, char *line, size_t size);
void line_put(struct line_writer *writer, const char *string);
void line_put_text(struct line_writer *writer, struct text text);

/* TEXT and as many spaces as are missing to WIDTH. */
void line_put_padded(struct line_writer *writer, struct text text, uint32_t width);
void line_put_number(struct line_writer *writer, int64_t number);

/* Ends the line with a NUL; its length, or 0 where there was no room. */
size_t line_end(struct line_writer *writer);

/* --- JSON: ,"NAME":VALUE - or null where the value is absent ----------------------------------------------------- */

void json_begin(struct line_writer *writer); /* an opening brace; the member after it has no comma */
void json_end_object(struct line_writer *writer);
void json_begin_list(struct line_writer *writer, const char *name); /* ,"NAME":[ */
void json_begin_element(struct line_writer *writer);                /* of a list, an object; json_end_object ends it */
void json_end_list(struct line_writer *writer);
void json_put_name(struct line_writer *writer, const char *name); /* what follows is the caller's */
void json_put_null(struct line_writer *writer, const char *name);
void json_put_text(struct line_writer *writer, const char *name, struct text text);
void json_put_string(struct line_writer *writer, const char *name, const char *string); /* NULL: null */
void json_put_number(struct line_writer *writer, const char *name, int64_t number);
void json_put_boolean(struct line_writer *writer, const char *name, bool value);
void json_put_day(struct line_writer *writer, const char *name, struct day day);
void json_put_uuid(struct line_writer *writer, const char *name, const struct uuid *uuid); /* nil: null */
void json_put_instant(struct line_writer *writer, const char *name, int64_t ms);

#endif
