#include "alerts/word_wrap.h"

#include <string.h>

int word_wrap_width(const char *words, int least)
{
    int width = least;
    for (const char *word = words; *word != '\0'; word += strspn(word, " ")) {
        const int length = (int)strcspn(word, " ");
        width = length > width ? length : width;
        word += length;
    }
    return width;
}

/* The length of the first line: as many words as fit. */
static size_t line_length(const char *words, int width)
{
    size_t length = strcspn(words, " ");
    while (words[length] != '\0' && length + 1 + strcspn(words + length + 1, " ") <= (size_t)width)
        length += 1 + strcspn(words + length + 1, " ");
    return length;
}

static const char *line_after(const char *words, int width)
{
    words += line_length(words, width);
    return words + strspn(words, " ");
}

int word_wrap_lines(const char *words, int width)
{
    int count = 0;
    for (; *words != '\0'; words = line_after(words, width))
        count++;
    return count;
}

const char *word_wrap_line(const char *words, int width, int i, int *length)
{
    for (; i > 0; i--)
        words = line_after(words, width);
    *length = (int)line_length(words, width);
    return words;
}
