/* Settings that are one of some words: an enum, and the words in its order. */
#ifndef CONSUMER_SETTINGS_WORD_H
#define CONSUMER_SETTINGS_WORD_H

#include "consumer/settings_table.h"

/* Of a row of such a type; PLACE is its enum. */
bool word_parse(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE]);
const char *word_format(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE]);

#endif
