#include "consumer/comparison_show.h"

#include <stdio.h>
#include <string.h>

#include "alerts/norms_text.h"
#include "consumer/evaluation_compare.h"

#define COUNT_WIDTH 10

struct showing {
    bool as_json;
    enum language language;
    uint64_t changes;
};

static void show_change(void *context, const struct alert_change *change)
{
    struct showing *showing = context;
    char line[ALERT_CHANGE_BYTES_MAX];
    const size_t length = showing->as_json ? alert_change_write_json(change, line, sizeof(line))
                                           : alert_change_row_write(change, showing->language, line, sizeof(line));
    showing->changes++;
    fwrite(line, 1, length, stdout);
    putchar('\n');
}

/* What is compared, and what the signs mean. */
static void show_head(const struct yardstick *yardstick, const struct compared_norms *compared, enum language language)
{
    char day[DAY_WORDS_SIZE];
    message_print(stdout, language, MESSAGE_COMPARE_TITLE, day_words(language, yardstick->today, day), compared->file);
    putchar('\n');
    norms_text_difference(stdout, language, yardstick->norms, &compared->norms);
    printf("%s\n\n", message_text(language, MESSAGE_COMPARE_SIGNS));
}

/* --- the counts --------------------------------------------------------------------------------------------------- */

static int label_width(enum language language)
{
    int width = (int)strlen(message_text(language, MESSAGE_COMPARE_TOTAL));
    for (int i = 0; i < RULE_COUNT; i++) {
        const int length = (int)strlen(term_text(language, rules[i]->name));
        width = length > width ? length : width;
    }
    return width;
}

static void show_counts(enum language language, const char *label, const uint64_t counts[static ALERT_CHANGE_KINDS])
{
    char number[NUMBER_WORDS_SIZE];
    printf("%-*s", label_width(language), label);
    for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
        printf("%*s", COUNT_WIDTH, number_words(language, (int64_t)counts[kind], 0, number));
    putchar('\n');
}

static void show_summary(const struct comparison *comparison, const struct showing *showing)
{
    static const enum message headings[ALERT_CHANGE_KINDS] = {[ALERT_APPEARS] = MESSAGE_COMPARE_APPEAR,
                                                              [ALERT_GOES] = MESSAGE_COMPARE_GO,
                                                              [ALERT_MOVES] = MESSAGE_COMPARE_MOVE,
                                                              [ALERT_SAME] = MESSAGE_COMPARE_SAME};
    const enum language language = showing->language;
    uint64_t totals[ALERT_CHANGE_KINDS] = {0};
    printf("%s%*s", showing->changes > 0 ? "\n" : "", label_width(language), "");
    for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
        printf("%*s", COUNT_WIDTH, message_text(language, headings[kind]));
    putchar('\n');
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        show_counts(language, term_text(language, rules[rule]->name), comparison->counts[rule]);
        for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
            totals[kind] += comparison->counts[rule][kind];
    }
    show_counts(language, message_text(language, MESSAGE_COMPARE_TOTAL), totals);
}

bool evaluate_compare(struct evaluation *evaluation, const struct yardstick *yardstick,
                      const struct compared_norms *compared, enum language language, int threads, bool as_json,
                      uint64_t *changes)
{
    struct yardstick after = *yardstick;
    struct showing showing = {.as_json = as_json, .language = language};
    struct comparison comparison = {
        .before = yardstick, .after = &after, .on_change = show_change, .context = &showing};
    after.norms = &compared->norms;
    if (!as_json)
        show_head(yardstick, compared, language);
    const bool done = evaluation_compare(evaluation, threads, &comparison);
    if (done && !as_json)
        show_summary(&comparison, &showing);
    *changes = showing.changes;
    return done;
}
