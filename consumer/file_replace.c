#include "consumer/file_replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of it on the disk. */
static bool fill(int descriptor, void (*write)(FILE *out, const void *context), const void *context)
{
    FILE *out = fdopen(descriptor, "w");
    if (out == NULL) {
        close(descriptor);
        return false;
    }
    write(out, context);
    const bool written = fflush(out) == 0 && ferror(out) == 0 && fchmod(descriptor, 0644) == 0 &&
                         fsync(descriptor) == 0;
    const int error = errno;
    const bool closed = fclose(out) == 0;
    if (!written)
        errno = error;
    return written && closed;
}

bool file_replace(const char *folder, const char *name, void (*write)(FILE *out, const void *context),
                  const void *context, FILE *errors)
{
    char path[PATH_MAX], unfinished[PATH_MAX];
    const int length = snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (length < 0 || (size_t)length + sizeof(".XXXXXX") > sizeof(unfinished)) {
        fprintf(errors, "%.80s…/%s: %s\n", folder, name, strerror(ENAMETOOLONG));
        return false;
    }
    snprintf(unfinished, sizeof(unfinished), "%.*s.XXXXXX", length, path);
    const int descriptor = mkostemp(unfinished, O_CLOEXEC);
    if (descriptor >= 0 && fill(descriptor, write, context) && rename(unfinished, path) == 0)
        return true;
    fprintf(errors, "%s: %s\n", path, strerror(errno));
    if (descriptor >= 0)
        unlink(unfinished);
    return false;
}
