#include "alerts/mail_address.h"

#include <ctype.h>
#include <string.h>

#define NAME_LENGTH_MAX 64
#define LABEL_LENGTH_MAX 63

static bool is_letter_or_digit(char c)
{
    return (unsigned char)c < 0x80 && isalnum((unsigned char)c);
}

/* Braces, bars and backquotes may stand in addresses too, but mean something to templates. */
static bool is_of_name(char c)
{
    return is_letter_or_digit(c) || (c != '\0' && strchr("!#$%&'*+/=?^_~-", c) != NULL);
}

static bool is_of_label(char c)
{
    return is_letter_or_digit(c) || c == '-';
}

/* Pieces of 1 to LENGTH_MAX characters between dots. */
static bool is_dotted(const char *bytes, size_t length, size_t length_max, bool (*is_of_piece)(char))
{
    size_t piece = 0;
    for (size_t i = 0; i < length; i++) {
        const bool is_dot = bytes[i] == '.';
        if (is_dot ? piece == 0 : !is_of_piece(bytes[i]))
            return false;
        piece = is_dot ? 0 : piece + 1;
        if (piece > length_max)
            return false;
    }
    return piece > 0;
}

static bool has_hyphen_at_an_end(const char *host, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (host[i] == '-' && (i == 0 || i + 1 == length || host[i - 1] == '.' || host[i + 1] == '.'))
            return true;
    return false;
}

bool mail_address_is_plain(const char *bytes, size_t length)
{
    const char *at = length > MAIL_ADDRESS_LENGTH_MAX ? NULL : memchr(bytes, '@', length);
    if (at == NULL)
        return false;
    const size_t name_length = (size_t)(at - bytes), host_length = length - name_length - 1;
    return name_length <= NAME_LENGTH_MAX && is_dotted(bytes, name_length, NAME_LENGTH_MAX, is_of_name) &&
           is_dotted(at + 1, host_length, LABEL_LENGTH_MAX, is_of_label) && !has_hyphen_at_an_end(at + 1, host_length);
}
