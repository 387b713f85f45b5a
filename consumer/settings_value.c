/* Values of settings from and to text, by type. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "consumer/settings_check.h"
#include "consumer/settings_secret.h"
#include "consumer/settings_table.h"

static bool replace_text(char **place, const char *text, char why[static SETTING_WHY_SIZE])
{
    char *copy = strdup(text);
    if (copy == NULL) {
        snprintf(why, SETTING_WHY_SIZE, "memory is short");
        return false;
    }
    free(*place);
    *place = copy;
    return true;
}

static bool has_length(const struct setting_row *row, const char *text, char why[static SETTING_WHY_SIZE])
{
    char expected[SETTING_WHY_SIZE / 4];
    const size_t length = strlen(text);
    if (length >= (size_t)row->minimum && (row->maximum == 0 || length <= (size_t)row->maximum))
        return true;
    snprintf(expected, sizeof(expected), "a text of %" PRId64 " to %" PRId64 " bytes", row->minimum, row->maximum);
    return setting_refuse(why, text, expected);
}

static bool parse_text(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE])
{
    return has_length(row, text, why) && (row->check == NULL || row->check(text, why)) &&
           replace_text(place, text, why);
}

static bool parse_integer(const struct setting_row *row, void *place, const char *text,
                          char why[static SETTING_WHY_SIZE])
{
    char expected[SETTING_WHY_SIZE / 4], *end;
    const char *unit = row->unit == NULL ? "" : row->unit;
    errno = 0;
    const int64_t number = strtoll(text, &end, 10);
    if (*text != '\0' && strspn(text, "0123456789") == strlen(text) && errno == 0 && number >= row->minimum &&
        number <= row->maximum) {
        memcpy(place, &number, sizeof(number));
        return true;
    }
    snprintf(expected, sizeof(expected), "a number%s%s from %" PRId64 " to %" PRId64, *unit == '\0' ? "" : " of ", unit,
             row->minimum, row->maximum);
    return setting_refuse(why, text, expected);
}

static bool parse_boolean(const struct setting_row *row, void *place, const char *text,
                          char why[static SETTING_WHY_SIZE])
{
    static const char *const words[2][3] = {{"false", "no", "off"}, {"true", "yes", "on"}};
    (void)row;
    for (int value = 0; value < 2; value++)
        for (size_t i = 0; i < 3; i++)
            if (strcasecmp(text, words[value][i]) == 0) {
                *(bool *)place = value == 1;
                return true;
            }
    return setting_refuse(why, text, "true or false");
}

static bool parse_clock(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE])
{
    (void)row;
    return clock_setting_parse(text, place) ||
           setting_refuse(why, text,
                          "wall, a date such as 2025-01-01, or a simulated clock such as 2025-01-01+1d/100ms");
}

static bool parse_level(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE])
{
    (void)row;
    for (enum log_level level = 0; level < LOG_LEVEL_COUNT; level++)
        if (strcasecmp(text, log_level_names[level]) == 0) {
            *(enum log_level *)place = level;
            return true;
        }
    return setting_refuse(why, text, "error, warning, info or debug");
}

static const char *format_text(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE])
{
    (void)row;
    (void)buffer;
    return *(char *const *)place;
}

static const char *format_integer(const struct setting_row *row, const void *place,
                                  char buffer[static SETTING_VALUE_SIZE])
{
    (void)row;
    snprintf(buffer, SETTING_VALUE_SIZE, "%" PRId64, *(const int64_t *)place);
    return buffer;
}

static const char *format_boolean(const struct setting_row *row, const void *place,
                                  char buffer[static SETTING_VALUE_SIZE])
{
    (void)row;
    (void)buffer;
    return *(const bool *)place ? "true" : "false";
}

static const char *format_clock(const struct setting_row *row, const void *place,
                                char buffer[static SETTING_VALUE_SIZE])
{
    (void)row;
    clock_setting_format(place, buffer);
    return buffer;
}

static const char *format_level(const struct setting_row *row, const void *place,
                                char buffer[static SETTING_VALUE_SIZE])
{
    (void)row;
    (void)buffer;
    return log_level_names[*(const enum log_level *)place];
}

/* --- by type ------------------------------------------------------------------------------------------------------ */

static void free_text(void *place)
{
    char **text = place;
    free(*text);
    *text = NULL;
}

static const struct {
    bool (*parse)(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE]);
    const char *(*format)(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE]);
    void (*free)(void *place); /* NULL: nothing is owned, or the row before frees it */
} types[] = {
    [SETTING_TEXT] = {parse_text, format_text, free_text},
    [SETTING_SECRET] = {secret_parse, secret_format, secret_free},
    [SETTING_SECRET_FILE] = {secret_parse_file, secret_format_file, NULL},
    [SETTING_INTEGER] = {parse_integer, format_integer, NULL},
    [SETTING_BOOLEAN] = {parse_boolean, format_boolean, NULL},
    [SETTING_CLOCK] = {parse_clock, format_clock, NULL},
    [SETTING_LEVEL] = {parse_level, format_level, NULL},
};

/* Norms are written in small letters; in the configuration True and TRUE are as good. */
static bool parse_norm(const struct norm_option *norm, struct norms *norms, const char *text,
                       char why[static SETTING_WHY_SIZE])
{
    char small[SETTING_VALUE_SIZE];
    const char *expected = "a shorter value";
    size_t length = 0;
    for (; text[length] != '\0' && length + 1 < sizeof(small); length++)
        small[length] = (char)tolower((unsigned char)text[length]);
    small[length] = '\0';
    if (text[length] == '\0' && norm_parse(norms, norm, small, &expected))
        return true;
    if (norm->type == NORM_INTEGER)
        snprintf(why, SETTING_WHY_SIZE, "\"%.100s\" is not a number of %s from %d to %d", text, norm->unit,
                 norm->minimum, norm->maximum);
    else
        snprintf(why, SETTING_WHY_SIZE, "\"%.100s\": %s", text, expected);
    return false;
}

bool setting_row_parse(const struct setting_row *row, void *object, const char *text, char why[static SETTING_WHY_SIZE])
{
    return types[row->type].parse(row, (char *)object + row->offset, text, why);
}

const char *setting_row_format(const struct setting_row *row, const void *object,
                               char buffer[static SETTING_VALUE_SIZE])
{
    return types[row->type].format(row, (const char *)object + row->offset, buffer);
}

void setting_row_free(const struct setting_row *row, void *object)
{
    if (types[row->type].free != NULL)
        types[row->type].free((char *)object + row->offset);
}

bool setting_parse(const struct setting *setting, struct settings *settings, const char *text,
                   char why[static SETTING_WHY_SIZE])
{
    return setting->row != NULL ? setting_row_parse(setting->row, settings, text, why)
                                : parse_norm(setting->norm, &settings->norms, text, why);
}

const char *setting_format(const struct setting *setting, const struct settings *settings,
                           char buffer[static SETTING_VALUE_SIZE])
{
    if (setting->row != NULL)
        return setting_row_format(setting->row, settings, buffer);
    norm_format(&settings->norms, setting->norm, buffer, SETTING_VALUE_SIZE);
    return buffer;
}
