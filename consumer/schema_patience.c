#include "consumer/schema_patience.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/schema_ids.h"

int64_t schema_patience_ms(void)
{
    const char *text = getenv(SCHEMA_PATIENCE_VARIABLE);

    if (text == NULL || *text == '\0')
        return SCHEMA_IDS_PATIENCE_MS;
    errno = 0;
    const int64_t number = strtoll(text, NULL, 10);
    const bool is_number = strspn(text, "0123456789") == strlen(text) && errno == 0;
    return is_number && number >= 1 && number <= SCHEMA_PATIENCE_MS_MAX ? number : -1;
}
