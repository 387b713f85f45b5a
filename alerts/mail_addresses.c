#include "alerts/mail_addresses.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/mail_address.h"

__attribute__((format(printf, 2, 3))) static bool refuse(char why[static MAIL_ADDRESSES_WHY_SIZE], const char *format,
                                                         ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, MAIL_ADDRESSES_WHY_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

bool mail_addresses_have(const struct mail_addresses *addresses, const char *text)
{
    for (size_t i = 0; i < addresses->count; i++)
        if (strcmp(addresses->texts[i], text) == 0)
            return true;
    return false;
}

static bool add(struct mail_addresses *addresses, char *text, char why[static MAIL_ADDRESSES_WHY_SIZE])
{
    if (addresses->count == MAIL_ADDRESSES_MAX)
        return refuse(why, "more than %d addresses in a field; a mailing list can have more", MAIL_ADDRESSES_MAX);
    if (!mail_address_is_plain(text, strlen(text)))
        return refuse(why, "\"%.80s\" is no address of mail; between several are blanks", text);
    if (mail_addresses_have(addresses, text))
        return refuse(why, "%s stands there twice", text);
    addresses->texts[addresses->count++] = text;
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool mail_addresses_read(struct mail_addresses *addresses, char *field, char why[static MAIL_ADDRESSES_WHY_SIZE])
{
    addresses->count = 0;
    for (char *text; (text = strsep(&field, " ")) != NULL;)
        if (*text != '\0' && !add(addresses, text, why))
            return false;
    if (addresses->count > 0)
        qsort(addresses->texts, addresses->count, sizeof(addresses->texts[0]), compare_texts);
    return true;
}

char *mail_addresses_join(const struct mail_addresses *addresses)
{
    char *list = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&list, &size);
    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < addresses->count; i++)
        fprintf(out, "%s%s", i == 0 ? "" : ", ", addresses->texts[i]);
    if (fclose(out) == 0)
        return list;
    free(list);
    return NULL;
}
