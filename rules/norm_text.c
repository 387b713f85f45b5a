/* Norms as text, as they stand in a configuration. */
#include <assert.h>
#include <string.h>

#include "norms.h"

static const char *const scope_names[] = {[STAY_SCOPE_CONTINUOUS] = "continuous", [STAY_SCOPE_LOCATION] = "location"};

static void *norm_field(struct norms *norms, const struct norm_option *option)
{
    return (char *)norms + option->offset;
}

static const void *norm_value(const struct norms *norms, const struct norm_option *option)
{
    return (const char *)norms + option->offset;
}

/* What is left of a text to read. Each reader takes what it is named for and returns true, or leaves it all. */

static void blanks_skip(const char **text)
{
    *text += strspn(*text, " \t");
}

static bool take(const char **text, const char *what)
{
    blanks_skip(text);
    size_t length = strlen(what);
    if (strncmp(*text, what, length) != 0)
        return false;
    *text += length;
    return true;
}

static bool take_integer(const char **text, int *value)
{
    blanks_skip(text);
    bool negative = **text == '-';
    size_t digits = strspn(*text + negative, "0123456789");
    if (digits == 0 || digits > 6) /* beyond the range of any option */
        return false;
    *text += negative;
    for (*value = 0; digits > 0; digits--)
        *value = 10 * *value + (*(*text)++ - '0');
    *value = negative ? -*value : *value;
    return true;
}

static bool take_day(const char **text, struct day *day)
{
    blanks_skip(text);
    if (strnlen(*text, DAY_TEXT_SIZE - 1) < DAY_TEXT_SIZE - 1 || !day_parse(*text, DAY_TEXT_SIZE - 1, day))
        return false;
    *text += DAY_TEXT_SIZE - 1;
    return true;
}

static bool at_end(const char *text)
{
    blanks_skip(&text);
    return *text == '\0';
}

static bool in_range(const struct norm_option *option, int value)
{
    return value >= option->minimum && value <= option->maximum;
}

static bool integer_parse(void *field, const struct norm_option *option, const char *text, const char **why)
{
    int value;
    *why = "expected a whole number within the option's range";
    if (!take_integer(&text, &value) || !at_end(text) || !in_range(option, value))
        return false;
    *(int *)field = value;
    return true;
}

static bool boolean_parse(void *field, const struct norm_option *option, const char *text, const char **why)
{
    static const char *const words[2][3] = {{"false", "no", "off"}, {"true", "yes", "on"}};
    (void)option;
    *why = "expected true, yes, on, false, no or off";
    for (int value = 0; value < 2; value++)
        for (int i = 0; i < 3; i++)
            if (strcmp(text, words[value][i]) == 0) {
                *(bool *)field = value;
                return true;
            }
    return false;
}

static bool scope_parse(void *field, const struct norm_option *option, const char *text, const char **why)
{
    (void)option;
    *why = "expected continuous or location";
    for (int scope = STAY_SCOPE_CONTINUOUS; scope <= STAY_SCOPE_LOCATION; scope++)
        if (strcmp(text, scope_names[scope]) == 0) {
            *(enum stay_scope *)field = (enum stay_scope)scope;
            return true;
        }
    return false;
}

/* One "MONTHS[+holidays][ from DATE]"; the first of a list has no date, every other has one. */
static bool take_dated_norm(const char **text, const struct norm_option *option, bool first, struct dated_norm *norm)
{
    if (!take_integer(text, &norm->months) || !in_range(option, norm->months))
        return false;
    norm->defers_to_holidays = option->may_defer && take(text, "+holidays");
    norm->from = DAY_FIRST;
    return first || (take(text, "from") && take_day(text, &norm->from));
}

static bool dated_parse(void *field, const struct norm_option *option, const char *text, const char **why)
{
    struct dated_norms parsed = {.count = 0};
    *why = option->may_defer
               ? "expected MONTHS[+holidays], then any \", MONTHS[+holidays] from YYYY-MM-DD\", months within "
                 "the option's range, dates ascending, eight norms at most"
               : "expected MONTHS, then any \", MONTHS from YYYY-MM-DD\", months within the option's range, "
                 "dates ascending, eight norms at most";
    do {
        struct dated_norm *norm = &parsed.norms[parsed.count];
        if (parsed.count == DATED_NORMS_MAX || !take_dated_norm(&text, option, parsed.count == 0, norm))
            return false;
        if (parsed.count > 0 && !day_before(norm[-1].from, norm->from))
            return false;
        parsed.count++;
    } while (take(&text, ","));
    if (!at_end(text))
        return false;
    *(struct dated_norms *)field = parsed;
    return true;
}

/* A text being written into memory of a given size, always NUL-terminated; FULL once something did not fit. */
struct writer {
    char *text;
    size_t size, length;
    bool full;
};

static void write_text(struct writer *writer, const char *text)
{
    size_t length = strlen(text);
    writer->full |= writer->size - writer->length <= length;
    if (writer->full)
        return;
    memcpy(writer->text + writer->length, text, length + 1);
    writer->length += length;
}

static void write_integer(struct writer *writer, int value)
{
    char digits[12], *at = digits + sizeof(digits) - 1;
    unsigned left = value < 0 ? 0U - (unsigned)value : (unsigned)value;
    *at = '\0';
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0)
        *--at = '-';
    write_text(writer, at);
}

static void integer_format(struct writer *writer, const void *value)
{
    write_integer(writer, *(const int *)value);
}

static void boolean_format(struct writer *writer, const void *value)
{
    write_text(writer, *(const bool *)value ? "true" : "false");
}

static void scope_format(struct writer *writer, const void *value)
{
    write_text(writer, scope_names[*(const enum stay_scope *)value]);
}

static void dated_format(struct writer *writer, const void *value)
{
    const struct dated_norms *norms = value;
    for (int i = 0; i < norms->count; i++) {
        write_text(writer, i == 0 ? "" : ", ");
        write_integer(writer, norms->norms[i].months);
        write_text(writer, norms->norms[i].defers_to_holidays ? "+holidays" : "");
        if (i > 0) {
            char day[DAY_TEXT_SIZE];
            day_format(norms->norms[i].from, day);
            write_text(writer, " from ");
            write_text(writer, day);
        }
    }
}

static const struct norm_text {
    bool (*parse)(void *field, const struct norm_option *option, const char *text, const char **why);
    void (*format)(struct writer *writer, const void *value);
} norm_texts[] = {
    [NORM_INTEGER] = {integer_parse, integer_format},
    [NORM_BOOLEAN] = {boolean_parse, boolean_format},
    [NORM_SCOPE] = {scope_parse, scope_format},
    [NORM_DATED] = {dated_parse, dated_format},
};

bool norm_parse(struct norms *norms, const struct norm_option *option, const char *text, const char **why)
{
    return norm_texts[option->type].parse(norm_field(norms, option), option, text, why);
}

bool norm_format(const struct norms *norms, const struct norm_option *option, char *text, size_t size)
{
    assert(size > 0);
    struct writer writer = {.text = text, .size = size};
    text[0] = '\0';
    norm_texts[option->type].format(&writer, norm_value(norms, option));
    return !writer.full;
}
