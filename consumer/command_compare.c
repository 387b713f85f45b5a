#include "consumer/command_compare.h"

#include <errno.h>

#include "consumer/exit_code.h"
#include "consumer/settings_compare.h"

int command_compare(const struct arguments *arguments, struct compared_norms *compared)
{
    compared->file = arguments_value(arguments, "compare");
    if (compared->file == NULL || settings_compare_read(arguments->settings, compared->file, &compared->norms, stderr))
        return EXIT_OK;
    return errno != 0 ? EXIT_NO_INPUT : EXIT_CONFIG;
}
