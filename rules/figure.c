#include "figure.h"

const char *const figure_names[FIGURE_COUNT] = {
#define X(symbol, name, sort) [FIGURE_##symbol] = #name,
    FIGURES(X)
#undef X
};

const enum figure_sort figure_sorts[FIGURE_COUNT] = {
#define X(symbol, name, sort) [FIGURE_##symbol] = FIGURE_##sort,
    FIGURES(X)
#undef X
};
