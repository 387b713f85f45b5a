#include "alerts/norms_text.h"

#include <assert.h>
#include <string.h>

/* Adds to WORDS of NORM_WORDS_SIZE; what eight norms with their days need is less. */
static void append(char words[static NORM_WORDS_SIZE], const char *text)
{
    text_add(words, NORM_WORDS_SIZE, text);
}

/* --- values ------------------------------------------------------------------------------------------------------- */

const char *quantity_words(enum language language, int64_t number, const char *unit, char words[static QUANTITY_SIZE])
{
    char name[32], digits[NUMBER_WORDS_SIZE];
    snprintf(name, sizeof(name), "unit.%s%s", number == 1 ? "one." : "", unit);
    snprintf(words, QUANTITY_SIZE, "%s %s", number_words(language, number, 0, digits), term_text(language, name));
    return words;
}

/* So many months as an age are said in years, too. */
static void integer_words(enum language language, const void *value, const struct norm_option *option,
                          char words[static NORM_WORDS_SIZE])
{
    const int number = *(const int *)value;
    char quantity[QUANTITY_SIZE], years[NUMBER_WORDS_SIZE];
    quantity_words(language, number, option->unit, quantity);
    if (strcmp(option->unit, "months") == 0 && number % 12 == 0 && number > 24)
        message_format(words, NORM_WORDS_SIZE, language, MESSAGE_NORM_YEARS, quantity,
                       number_words(language, number / 12, 0, years));
    else
        append(words, quantity);
}

static void boolean_words(enum language language, const void *value, const struct norm_option *option,
                          char words[static NORM_WORDS_SIZE])
{
    (void)option;
    append(words, term_text(language, *(const bool *)value ? "norm.true" : "norm.false"));
}

static void scope_words(enum language language, const void *value, const struct norm_option *option,
                        char words[static NORM_WORDS_SIZE])
{
    (void)option;
    append(words, term_text(language, *(const enum stay_scope *)value == STAY_SCOPE_CONTINUOUS ? "norm.continuous"
                                                                                               : "norm.location"));
}

const char *dated_norm_words(enum language language, const struct dated_norm *norm,
                             char words[static DATED_NORM_WORDS_SIZE])
{
    char quantity[QUANTITY_SIZE];
    snprintf(words, DATED_NORM_WORDS_SIZE, "%s%s%s", quantity_words(language, norm->months, "months", quantity),
             norm->defers_to_holidays ? ", " : "",
             norm->defers_to_holidays ? message_text(language, MESSAGE_NORM_DEFERS) : "");
    return words;
}

const char *dated_norm_days(enum language language, const struct dated_norms *norms, int i,
                            char words[static DATED_NORM_WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE];
    if (i > 0)
        return message_format(words, DATED_NORM_WORDS_SIZE, language, MESSAGE_NORM_FROM,
                              day_words(language, norms->norms[i].from, day));
    if (norms->count > 1)
        return message_format(words, DATED_NORM_WORDS_SIZE, language, MESSAGE_NORM_UNTIL,
                              day_words(language, day_plus(norms->norms[1].from, -1), day));
    return strcpy(words, "");
}

/* Adds norm number I after its days. */
static void append_with_days(char words[static NORM_WORDS_SIZE], enum language language,
                             const struct dated_norms *norms, int i)
{
    char piece[DATED_NORM_WORDS_SIZE];
    append(words, dated_norm_days(language, norms, i, piece));
    append(words, ": ");
    append(words, dated_norm_words(language, &norms->norms[i], piece));
}

static void dated_words(enum language language, const void *value, const struct norm_option *option,
                        char words[static NORM_WORDS_SIZE])
{
    const struct dated_norms *norms = value;
    char piece[DATED_NORM_WORDS_SIZE];
    (void)option;
    append(words, dated_norm_words(language, &norms->norms[0], piece));
    for (int i = 1; i < norms->count; i++) {
        append(words, "; ");
        append_with_days(words, language, norms, i);
    }
}

const char *norm_words(enum language language, const struct norms *norms, const struct norm_option *option,
                       char words[static NORM_WORDS_SIZE])
{
    static void (*const of_type[])(enum language, const void *, const struct norm_option *, char *) = {
        [NORM_INTEGER] = integer_words,
        [NORM_BOOLEAN] = boolean_words,
        [NORM_SCOPE] = scope_words,
        [NORM_DATED] = dated_words,
    };
    words[0] = '\0';
    of_type[option->type](language, (const char *)norms + option->offset, option, words);
    return words;
}

const char *norm_source_words(enum language language, const struct norm_option *option)
{
    return term_text(language, option->source);
}

const char *norm_help_words(enum language language, const struct norm_option *option)
{
    const char *words = term_part_text(language, option->name, ".help");
    assert(words != NULL);
    return words;
}

/* --- the head of a report ----------------------------------------------------------------------------------------- */

/* The norm in force on DAY, those of other days in brackets. */
static const char *words_on(enum language language, const struct dated_norms *norms, struct day day,
                            char words[static NORM_WORDS_SIZE])
{
    const struct dated_norm *in_force = dated_norm_on(norms, day);
    char piece[DATED_NORM_WORDS_SIZE];
    const char *before = " (";
    words[0] = '\0';
    append(words, dated_norm_words(language, in_force, piece));
    for (int i = 0; i < norms->count; i++) {
        if (&norms->norms[i] == in_force)
            continue;
        append(words, before);
        append_with_days(words, language, norms, i);
        before = "; ";
    }
    append(words, norms->count > 1 ? ")" : "");
    return words;
}

void norms_text_brief(FILE *out, enum language language, const struct norms *norms, struct day day)
{
    char words[NORM_WORDS_SIZE], scope[NORM_WORDS_SIZE] = "", one[QUANTITY_SIZE], other[QUANTITY_SIZE];
    message_print(out, language, MESSAGE_NORMS_IN_FORCE_ON, day_words(language, day, one));
    fputs(":\n", out);
    scope_words(language, &norms->stay_scope, NULL, scope);
    message_print(out, language, MESSAGE_NORMS_BRIEF_STAY, words_on(language, &norms->stay_months, day, words), scope);
    fputc('\n', out);
    message_print(out, language, MESSAGE_NORMS_BRIEF_SCHOOL, words_on(language, &norms->school_months, day, words));
    fputc('\n', out);
    message_print(out, language, MESSAGE_NORMS_BRIEF_INTERRUPTION,
                  quantity_words(language, norms->gap_grace_school_days, "school days", one));
    fputc('\n', out);
    message_print(out, language, MESSAGE_NORMS_BRIEF_MOVES,
                  quantity_words(language, norms->repeated_moves, "moves", one),
                  quantity_words(language, norms->repeated_moves_months, "months", other));
    fputc('\n', out);
}

/* --- two sets of norms -------------------------------------------------------------------------------------------- */

/* As the configuration has it, so that no difference is lost in words. */
static bool is_same(const struct norms *a, const struct norms *b, const struct norm_option *option)
{
    char first[NORM_TEXT_SIZE], second[NORM_TEXT_SIZE];
    const bool fits = norm_format(a, option, first, sizeof(first)) && norm_format(b, option, second, sizeof(second));
    assert(fits);
    (void)fits;
    return strcmp(first, second) == 0;
}

void norms_text_difference(FILE *out, enum language language, const struct norms *before, const struct norms *after)
{
    char old[NORM_WORDS_SIZE], new[NORM_WORDS_SIZE];
    const struct norm_option *option;
    bool any = false;
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        if (is_same(before, after, option))
            continue;
        any = true;
        message_print(out, language, MESSAGE_COMPARE_NORM, term_text(language, option->name),
                      norm_words(language, before, option, old), norm_words(language, after, option, new));
        fputc('\n', out);
    }
    if (!any)
        fprintf(out, "%s\n", message_text(language, MESSAGE_COMPARE_SAME_NORMS));
}
