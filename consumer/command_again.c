#include "consumer/command_again.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* In quotes where the shell would read anything else from it. */
static void word_write(FILE *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        fputs(word, out);
        return;
    }
    fputc('\'', out);
    for (; *word != '\0'; word++)
        if (*word == '\'')
            fputs("'\\''", out);
        else
            fputc(*word, out);
    fputc('\'', out);
}

static void option_write(FILE *out, const char *dashes, const char *name, const char *value)
{
    if (value == NULL)
        return;
    fprintf(out, " %s%s ", dashes, name);
    word_write(out, value);
}

static void words_write(FILE *out, const struct arguments *arguments, struct text first, const char *const options[])
{
    word_write(out, program_invocation_name);
    fprintf(out, " %s %.*s", arguments->command->name, (int)first.length, first.bytes);
    for (size_t i = 1; i < arguments->operand_count; i++) {
        fputc(' ', out);
        word_write(out, arguments->operands[i]);
    }
    option_write(out, "-", "c", arguments->settings_file);
    for (size_t i = 0; i < arguments->set_count; i++)
        option_write(out, "--", "set", arguments->sets[i]);
    for (; *options != NULL; options++)
        option_write(out, "--", *options, arguments_value(arguments, *options));
}

char *command_again(const struct arguments *arguments, struct text first, const char *const options[])
{
    char *words = NULL;
    size_t length;
    FILE *out = open_memstream(&words, &length);
    if (out == NULL)
        return NULL;
    words_write(out, arguments, first, options);
    if (fclose(out) == 0)
        return words;
    free(words);
    return NULL;
}
