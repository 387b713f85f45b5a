/* Words below each other, for the headings of narrow columns. Words are parted by single spaces and of ASCII. */
#ifndef ALERTS_WORD_WRAP_H
#define ALERTS_WORD_WRAP_H

/* The length of the longest word, at least LEAST: what a column needs. */
int word_wrap_width(const char *words, int least);

/* How many lines WORDS take in a column so wide. */
int word_wrap_lines(const char *words, int width);

/* Line number I of them: where it begins, and its *LENGTH. */
const char *word_wrap_line(const char *words, int width, int i, int *length);

#endif
