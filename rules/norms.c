#include "norms.h"

#include <assert.h>
#include <string.h>

#include "hash.h"
#include "rule.h"

const struct norm_option day_options[] = {
    {.name = "adult_months",
     .type = NORM_INTEGER,
     .unit = "months",
     .offset = offsetof(struct norms, adult_months),
     .minimum = 1,
     .maximum = 600,
     .default_text = "216",
     .help = "Age from which one is an adult.",
     .source = "Civil Code, book 1, article 233"},
    {.name = "aged_out_months",
     .type = NORM_INTEGER,
     .unit = "months",
     .offset = offsetof(struct norms, aged_out_months),
     .minimum = 1,
     .maximum = 600,
     .default_text = "228",
     .help = "Age from which interrupted education is no longer watched; coming of age does not end it.",
     .source = "Directive (EU) 2024/1346, article 16"},
    {.name = "school_age_months",
     .type = NORM_INTEGER,
     .unit = "months",
     .offset = offsetof(struct norms, school_age_months),
     .minimum = 1,
     .maximum = 600,
     .default_text = "60",
     .help = "Age after which, from the first day of the next month, a child has to go to school.",
     .source = "Compulsory Education Act, article 3"},
    {.name = "transfer_days",
     .type = NORM_INTEGER,
     .unit = "days",
     .offset = offsetof(struct norms, transfer_days),
     .minimum = 0,
     .maximum = 30,
     .default_text = "3",
     .help = "An arrival at most this long after a departure makes it a transfer: reception goes on.",
     .source = "our reading of transfers over a weekend"},
    {.name = "move_ends_enrollment",
     .type = NORM_BOOLEAN,
     .unit = "",
     .offset = offsetof(struct norms, move_ends_enrollment),
     .default_text = "true",
     .help = "Whether a move to another location ends the enrollment at the school left behind.",
     .source = "letter of the Inspectorates of 17 July 2025"},
};
const size_t day_option_count = sizeof(day_options) / sizeof(day_options[0]);

const struct norm_option *norm_option_at(size_t i)
{
    if (i < day_option_count)
        return &day_options[i];
    i -= day_option_count;
    for (size_t rule = 0; rule < RULE_COUNT; i -= rules[rule++]->option_count)
        if (i < rules[rule]->option_count)
            return &rules[rule]->options[i];
    return NULL;
}

const struct norm_option *norm_option_find(const char *name)
{
    const struct norm_option *option;
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++)
        if (strcmp(option->name, name) == 0)
            return option;
    return NULL;
}

void norms_init(struct norms *norms)
{
    const struct norm_option *option;
    memset(norms, 0, sizeof(*norms));
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        const char *why;
        bool good = norm_parse(norms, option, option->default_text, &why);
        assert(good);
        (void)good;
    }
}

const struct dated_norm *dated_norm_on(const struct dated_norms *norms, struct day day)
{
    int i = norms->count - 1;
    while (i > 0 && day_before(day, norms->norms[i].from))
        i--;
    return &norms->norms[i];
}

struct day dated_norms_first_day_over(const struct dated_norms *norms, struct day start, struct day earliest)
{
    for (int i = 0;; i++) {
        const struct dated_norm *norm = &norms->norms[i];
        struct day over = day_plus(day_add_months(start, norm->months), 1);
        over = day_later(over, day_later(earliest, norm->from));
        if (i + 1 == norms->count || day_before(over, norms->norms[i + 1].from))
            return over;
    }
}

/* Over names and texts, so that it depends on neither the layout of the struct nor the machine. */
uint64_t norms_hash(const struct norms *norms)
{
    const struct norm_option *option;
    uint64_t hash = HASH_START;
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        char text[NORM_TEXT_SIZE];
        bool fits = norm_format(norms, option, text, sizeof(text));
        assert(fits);
        (void)fits;
        hash = hash_bytes(hash, option->name, strlen(option->name) + 1);
        hash = hash_bytes(hash, text, strlen(text) + 1);
    }
    return hash;
}
