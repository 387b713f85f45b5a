#include "consumer/settings_check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

bool setting_refuse(char why[static SETTING_WHY_SIZE], const char *text, const char *expected)
{
    snprintf(why, SETTING_WHY_SIZE, "\"%.100s\" is not %s", text, expected);
    return false;
}

bool name_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    return text[strspn(text, LETTERS_AND_DIGITS "._-")] == '\0' ||
           setting_refuse(why, text, "a name of the characters A-Z a-z 0-9 . _ -");
}

static bool is_escape(const char *text)
{
    return text[0] == '%' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2]);
}

/* Bytes of the character of a name that TEXT begins with, as RFC 8141 has them; 0: none. */
static size_t urn_character(const char *text)
{
    if (is_escape(text))
        return 3;
    return *text != '\0' && strchr(LETTERS_AND_DIGITS "-._~!$&'()*+,;=:@/", *text) != NULL;
}

/* Without query or fragment. */
static bool is_urn(const char *text)
{
    static const char prefix[] = "urn:nld:";
    if (strncmp(text, prefix, strlen(prefix)) != 0)
        return false;
    const char *name = text + strlen(prefix);
    if (*name == '\0' || *name == '/')
        return false;
    for (size_t length; (length = urn_character(name)) > 0;)
        name += length;
    return *name == '\0';
}

bool urn_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    return *text == '\0' || is_urn(text) ||
           setting_refuse(
               why, text,
               "a URN of the namespace nld, such as urn:nld:oin:00000001234567890000:systeem:placement-alerts,"
               " in the characters that RFC 8141 has in names; any other is written %XX");
}

/* In printable characters without quotes or angle brackets, so that it is one address wherever it stands. Of an address
 * that has a % for itself Alertmanager would refuse every alert. */
static bool is_link(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (*at <= ' ' || *at > '~' || strchr("\"<>\\", *at) != NULL || (*at == '%' && !is_escape(at)))
            return false;
    return (strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0) &&
           strstr(text, "{alert_id}") != NULL;
}

bool link_check(const char *text, char why[static SETTING_WHY_SIZE])
{
    return *text == '\0' || is_link(text) ||
           setting_refuse(why, text, "an address such as https://dossier.example.org/alerts/{alert_id}");
}
