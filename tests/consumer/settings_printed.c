#include "tests/consumer/settings_printed.h"

#include <stdio.h>

char *settings_printed(const struct settings *settings)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    settings_print(settings, out);
    fclose(out);
    return text;
}
