#include "consumer/command_user.h"

#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

void command_user(char name[static COMMAND_USER_SIZE])
{
    const struct passwd *user = getpwuid(getuid());
    if (user != NULL)
        snprintf(name, COMMAND_USER_SIZE, "%s", user->pw_name);
    else
        snprintf(name, COMMAND_USER_SIZE, "%ju", (uintmax_t)getuid());
}
