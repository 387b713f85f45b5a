#include "consumer/schema_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MAX 256
#define FILE_BYTES_MAX (1 << 20)
#define PATH_SIZE 4096

static bool complain(FILE *errors, const char *path, const char *what)
{
    fprintf(errors, "%s: %s\n", path, what);
    return false;
}

/* Opens a file, and never waits for one that is a pipe; -1: WHY. */
static int file_open(const char *path, const char **why)
{
    struct stat about;
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 || fstat(file, &about) != 0)
        *why = strerror(errno);
    else if (!S_ISREG(about.st_mode))
        *why = "it is no file";
    else
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

/* Up to SIZE bytes; -1: errno says why. */
static ssize_t file_read(int file, char *bytes, size_t size)
{
    size_t length = 0;
    ssize_t got;
    while ((got = read(file, bytes + length, size - length)) > 0)
        length += (size_t)got;
    return got < 0 ? -1 : (ssize_t)length;
}

static bool add_file(const char *path, char *text, struct event_versions *versions, FILE *errors)
{
    char why[EVENT_VERSIONS_WHY_SIZE];
    const char *what = "";
    const int file = file_open(path, &what);
    if (file < 0)
        return complain(errors, path, what);
    const ssize_t length = file_read(file, text, FILE_BYTES_MAX + 1);
    what = strerror(errno);
    close(file);
    if (length < 0)
        return complain(errors, path, what);
    if (length > FILE_BYTES_MAX)
        return complain(errors, path, "it is longer than 1 MiB, which no schema of an event needs");
    return event_versions_add(versions, text, (size_t)length, why) || complain(errors, path, why);
}

static int is_schema(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".avsc") == 0;
}

static bool add_files(const char *folder, struct dirent **entries, int count, struct event_versions *versions,
                      FILE *errors)
{
    char path[PATH_SIZE];
    char *text = malloc(FILE_BYTES_MAX + 1);
    bool right = text != NULL || complain(errors, folder, "memory is short");
    for (int i = 0; text != NULL && i < count; i++) {
        const int length = snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        right &= length < (int)sizeof(path) ? add_file(path, text, versions, errors)
                                            : complain(errors, folder, "its name is too long");
    }
    free(text);
    return right;
}

bool schema_folder_read(const char *folder, struct event_versions *versions, FILE *errors)
{
    struct dirent **entries;
    const int count = scandir(folder, &entries, is_schema, alphasort);
    if (count < 0)
        return complain(errors, folder, strerror(errno));
    const bool right = count <= FILES_MAX ? add_files(folder, entries, count, versions, errors)
                                          : complain(errors, folder, "there are more than 256 schemas in it");
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return right;
}
