/* Text on its way into a page: nothing that comes from data or from the message table can become markup. */
#ifndef ALERTS_HTML_TEXT_H
#define ALERTS_HTML_TEXT_H

#include <stdio.h>

#include "alerts/messages.h"

/* TEXT as the content of an element or of a quoted attribute. */
void html_text(FILE *out, const char *text);

/* TEXT, which is UTF-8, as a JSON string, quotes and all, that may stand in a <script> element: no "<" is left. */
void html_json_text(FILE *out, const char *text);

/* A message, its values filled in as message_print does, then as html_text has it. MESSAGE and values make at most
 * HTML_MESSAGE_SIZE - 1 bytes. */
#define HTML_MESSAGE_SIZE 2048
#define html_message(out, language, ...)                                                                               \
    html_text(out, message_format((char[HTML_MESSAGE_SIZE]){0}, HTML_MESSAGE_SIZE, language, __VA_ARGS__))

#endif
