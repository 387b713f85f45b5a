#include "schemas/json_text.h"

#include <string.h>

bool json_fail(struct json_scan *scan)
{
    scan->failed = true;
    scan->at = scan->end;
    return false;
}

bool json_pass_char(struct json_scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

static bool is_continuation(const char *byte)
{
    return ((unsigned char)*byte & 0xC0) == 0x80;
}

/* The length of the UTF-8 character at AT, or 0 where there is none: no overlong forms, no surrogates, none past
 * U+10FFFF. */
static int utf8_length(const char *at, const char *end)
{
    unsigned char lead = (unsigned char)at[0];
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || end - at < length)
        return 0;
    unsigned char second = (unsigned char)at[1];
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
        (lead == 0xF4 && second > 0x8F))
        return 0;
    for (int i = 1; i < length; i++)
        if (!is_continuation(at + i))
            return 0;
    return length;
}

static char *utf8_put(char *out, unsigned code)
{
    if (code < 0x80) {
        *out++ = (char)code;
        return out;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned leads[] = {0, 0xC0, 0xE0, 0xF0};
    *out++ = (char)(leads[more] | code >> (6 * more));
    while (more-- > 0)
        *out++ = (char)(0x80 | ((code >> (6 * more)) & 0x3F));
    return out;
}

static bool scan_hex(struct json_scan *scan, unsigned *code)
{
    *code = 0;
    if (scan->end - scan->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char c = *scan->at++;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *code = *code << 4 | (unsigned)digit;
    }
    return true;
}

/* After "\u": one code unit, or a pair of surrogates. */
static char *scan_code(struct json_scan *scan, char *out)
{
    unsigned code, low;
    if (!scan_hex(scan, &code) || (code >= 0xDC00 && code < 0xE000))
        return NULL;
    if (code >= 0xD800 && code < 0xDC00) {
        if (!json_pass_char(scan, '\\') || !json_pass_char(scan, 'u') || !scan_hex(scan, &low) || low < 0xDC00 ||
            low >= 0xE000)
            return NULL;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    return utf8_put(out, code);
}

/* After a backslash. */
static char *scan_escape(struct json_scan *scan, char *out)
{
    static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (json_pass_char(scan, 'u'))
        return scan_code(scan, out);
    const char *found = scan->at == scan->end || *scan->at == '\0' ? NULL : strchr(escapes, *scan->at);
    if (found == NULL)
        return NULL;
    scan->at++;
    *out = meant[found - escapes];
    return out + 1;
}

/* From the first escape on: a copy in `spare`, into which the text before it goes too. */
static struct text scan_escaped(struct json_scan *scan, const char *start)
{
    char *text = scan->spare, *out = text;
    if (text == NULL) {
        scan->needs_spare = true;
        json_fail(scan);
        return (struct text){NULL, 0};
    }
    memcpy(out, start, (size_t)(scan->at - start));
    out += scan->at - start;
    while (out != NULL && scan->at < scan->end && *scan->at != '"' && (unsigned char)*scan->at >= 0x20) {
        int length = (unsigned char)*scan->at < 0x80 ? 1 : utf8_length(scan->at, scan->end);
        if (json_pass_char(scan, '\\')) {
            out = scan_escape(scan, out);
        } else if (length > 0) {
            memcpy(out, scan->at, (size_t)length);
            out += length;
            scan->at += length;
        } else {
            out = NULL;
        }
    }
    if (out == NULL || !json_pass_char(scan, '"')) {
        json_fail(scan);
        return (struct text){NULL, 0};
    }
    scan->spare = out;
    return (struct text){text, (uint32_t)(out - text)};
}

/* After the opening quote. */
struct text json_scan_text(struct json_scan *scan)
{
    const char *start = scan->at;
    while (scan->at < scan->end) {
        unsigned char byte = (unsigned char)*scan->at;
        if (byte == '"')
            return (struct text){start, (uint32_t)(scan->at++ - start)};
        if (byte == '\\')
            return scan_escaped(scan, start);
        int length = byte < 0x20 ? 0 : byte < 0x80 ? 1 : utf8_length(scan->at, scan->end);
        if (length == 0)
            break;
        scan->at += length;
    }
    json_fail(scan);
    return (struct text){NULL, 0};
}
