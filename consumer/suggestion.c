#include "consumer/suggestion.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Restricted Damerau-Levenshtein: rows of the table of all prefixes, of which a swap looks two back. */
size_t suggestion_distance(const char *a, const char *b)
{
    size_t rows[3][SUGGESTION_NAME_MAX];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    const size_t width = strlen(b);
    for (size_t j = 0; j <= width; j++)
        last[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            row[j] = smaller(smaller(last[j], row[j - 1]) + 1, last[j - 1] + !same_letter(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) && same_letter(a[i - 2], b[j - 1]))
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[width];
}

/* Further away than a third of what was written, a name is a guess and no help. */
void suggestion_init(struct suggestion *suggestion, const char *wanted)
{
    *suggestion = (struct suggestion){.wanted = wanted, .distance = strlen(wanted) / 3 + 2};
}

void suggestion_offer(struct suggestion *suggestion, const char *name)
{
    if (strlen(name) >= SUGGESTION_NAME_MAX || strlen(suggestion->wanted) >= SUGGESTION_NAME_MAX)
        return;
    const size_t distance = suggestion_distance(suggestion->wanted, name);
    if (distance < suggestion->distance) {
        suggestion->distance = distance;
        snprintf(suggestion->nearest, sizeof(suggestion->nearest), "%s", name);
    }
}

const char *suggestion_question(const struct suggestion *suggestion, char text[static SUGGESTION_QUESTION_SIZE])
{
    text[0] = '\0';
    if (suggestion->nearest[0] != '\0')
        snprintf(text, SUGGESTION_QUESTION_SIZE, "; did you mean %s?", suggestion->nearest);
    return text;
}
