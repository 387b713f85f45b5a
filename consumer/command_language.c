#include "consumer/command_language.h"

#include <stdlib.h>

/* As POSIX orders them; one that is empty is not set. */
static const char *locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && (value == NULL || *value == '\0'); i++)
        value = getenv(names[i]);
    return value;
}

enum language command_language(const struct arguments *arguments)
{
    return (enum language)arguments_choice(arguments, "lang", (int)language_of_locale(locale()));
}
