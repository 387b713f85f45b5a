#include "consumer/settings_secret.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_SIZE 65536

/* --- life --------------------------------------------------------------------------------------------------------- */

static bool init(struct setting_secret *secret, const char *text, const char *file, char why[static SETTING_WHY_SIZE])
{
    *secret = (struct setting_secret){strdup(text), file == NULL ? NULL : strdup(file)};
    if (secret->text != NULL && (file == NULL || secret->file != NULL))
        return true;
    secret_fini(secret);
    snprintf(why, SETTING_WHY_SIZE, "memory is short");
    return false;
}

bool secret_init(struct setting_secret *secret, const char *text, char why[static SETTING_WHY_SIZE])
{
    return init(secret, text, NULL, why);
}

/* False: errno. */
static bool read_text(const char *path, char text[static SECRET_SIZE])
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    setvbuf(file, NULL, _IONBF, 0); /* no copy in a buffer that nobody wipes */
    size_t length = fread(text, 1, SECRET_SIZE, file);
    const bool is_cut = length == SECRET_SIZE, has_nul = memchr(text, '\0', length) != NULL;
    const int error = ferror(file) ? errno : is_cut ? EFBIG : has_nul ? EILSEQ : 0;
    fclose(file);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    if (error == 0)
        text[length] = '\0';
    errno = error;
    return error == 0;
}

bool secret_init_file(struct setting_secret *secret, const char *path, char why[static SETTING_WHY_SIZE])
{
    char text[SECRET_SIZE];
    const bool is_read = read_text(path, text);
    if (!is_read)
        snprintf(why, SETTING_WHY_SIZE, "%.200s can not be read: %s", path, strerror(errno));
    const bool right = is_read && init(secret, text, path, why);
    explicit_bzero(text, sizeof(text));
    return right;
}

void secret_fini(struct setting_secret *secret)
{
    if (secret->text != NULL)
        explicit_bzero(secret->text, strlen(secret->text));
    free(secret->text);
    free(secret->file);
    *secret = (struct setting_secret){NULL, NULL};
}

bool secret_is_open(const struct setting_secret *secret)
{
    return secret->text[0] != '\0' && secret->file == NULL;
}

const char *secret_shown(const struct setting_secret *secret)
{
    return secret_is_open(secret) ? "********" : "";
}

/* --- of a row ----------------------------------------------------------------------------------------------------- */

static bool is_right(const struct setting_row *row, const char *text, char why[static SETTING_WHY_SIZE])
{
    if (strlen(text) <= (size_t)row->maximum)
        return row->check == NULL || row->check(text, why);
    snprintf(why, SETTING_WHY_SIZE, "longer than %" PRId64 " bytes", row->maximum);
    return false;
}

/* Takes FRESH over. */
static bool replace(const struct setting_row *row, struct setting_secret *secret, struct setting_secret *fresh,
                    char why[static SETTING_WHY_SIZE])
{
    if (!is_right(row, fresh->text, why)) {
        secret_fini(fresh);
        return false;
    }
    secret_fini(secret);
    *secret = *fresh;
    return true;
}

bool secret_parse(const struct setting_row *row, void *place, const char *text, char why[static SETTING_WHY_SIZE])
{
    struct setting_secret fresh;
    return secret_init(&fresh, text, why) && replace(row, place, &fresh, why);
}

/* No file leaves the secret as it is, unless it was read from one. */
bool secret_parse_file(const struct setting_row *row, void *place, const char *path, char why[static SETTING_WHY_SIZE])
{
    struct setting_secret fresh;
    const struct setting_secret *secret = place;
    if (*path == '\0')
        return secret->file == NULL || secret_parse(row, place, "", why);
    return secret_init_file(&fresh, path, why) && replace(row, place, &fresh, why);
}

const char *secret_format(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE])
{
    (void)row;
    (void)buffer;
    return secret_shown(place);
}

const char *secret_format_file(const struct setting_row *row, const void *place, char buffer[static SETTING_VALUE_SIZE])
{
    const struct setting_secret *secret = place;
    (void)row;
    (void)buffer;
    return secret->file == NULL ? "" : secret->file;
}

void secret_free(void *place)
{
    secret_fini(place);
}
