/* The language in which a command speaks to people: --lang, else that of the locale. */
#ifndef CONSUMER_COMMAND_LANGUAGE_H
#define CONSUMER_COMMAND_LANGUAGE_H

#include "alerts/messages.h"
#include "consumer/command.h"

/* The option, a row of the command's table. */
#define COMMAND_OPTION_LANGUAGE                                                                                        \
    {                                                                                                                  \
        .name = "lang", .type = OPTION_CHOICE, .argument = "LANGUAGE", .choices = language_codes,                      \
        .choice_count = LANGUAGE_COUNT, .help = "Language of the texts; without it the locale's."                      \
    }

/* Its value, else the language of LC_ALL, LC_MESSAGES or LANG, the first that is set. */
enum language command_language(const struct arguments *arguments);

#endif
