#include "schemas/json_scan.h"

#include <string.h>

#include "schemas/json_text.h"

static void pass_space(struct json_scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
        scan->at++;
}

static bool pass_digits(struct json_scan *scan)
{
    const char *start = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
        scan->at++;
    return scan->at > start;
}

static bool pass_number(struct json_scan *scan)
{
    json_pass_char(scan, '-');
    if (!json_pass_char(scan, '0') && !pass_digits(scan))
        return false;
    if (json_pass_char(scan, '.') && !pass_digits(scan))
        return false;
    if (!json_pass_char(scan, 'e') && !json_pass_char(scan, 'E'))
        return true;
    if (!json_pass_char(scan, '+'))
        json_pass_char(scan, '-');
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
    if (json_pass_char(scan, '"')) {
        value.text = json_scan_text(scan);
        value.kind = JSON_KIND_TEXT;
    } else if (json_pass_char(scan, '{')) {
        value.kind = JSON_KIND_OBJECT;
    } else if (json_pass_char(scan, '[')) {
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
        json_fail(scan);
    return value;
}

/* Before a member or item: the comma between two, or the bracket that closes them. False at the end. */
static bool goes_on(struct json_scan *scan, bool *first, char closing)
{
    pass_space(scan);
    if (scan->failed || json_pass_char(scan, closing))
        return false;
    if (!*first && !json_pass_char(scan, ','))
        return json_fail(scan);
    *first = false;
    return true;
}

bool json_member(struct json_scan *scan, bool *first, struct text *name)
{
    if (!goes_on(scan, first, '}'))
        return false;
    pass_space(scan);
    if (!json_pass_char(scan, '"'))
        return json_fail(scan);
    *name = json_scan_text(scan);
    pass_space(scan);
    return json_pass_char(scan, ':') || json_fail(scan);
}

static void pass(struct json_scan *scan, enum json_kind kind, int depth)
{
    struct text name;
    bool first = true;
    if (kind != JSON_KIND_LIST && kind != JSON_KIND_OBJECT)
        return;
    if (depth == JSON_DEPTH_MAX)
        json_fail(scan);
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
