#include "consumer/demo_inbox.h"

#include <string.h>

#include <jansson.h>

static void set_count(uint64_t *count, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_integer(value) && json_integer_value(value) >= 0)
        *count = (uint64_t)json_integer_value(value);
}

static void set_port(uint16_t *port, const json_t *object, const char *name)
{
    uint64_t number = *port;
    set_count(&number, object, name);
    *port = number <= UINT16_MAX ? (uint16_t)number : 0;
}

static void set_subject(struct demo_inbox *inbox, const json_t *object)
{
    const char *subject = json_string_value(json_object_get(object, "subject"));
    if (subject == NULL)
        return;
    const size_t length = strnlen(subject, sizeof inbox->subject - 1);
    memcpy(inbox->subject, subject, length);
    inbox->subject[length] = '\0';
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)subject[i] < ' ' || subject[i] == 127)
            inbox->subject[i] = ' ';
}

static bool take_line(struct demo_inbox *inbox)
{
    json_t *object = json_loadb(inbox->line, inbox->line_length, 0, NULL);
    inbox->line_length = 0;
    if (!json_is_object(object)) {
        json_decref(object);
        return false;
    }
    set_port(&inbox->smtp_port, object, "smtp_port");
    set_port(&inbox->webhook_port, object, "webhook_port");
    set_count(&inbox->mails, object, "mails");
    set_count(&inbox->events, object, "events");
    set_count(&inbox->refused, object, "refused");
    set_count(&inbox->in_force, object, "in_force");
    set_subject(inbox, object);
    json_decref(object);
    return true;
}

bool demo_inbox_take(struct demo_inbox *inbox, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            if (!take_line(inbox))
                return false;
        } else if (inbox->line_length == sizeof inbox->line) {
            return false;
        } else {
            inbox->line[inbox->line_length++] = bytes[i];
        }
    }
    return true;
}
