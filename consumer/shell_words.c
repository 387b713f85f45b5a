#include "consumer/shell_words.h"

#include <string.h>

void shell_word_write(FILE *out, const char *word)
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

void shell_option_write(FILE *out, const char *option, const char *value)
{
    if (value == NULL)
        return;
    fprintf(out, " %s%s", option, option[0] == '\0' ? "" : " ");
    shell_word_write(out, value);
}
