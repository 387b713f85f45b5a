/* What others say, as text without tricks: for the log and for dead letters. */
#ifndef SCHEMAS_ASCII_H
#define SCHEMAS_ASCII_H

/* Puts '?' in the place of every byte that is no printable character of ASCII. */
static inline void ascii_replace_others(char *text)
{
    for (char *c = text; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
}

#endif
