#include "consumer/settings_compare.h"

#include "consumer/settings_assign.h"

/* Of these settings nothing but the norms is looked at: the others are refused before they are set. */
bool settings_compare_read(const struct settings *settings, const char *path, struct norms *norms, FILE *errors)
{
    struct settings compared = {.norms = settings->norms};
    const bool right = settings_read_section(&compared, path, "rules.", errors);
    *norms = compared.norms;
    return right;
}
