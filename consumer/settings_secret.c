#include "consumer/settings_secret.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_SIZE 65536
#define HIDDEN "********"

char *secret_read(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return NULL;
    char *text = malloc(SECRET_SIZE);
    size_t length = text == NULL ? 0 : fread(text, 1, SECRET_SIZE, file);
    if (text != NULL && (ferror(file) || length == SECRET_SIZE)) {
        errno = ferror(file) ? EIO : EFBIG;
        free(text);
        text = NULL;
    }
    fclose(file);
    if (text == NULL)
        return NULL;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    text[length] = '\0';
    return text;
}

static void wipe(char *text)
{
    if (text != NULL)
        explicit_bzero(text, strlen(text));
    free(text);
}

void secret_free(void *place)
{
    struct setting_secret *secret = place;
    wipe(secret->value);
    free(secret->file);
    *secret = (struct setting_secret){NULL, NULL};
}

/* WHY never repeats a secret. */
static bool keep(const struct setting_row *row, struct setting_secret *secret, const char *value, const char *file,
                 char why[static SETTING_WHY_SIZE])
{
    if (strlen(value) > (size_t)row->maximum) {
        snprintf(why, SETTING_WHY_SIZE, "longer than %" PRId64 " bytes", row->maximum);
        return false;
    }
    struct setting_secret copy = {strdup(value), strdup(file)};
    if (copy.value == NULL || copy.file == NULL) {
        secret_free(&copy);
        snprintf(why, SETTING_WHY_SIZE, "memory is short");
        return false;
    }
    secret_free(secret);
    *secret = copy;
    return true;
}

bool secret_parse(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE])
{
    return keep(row, place, text, "", why);
}

/* No file leaves the secret as it is, unless it was read from one. */
bool secret_parse_file(const struct setting_row *row, void *place, const char *path, char why[static SETTING_WHY_SIZE])
{
    const struct setting_secret *secret = place;
    if (*path == '\0')
        return secret->file[0] == '\0' || keep(row, place, "", "", why);
    char *value = secret_read(path);
    if (value == NULL) {
        snprintf(why, SETTING_WHY_SIZE, "%.200s can not be read: %s", path, strerror(errno));
        return false;
    }
    const bool kept = keep(row, place, value, path, why);
    wipe(value);
    return kept;
}

const char *secret_format(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE])
{
    const struct setting_secret *secret = place;
    (void)row;
    (void)buffer;
    return secret->value[0] == '\0' || secret->file[0] != '\0' ? "" : HIDDEN;
}

const char *secret_format_file(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE])
{
    const struct setting_secret *secret = place;
    (void)row;
    (void)buffer;
    return secret->file;
}
