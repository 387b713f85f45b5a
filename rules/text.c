#include "text.h"

/* Looked up, not compared: every event that is read has two ids at least. */
static const bool id_bytes[256] = {
    ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true, ['F'] = true, ['G'] = true, ['H'] = true,
    ['I'] = true, ['J'] = true, ['K'] = true, ['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true, ['P'] = true,
    ['Q'] = true, ['R'] = true, ['S'] = true, ['T'] = true, ['U'] = true, ['V'] = true, ['W'] = true, ['X'] = true,
    ['Y'] = true, ['Z'] = true, ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true,
    ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true,
    ['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true, ['t'] = true, ['u'] = true, ['v'] = true,
    ['w'] = true, ['x'] = true, ['y'] = true, ['z'] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,
    ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['.'] = true, ['_'] = true,
    [':'] = true, ['-'] = true};

bool text_is_id(struct text text)
{
    if (text.length == 0 || text.length > ID_LENGTH_MAX)
        return false;
    bool right = true;
    for (uint32_t i = 0; i < text.length; i++)
        right &= id_bytes[(uint8_t)text.bytes[i]];
    return right;
}

uint32_t text_control_length(const char *bytes)
{
    const uint8_t byte = (uint8_t)bytes[0], next = byte == '\0' ? 0 : (uint8_t)bytes[1];
    if (byte == 0xc2 && next >= 0x80 && next < 0xa0)
        return 2;
    return (byte > 0 && byte < ' ') || byte == 0x7f ? 1 : 0;
}
