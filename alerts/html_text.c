#include "alerts/html_text.h"

#include <string.h>

void html_text(FILE *out, const char *text)
{
    static const char *const entities[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    while (*text != '\0') {
        const size_t plain = strcspn(text, "&<>\"'");
        fwrite(text, 1, plain, out);
        text += plain;
        if (*text != '\0')
            fputs(entities[(unsigned char)*text++], out);
    }
}

void html_json_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || strchr("<>&\"\\", *text) != NULL)
            fprintf(out, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            fputc(*text, out);
    fputc('"', out);
}
