/* The norms and the calendar's cover as a list: for people, and as JSON. */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "alerts/norms_text.h"
#include "rules/rule.h"
#include "schemas/line_writer.h"

/* The rule that an option belongs to; NULL: those of a child's days belong to none. */
static const struct rule *rule_of(const struct norm_option *option)
{
    for (int i = 0; i < RULE_COUNT; i++)
        if (option >= rules[i]->options && option < rules[i]->options + rules[i]->option_count)
            return rules[i];
    return NULL;
}

static const struct dated_norms *dated_value(const struct norms *norms, const struct norm_option *option)
{
    return option->type == NORM_DATED ? (const void *)((const char *)norms + option->offset) : NULL;
}

static const char *default_words(enum language language, const struct norm_option *option,
                                 char words[static NORM_WORDS_SIZE])
{
    struct norms defaults;
    norms_init(&defaults);
    return norm_words(language, &defaults, option, words);
}

/* The configuration's own text of a value. */
static const char *value_text(const struct norms *norms, const struct norm_option *option,
                              char text[static NORM_TEXT_SIZE])
{
    const bool fits = norm_format(norms, option, text, NORM_TEXT_SIZE);
    assert(fits);
    (void)fits;
    return text;
}

/* --- for people --------------------------------------------------------------------------------------------------- */

/* Labels are words within a sentence elsewhere; they begin with a letter of ASCII. */
static void print_capital(FILE *out, const char *text)
{
    fprintf(out, "%c%s", toupper((unsigned char)text[0]), text + 1);
}

/* Each norm with its days on a line, those in force on DAY marked. */
static void print_dated(FILE *out, enum language language, const struct dated_norms *norms, struct day day)
{
    char days[DATED_NORM_WORDS_SIZE], words[DATED_NORM_WORDS_SIZE];
    const struct dated_norm *in_force = dated_norm_on(norms, day);
    for (int i = 0; i < norms->count; i++)
        fprintf(out, "\n      %s: %s%s%s%s", dated_norm_days(language, norms, i, days),
                dated_norm_words(language, &norms->norms[i], words), &norms->norms[i] == in_force ? " (" : "",
                &norms->norms[i] == in_force ? message_text(language, MESSAGE_NORM_IN_FORCE) : "",
                &norms->norms[i] == in_force ? ")" : "");
}

static void print_norm(FILE *out, enum language language, const struct norms *norms, const struct norm_option *option,
                       struct day day)
{
    const struct dated_norms *dated = dated_value(norms, option);
    char words[NORM_WORDS_SIZE], text[NORM_TEXT_SIZE], setting[64];
    fputs("\n  ", out);
    print_capital(out, term_text(language, option->name));
    fputc(':', out);
    if (dated != NULL && dated->count > 1)
        print_dated(out, language, dated, day);
    else
        fprintf(out, " %s", norm_words(language, norms, option, words));
    fprintf(out, "\n      %s\n      ", norm_help_words(language, option));
    message_print(out, language, MESSAGE_NORM_SOURCE, norm_source_words(language, option));
    fputs("\n      ", out);
    snprintf(setting, sizeof(setting), "rules.%s", option->name);
    if (strcmp(value_text(norms, option, text), option->default_text) == 0)
        message_print(out, language, MESSAGE_NORM_SETTING, setting);
    else
        message_print(out, language, MESSAGE_NORM_NOT_THE_DEFAULT, setting, default_words(language, option, words));
    fputc('\n', out);
}

static void print_calendar(FILE *out, enum language language, const struct calendar *calendar)
{
    char words[DAY_WORDS_SIZE];
    fprintf(out, "\n%s\n\n", message_text(language, MESSAGE_CALENDAR_TITLE));
    for (int region = 0; region < REGION_COUNT; region++) {
        const struct day until = calendar_covered_until(calendar, (enum region)region);
        fputs("  ", out);
        if (day_is_absent(until))
            message_print(out, language, MESSAGE_CALENDAR_UNKNOWN, term_text(language, region_names[region]));
        else
            message_print(out, language, MESSAGE_CALENDAR_KNOWN_UNTIL, term_text(language, region_names[region]),
                          day_words(language, until, words));
        fputc('\n', out);
    }
    fprintf(out, "  %s\n", message_text(language, MESSAGE_CALENDAR_BEYOND));
}

void norms_list_print(FILE *out, enum language language, const struct norms *norms, const struct calendar *calendar,
                      struct day day)
{
    const struct rule *last = NULL;
    const struct norm_option *option;
    char words[DAY_WORDS_SIZE];
    message_print(out, language, MESSAGE_NORMS_IN_FORCE_ON, day_words(language, day, words));
    fprintf(out, "\n\n%s\n", message_text(language, MESSAGE_NORMS_OF_A_CHILDS_DAYS));
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        const struct rule *rule = rule_of(option);
        if (rule != last) {
            fputc('\n', out);
            print_capital(out, term_text(language, rule->name));
            fprintf(out, " (%s)\n", rule->name);
        }
        last = rule;
        print_norm(out, language, norms, option, day);
    }
    print_calendar(out, language, calendar);
}

/* --- as JSON ------------------------------------------------------------------------------------------------------ */

#define LINE_SIZE 32768 /* every norm with its texts takes a tenth of it */

static void put_dated(struct line_writer *writer, const struct dated_norms *norms, struct day day)
{
    json_begin_list(writer, "dated");
    for (int i = 0; i < norms->count; i++) {
        const struct dated_norm *norm = &norms->norms[i];
        json_begin_element(writer);
        json_put_day(writer, "from", i == 0 ? DAY_ABSENT : norm->from);
        json_put_number(writer, "months", norm->months);
        json_put_boolean(writer, "defers_to_holidays", norm->defers_to_holidays);
        json_put_boolean(writer, "in_force", norm == dated_norm_on(norms, day));
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_norm(struct line_writer *writer, enum language language, const struct norms *norms,
                     const struct norm_option *option, struct day day)
{
    const struct rule *rule = rule_of(option);
    char text[NORM_TEXT_SIZE];
    json_put_string(writer, "norm", option->name);
    json_put_string(writer, "rule", rule == NULL ? NULL : rule->name);
    json_put_string(writer, "value", value_text(norms, option, text));
    json_put_string(writer, "default", option->default_text);
    json_put_string(writer, "unit", option->unit[0] == '\0' ? NULL : option->unit);
    if (option->type == NORM_DATED)
        put_dated(writer, dated_value(norms, option), day);
    json_put_string(writer, "label", term_text(language, option->name));
    json_put_string(writer, "meaning", norm_help_words(language, option));
    json_put_string(writer, "source", norm_source_words(language, option));
}

static void put_calendar(struct line_writer *writer, const struct calendar *calendar)
{
    json_begin_list(writer, "calendar");
    for (int region = 0; region < REGION_COUNT; region++) {
        json_begin_element(writer);
        json_put_string(writer, "region", region_names[region]);
        json_put_day(writer, "covered_until", calendar_covered_until(calendar, (enum region)region));
        json_end_object(writer);
    }
    json_end_list(writer);
}

void norms_list_print_json(FILE *out, enum language language, const struct norms *norms,
                           const struct calendar *calendar, struct day day)
{
    char line[LINE_SIZE];
    struct line_writer writer;
    const struct norm_option *option;
    line_begin(&writer, line, sizeof(line));
    json_begin(&writer);
    json_put_day(&writer, "day", day);
    json_begin_list(&writer, "norms");
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        json_begin_element(&writer);
        put_norm(&writer, language, norms, option, day);
        json_end_object(&writer);
    }
    json_end_list(&writer);
    put_calendar(&writer, calendar);
    json_end_object(&writer);
    const size_t length = line_end(&writer);
    assert(length > 0);
    fprintf(out, "%.*s\n", (int)length, line);
}
