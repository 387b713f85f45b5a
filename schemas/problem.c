#include "schemas/problem.h"

const char *const problem_names[PROBLEM_COUNT] = {
#define X(symbol, sentence) #symbol,
    PROBLEMS(X)
#undef X
};

const char *const problem_sentences[PROBLEM_COUNT] = {
#define X(symbol, sentence) sentence,
    PROBLEMS(X)
#undef X
};
