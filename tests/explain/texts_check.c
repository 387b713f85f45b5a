/* Protects what is read of an explanation: no line passes the width, nothing is cut without a word, JSON is one line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/explanation_text.h"
#include "tests/explain/witness.h"

/* --- the texts ---------------------------------------------------------------------------------------------------- */

/* Whatever the history: no line passes the width, and there are no characters that the locale lacks. */
void texts_fit(struct witness *witness, struct random_source *random)
{
    struct page page = {.language = random_chance(random, 50) ? LANGUAGE_DUTCH : LANGUAGE_ENGLISH,
                        .columns = random_between(random, PAGE_COLUMNS_LEAST, 200),
                        .has_utf8 = random_chance(random, 70)};
    const struct explanation_question question = {.from_files = random_chance(random, 50),
                                                  .in_full = random_chance(random, 50)};
    char *text = NULL;
    size_t length;
    page.out = open_memstream(&text, &length);
    explanation_print(&page, &witness->explanation, &question);
    fclose(page.out);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        check(witness, page_text_columns(line) <= page.columns);
        for (const char *at = line; !page.has_utf8 && *at != '\0'; at++)
            check(witness, *at > 0 && *at != '?');
    }
    free(text);
}

/* Ids as long as they may be, each what it was and then nothing but dots. */
static void ids_lengthen(struct child *child)
{
    static char ids[2 * CHILD_FACTS_MAX][ID_LENGTH_MAX]; /* large */
    for (uint32_t i = 0; i < child->fact_count; i++) {
        struct text *const texts[] = {&child->facts[i].place.location_id, &child->facts[i].school_id};
        for (uint32_t t = 0; t < 2; t++) {
            if (texts[t]->length == 0)
                continue;
            char *id = ids[2 * i + t];
            memset(id, '.', ID_LENGTH_MAX);
            memcpy(id, texts[t]->bytes, texts[t]->length);
            *texts[t] = (struct text){id, ID_LENGTH_MAX};
        }
    }
}

/* Nothing is left out without being said: no text is too long for where it is put together. */
void texts_are_whole(struct witness *witness)
{
    static char child_id[ID_LENGTH_MAX];
    memset(child_id, 'c', sizeof(child_id));
    ids_lengthen(&witness->lab.child);
    witness->lab.child.child_id = (struct text){child_id, ID_LENGTH_MAX};
    explain(witness);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct page page = {.language = (enum language)language, .columns = INT16_MAX};
        char *text = NULL;
        size_t length;
        page.out = open_memstream(&text, &length);
        explanation_print(&page, &witness->explanation, &(struct explanation_question){.in_full = true});
        fclose(page.out);
        check(witness, strstr(text, TEXT_CUT) == NULL);
        free(text);
    }
}

void json_is_one_line(struct witness *witness)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    check(witness, explanation_print_json(out, &witness->explanation, &(struct explanation_question){0}));
    fclose(out);
    check(witness, length > 2 && text[0] == '{' && strcmp(text + length - 2, "}\n") == 0);
    check(witness, strchr(text, '\n') == text + length - 1);
    free(text);
}
