#include "schemas/traceparent.h"

#include <stddef.h>

/* LENGTH hexadecimal digits in small letters, which may all be zero or not. */
static bool is_hexadecimal(const char *digits, size_t length, bool may_be_zero)
{
    bool is_zero = true;

    for (size_t i = 0; i < length; i++) {
        if (!((digits[i] >= '0' && digits[i] <= '9') || (digits[i] >= 'a' && digits[i] <= 'f')))
            return false;
        is_zero = is_zero && digits[i] == '0';
    }
    return may_be_zero || !is_zero;
}

bool traceparent_is_valid(struct text text)
{
    const char *bytes = text.bytes;

    return text.length == TRACEPARENT_LENGTH && memcmp(bytes, "00-", 3) == 0 && is_hexadecimal(bytes + 3, 32, false) &&
           bytes[35] == '-' && is_hexadecimal(bytes + 36, 16, false) && bytes[52] == '-' &&
           is_hexadecimal(bytes + 53, 2, true);
}
