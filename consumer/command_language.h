/* The language in which a command speaks to people: --lang, else that of the locale. */
#ifndef CONSUMER_COMMAND_LANGUAGE_H
#define CONSUMER_COMMAND_LANGUAGE_H

#include <stdbool.h>

#include "alerts/messages.h"
#include "consumer/command.h"

/* The option, a row of the command's table. */
#define COMMAND_OPTION_LANGUAGE                                                                                        \
    {                                                                                                                  \
        "lang", 0, "LANGUAGE", "Language of the texts: en or nl; without it the locale's.", false, false               \
    }

/* Its value, else the language of LC_ALL, LC_MESSAGES or LANG, the first that is set. False: --lang names another,
 * which is said. */
bool command_language(const struct arguments *arguments, enum language *language);

#endif
