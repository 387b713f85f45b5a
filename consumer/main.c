#include <sys/resource.h>

#include "consumer/command.h"

/* A core dump would hold what is known of children, and secrets. */
static void forbid_core_dumps(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char **argv)
{
    forbid_core_dumps();
    return commands_main(argc, argv);
}
