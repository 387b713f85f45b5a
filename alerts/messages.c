#include "alerts/messages.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "rules/text.h"

const char *const language_codes[LANGUAGE_COUNT] = {[LANGUAGE_ENGLISH] = "en", [LANGUAGE_DUTCH] = "nl"};

static const char *const texts[MESSAGE_COUNT][LANGUAGE_COUNT] = {
#define X(symbol, english, dutch) [MESSAGE_##symbol] = {english, dutch},
    MESSAGES(X)
#undef X
};

static const struct {
    const char *name, *words[LANGUAGE_COUNT];
} terms[] = {
#define X(name, english, dutch) {name, {english, dutch}},
    TERMS(X) TERMS_NORMS(X)
#undef X
};

enum language language_of_locale(const char *locale)
{
    bool is_dutch = locale != NULL && strncmp(locale, "nl", 2) == 0 && strchr("_.@", locale[2]) != NULL;
    return is_dutch ? LANGUAGE_DUTCH : LANGUAGE_ENGLISH;
}

const char *message_text(enum language language, enum message message)
{
    return texts[message][language];
}

/* The number of the placeholder that TEXT begins with; 0: it begins with none. */
static int placeholder(const char *text)
{
    return text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' ? text[1] - '0' : 0;
}

static void values_take(const char *values[static 10], const char *text, va_list arguments)
{
    int highest = 0;
    for (; *text != '\0'; text++)
        highest = placeholder(text) > highest ? placeholder(text) : highest;
    for (int i = 1; i <= highest; i++)
        values[i] = va_arg(arguments, const char *);
}

/* The next piece of *TEXT: a value, or what stands before the next placeholder. *TEXT moves beyond it. */
static struct text piece_take(const char **text, const char *const values[static 10])
{
    int number = placeholder(*text);
    const char *start = *text;
    if (number > 0) {
        *text += 3;
        return (struct text){values[number], (uint32_t)strlen(values[number])};
    }
    while (**text != '\0' && placeholder(*text) == 0)
        ++*text;
    return (struct text){start, (uint32_t)(*text - start)};
}

void message_print(FILE *out, enum language language, enum message message, ...)
{
    const char *text = message_text(language, message), *values[10];
    va_list arguments;
    va_start(arguments, message);
    values_take(values, text, arguments);
    va_end(arguments);
    while (*text != '\0') {
        struct text piece = piece_take(&text, values);
        fwrite(piece.bytes, 1, piece.length, out);
    }
}

static bool is_cut(const char *text, size_t length)
{
    const size_t cut = strlen(TEXT_CUT);
    return length >= cut && strcmp(text + length - cut, TEXT_CUT) == 0;
}

static bool is_within_character(char byte) /* of UTF-8 */
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

static void piece_add(char *text, size_t size, struct text piece)
{
    size_t length = strlen(text), room = size - 1 - length, fits = piece.length < room ? piece.length : room;
    assert(size >= sizeof(TEXT_CUT));
    if (is_cut(text, length))
        return;
    memcpy(text + length, piece.bytes, fits);
    text[length + fits] = '\0';
    if (fits == piece.length)
        return;
    length = size - sizeof(TEXT_CUT);
    while (length > 0 && is_within_character(text[length]))
        length--;
    memcpy(text + length, TEXT_CUT, sizeof(TEXT_CUT));
}

void text_add(char *text, size_t size, const char *more)
{
    piece_add(text, size, (struct text){more, (uint32_t)strlen(more)});
}

const char *message_format(char *words, size_t size, enum language language, enum message message, ...)
{
    const char *text = message_text(language, message), *values[10];
    va_list arguments;
    va_start(arguments, message);
    values_take(values, text, arguments);
    va_end(arguments);
    words[0] = '\0';
    while (*text != '\0')
        piece_add(words, size, piece_take(&text, values));
    return words;
}

const char *term_part_text(enum language language, const char *name, const char *part)
{
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
        if (strncmp(terms[i].name, name, length) == 0 && strcmp(terms[i].name + length, part) == 0)
            return terms[i].words[language];
    return NULL;
}

const char *term_text(enum language language, const char *name)
{
    const char *words = term_part_text(language, name, "");
    return words == NULL ? name : words;
}

const char *day_words(enum language language, struct day day, char words[static DAY_WORDS_SIZE])
{
    struct civil_date date = day_to_civil(day);
    const char *month = message_text(language, (enum message)(MESSAGE_MONTH_1 + date.month - 1));
    snprintf(words, DAY_WORDS_SIZE, "%d %s %d", date.day, month, date.year);
    return words;
}

/* What stands before so small a number, that at least one digit precedes its decimals. */
static const char *leading_zeros(unsigned long long size, int decimals)
{
    int missing = decimals;
    for (; missing > 0 && size >= 10; size /= 10)
        missing--;
    return &"000"[3 - missing];
}

const char *number_words(enum language language, int64_t number, int decimals, char words[static NUMBER_WORDS_SIZE])
{
    char digits[32], *to = words;
    const char *at = digits;
    const char apart = language == LANGUAGE_DUTCH ? '.' : ',', point = language == LANGUAGE_DUTCH ? ',' : '.';
    unsigned long long size = number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number;
    assert(decimals >= 0 && decimals <= 3);
    snprintf(digits, sizeof(digits), "%s%llu", leading_zeros(size, decimals), size);
    if (number < 0)
        *to++ = '-';
    for (size_t left = strlen(digits); left > 0; left--) {
        *to++ = *at++;
        if (left - 1 == (size_t)decimals && decimals > 0)
            *to++ = point;
        else if (left - 1 > (size_t)decimals && (left - 1 - (size_t)decimals) % 3 == 0)
            *to++ = apart;
    }
    *to = '\0';
    return words;
}
