#include "consumer/settings_word.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const schemas_names[] = {"register", "look-up"};

/* Those of a row's type, in the order of its enum. */
struct words {
    const char *const *items;
    unsigned count;
};

static struct words words_of(const struct setting_row *row)
{
    return row->type == SETTING_LEVEL ? (struct words){log_level_names, LOG_LEVEL_COUNT}
                                      : (struct words){schemas_names, 2};
}

/* "a, b or c" */
static void list_words(struct words words, char list[static SETTING_WHY_SIZE / 4])
{
    int length = 0;
    for (unsigned i = 0; i < words.count; i++)
        length += snprintf(list + length, SETTING_WHY_SIZE / 4 - (size_t)length, "%s%s",
                           i == 0                ? ""
                           : i + 1 < words.count ? ", "
                                                 : " or ",
                           words.items[i]);
}

bool word_parse(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE])
{
    const struct words words = words_of(row);
    char expected[SETTING_WHY_SIZE / 4];
    for (unsigned i = 0; i < words.count; i++)
        if (strcasecmp(text, words.items[i]) == 0) {
            memcpy(place, &i, sizeof(i));
            return true;
        }
    list_words(words, expected);
    snprintf(why, SETTING_WHY_SIZE, "\"%.100s\" is not %s", text, expected);
    return false;
}

const char *word_format(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE])
{
    unsigned i;
    (void)buffer;
    static_assert(sizeof(enum log_level) == sizeof(i) && sizeof(enum registry_schemas) == sizeof(i), "as it was put");
    memcpy(&i, place, sizeof(i));
    return words_of(row).items[i];
}
