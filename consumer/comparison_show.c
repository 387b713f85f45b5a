#include "consumer/comparison_show.h"

#include <stdio.h>
#include <string.h>

#include "alerts/norms_text.h"

#define COUNT_WIDTH 10

void comparison_show_head(enum language language, const struct yardstick *yardstick,
                          const struct compared_norms *compared)
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

void comparison_show_counts(enum language language, const struct comparison_counts *counts)
{
    static const enum message headings[ALERT_CHANGE_KINDS] = {[ALERT_APPEARS] = MESSAGE_COMPARE_APPEAR,
                                                              [ALERT_GOES] = MESSAGE_COMPARE_GO,
                                                              [ALERT_MOVES] = MESSAGE_COMPARE_MOVE,
                                                              [ALERT_SAME] = MESSAGE_COMPARE_SAME};
    uint64_t totals[ALERT_CHANGE_KINDS] = {0};
    printf("%*s", label_width(language), "");
    for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
        printf("%*s", COUNT_WIDTH, message_text(language, headings[kind]));
    putchar('\n');
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        show_counts(language, term_text(language, rules[rule]->name), counts->of[rule]);
        for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
            totals[kind] += counts->of[rule][kind];
    }
    show_counts(language, message_text(language, MESSAGE_COMPARE_TOTAL), totals);
}
