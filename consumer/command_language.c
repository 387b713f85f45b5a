#include "consumer/command_language.h"

#include <stdlib.h>

#include "consumer/command_parse.h"

/* As POSIX orders them; one that is empty is not set. */
static const char *locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && (value == NULL || *value == '\0'); i++)
        value = getenv(names[i]);
    return value;
}

bool command_language(const struct arguments *arguments, enum language *language)
{
    const char *code = arguments_value(arguments, "lang");
    *language = language_of_locale(locale());
    return code == NULL || language_parse(code, language) ||
           command_complain(arguments->command, "--lang \"%s\" is not en or nl", code);
}
