#include "schemas/line_writer.h"

#include <inttypes.h>
#include <stdio.h>

#include "schemas/instant.h"

void line_begin(struct line_writer *writer, char *line, size_t size)
{
    *writer = (struct line_writer){.start = line, .at = line, .end = line + size, .failed = size == 0};
}

void line_put_text(struct line_writer *writer, struct text text)
{
    if (writer->failed || (size_t)(writer->end - writer->at) <= text.length) { /* the NUL needs room too */
        writer->failed = true;
        return;
    }
    if (text.length > 0)
        memcpy(writer->at, text.bytes, text.length);
    writer->at += text.length;
}

void line_put(struct line_writer *writer, const char *string)
{
    line_put_text(writer, (struct text){string, (uint32_t)strlen(string)});
}

void line_put_padded(struct line_writer *writer, struct text text, uint32_t width)
{
    line_put_text(writer, text);
    for (uint32_t column = text.length; column < width; column++)
        line_put(writer, " ");
}

void line_put_number(struct line_writer *writer, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, number);
    line_put(writer, text);
}

size_t line_end(struct line_writer *writer)
{
    if (writer->failed)
        return 0;
    *writer->at = '\0';
    return (size_t)(writer->at - writer->start);
}

static void json_open(struct line_writer *writer, const char *bracket)
{
    line_put(writer, bracket);
    writer->is_first = true;
}

static void json_close(struct line_writer *writer, const char *bracket)
{
    line_put(writer, bracket);
    writer->is_first = false;
}

static void json_put_comma(struct line_writer *writer)
{
    line_put(writer, writer->is_first ? "" : ",");
    writer->is_first = false;
}

void json_begin(struct line_writer *writer)
{
    json_open(writer, "{");
}

void json_end_object(struct line_writer *writer)
{
    json_close(writer, "}");
}

void json_begin_list(struct line_writer *writer, const char *name)
{
    json_put_name(writer, name);
    json_open(writer, "[");
}

void json_begin_element(struct line_writer *writer)
{
    json_put_comma(writer);
    json_open(writer, "{");
}

void json_end_list(struct line_writer *writer)
{
    json_close(writer, "]");
}

void json_put_name(struct line_writer *writer, const char *name)
{
    json_put_comma(writer);
    line_put(writer, "\"");
    line_put(writer, name);
    line_put(writer, "\":");
}

void json_put_null(struct line_writer *writer, const char *name)
{
    json_put_name(writer, name);
    line_put(writer, "null");
}

void json_put_text(struct line_writer *writer, const char *name, struct text text)
{
    if (text.length == 0) {
        json_put_null(writer, name);
        return;
    }
    json_put_name(writer, name);
    line_put(writer, "\"");
    line_put_text(writer, text);
    line_put(writer, "\"");
}

void json_put_string(struct line_writer *writer, const char *name, const char *string)
{
    json_put_text(writer, name, (struct text){string, string == NULL ? 0 : (uint32_t)strlen(string)});
}

void json_put_number(struct line_writer *writer, const char *name, int64_t number)
{
    json_put_name(writer, name);
    line_put_number(writer, number);
}

void json_put_boolean(struct line_writer *writer, const char *name, bool value)
{
    json_put_name(writer, name);
    line_put(writer, value ? "true" : "false");
}

void json_put_day(struct line_writer *writer, const char *name, struct day day)
{
    char text[DAY_TEXT_SIZE] = "";
    if (!day_is_absent(day))
        day_format(day, text);
    json_put_string(writer, name, text);
}

void json_put_uuid(struct line_writer *writer, const char *name, const struct uuid *uuid)
{
    char text[UUID_TEXT_SIZE] = "";
    if (!uuid_is_nil(uuid))
        uuid_format(uuid, text);
    json_put_string(writer, name, text);
}

void json_put_instant(struct line_writer *writer, const char *name, int64_t ms)
{
    char text[INSTANT_TEXT_SIZE];
    instant_format(ms, text);
    json_put_string(writer, name, text);
}
