#include <string.h>

#include "alerts/alertmanager_config.h"

/* Made of mail.tmpl when the project is built (embed_text.cmake). */
extern const char mail_template[];
extern const size_t mail_template_length;

#define CHOICE_BEGIN "[["
#define CHOICE_BETWEEN "|"
#define CHOICE_END "]]"

/* Of the words in "[[Dutch|English]]" those in one language; returns where the text goes on. */
static const char *write_choice(FILE *out, const char *words, enum language language)
{
    const char *between = strstr(words, CHOICE_BETWEEN), *end = strstr(words, CHOICE_END);
    if (language == LANGUAGE_DUTCH)
        fwrite(words, 1, (size_t)(between - words), out);
    else
        fwrite(between + strlen(CHOICE_BETWEEN), 1, (size_t)(end - between) - strlen(CHOICE_BETWEEN), out);
    return end + strlen(CHOICE_END);
}

static void write_in(FILE *out, enum language language)
{
    const char *text = mail_template;
    for (const char *choice; (choice = strstr(text, CHOICE_BEGIN)) != NULL;) {
        fwrite(text, 1, (size_t)(choice - text), out);
        text = write_choice(out, choice + strlen(CHOICE_BEGIN), language);
    }
    fputs(text, out);
}

void alertmanager_template_write(FILE *out)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        write_in(out, (enum language)language);
}
