/* A command as a shell takes it, to be shown and copied. */
#ifndef CONSUMER_SHELL_WORDS_H
#define CONSUMER_SHELL_WORDS_H

#include <stdio.h>

/* Writes WORD, in quotes where the shell would read anything else from it. */
void shell_word_write(FILE *out, const char *word);

/* " OPTION VALUE", or " VALUE" where OPTION is ""; nothing where VALUE is NULL. */
void shell_option_write(FILE *out, const char *option, const char *value);

#endif
