#include "schemas/json_scan.h"

#include <string.h>

static bool fail(struct json_scan *scan)
{
    scan->failed = true;
    scan->at = scan->end;
    return false;
}

static void pass_space(struct json_scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
        scan->at++;
}

static bool pass_char(struct json_scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

/* --- texts ------------------------------------------------------------------------------------------------------- */

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
        if (!pass_char(scan, '\\') || !pass_char(scan, 'u') || !scan_hex(scan, &low) || low < 0xDC00 || low >= 0xE000)
            return NULL;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    return utf8_put(out, code);
}

/* After a backslash. */
static char *scan_escape(struct json_scan *scan, char *out)
{
    static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (pass_char(scan, 'u'))
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
        fail(scan);
        return (struct text){NULL, 0};
    }
    memcpy(out, start, (size_t)(scan->at - start));
    out += scan->at - start;
    while (out != NULL && scan->at < scan->end && *scan->at != '"' && (unsigned char)*scan->at >= 0x20) {
        int length = (unsigned char)*scan->at < 0x80 ? 1 : utf8_length(scan->at, scan->end);
        if (pass_char(scan, '\\')) {
            out = scan_escape(scan, out);
        } else if (length > 0) {
            memcpy(out, scan->at, (size_t)length);
            out += length;
            scan->at += length;
        } else {
            out = NULL;
        }
    }
    if (out == NULL || !pass_char(scan, '"')) {
        fail(scan);
        return (struct text){NULL, 0};
    }
    scan->spare = out;
    return (struct text){text, (uint32_t)(out - text)};
}

/* After the opening quote. */
static struct text scan_text(struct json_scan *scan)
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
    fail(scan);
    return (struct text){NULL, 0};
}

/* --- other values ------------------------------------------------------------------------------------------------ */

static bool pass_digits(struct json_scan *scan)
{
    const char *start = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
        scan->at++;
    return scan->at > start;
}

static bool pass_number(struct json_scan *scan)
{
    pass_char(scan, '-');
    if (!pass_char(scan, '0') && !pass_digits(scan))
        return false;
    if (pass_char(scan, '.') && !pass_digits(scan))
        return false;
    if (!pass_char(scan, 'e') && !pass_char(scan, 'E'))
        return true;
    if (!pass_char(scan, '+'))
        pass_char(scan, '-');
    return pass_digits(scan);
}

static bool pass_word(struct json_scan *scan, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

struct json_value json_read(struct json_scan *scan)
{
    struct json_value value = {JSON_KIND_NONE, {NULL, 0}};
    pass_space(scan);
    if (pass_char(scan, '"')) {
        value.text = scan_text(scan);
        value.kind = JSON_KIND_TEXT;
    } else if (pass_char(scan, '{')) {
        value.kind = JSON_KIND_OBJECT;
    } else if (pass_char(scan, '[')) {
        value.kind = JSON_KIND_LIST;
    } else if (pass_word(scan, "null")) {
        value.kind = JSON_KIND_NULL;
    } else if (pass_word(scan, "false")) {
        value.kind = JSON_KIND_FALSE;
    } else if (pass_word(scan, "true")) {
        value.kind = JSON_KIND_TRUE;
    } else if (pass_number(scan)) {
        value.kind = JSON_KIND_NUMBER;
    }
    if (value.kind == JSON_KIND_NONE)
        fail(scan);
    return value;
}

/* Before a member or item: the comma between two, or the bracket that closes them. False at the end. */
static bool goes_on(struct json_scan *scan, bool *first, char closing)
{
    pass_space(scan);
    if (scan->failed || pass_char(scan, closing))
        return false;
    if (!*first && !pass_char(scan, ','))
        return fail(scan);
    *first = false;
    return true;
}

bool json_member(struct json_scan *scan, bool *first, struct text *name)
{
    if (!goes_on(scan, first, '}'))
        return false;
    pass_space(scan);
    if (!pass_char(scan, '"'))
        return fail(scan);
    *name = scan_text(scan);
    pass_space(scan);
    return pass_char(scan, ':') || fail(scan);
}

static void pass(struct json_scan *scan, enum json_kind kind, int depth)
{
    struct text name;
    bool first = true;
    if (kind != JSON_KIND_LIST && kind != JSON_KIND_OBJECT)
        return;
    if (depth == JSON_DEPTH_MAX)
        fail(scan);
    while (kind == JSON_KIND_LIST ? goes_on(scan, &first, ']') : json_member(scan, &first, &name))
        pass(scan, json_read(scan).kind, depth + 1);
}

void json_pass(struct json_scan *scan, const struct json_value *value)
{
    pass(scan, value->kind, 1);
}

bool json_end(struct json_scan *scan)
{
    pass_space(scan);
    return !scan->failed && scan->at == scan->end;
}
