#include "text.h"

static bool is_id_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == ':' || c == '-';
}

bool text_is_id(struct text text)
{
    if (text.length == 0 || text.length > ID_LENGTH_MAX)
        return false;
    for (uint32_t i = 0; i < text.length; i++)
        if (!is_id_byte(text.bytes[i]))
            return false;
    return true;
}
