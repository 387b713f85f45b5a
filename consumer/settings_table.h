/* The table of settings: what each is called, takes, and is for. Reading, checking, printing, --help and the manual
 * follow. */
#ifndef CONSUMER_SETTINGS_TABLE_H
#define CONSUMER_SETTINGS_TABLE_H

#include "consumer/settings.h"

#define SETTING_PATH_SIZE 128
#define SETTING_VALUE_SIZE 512
#define SETTING_WHY_SIZE 512

enum setting_type {
    SETTING_TEXT,        /* char * */
    SETTING_SECRET,      /* struct setting_secret: its text; not from the command line, never printed */
    SETTING_SECRET_FILE, /* struct setting_secret: the file that holds the text; stands behind the secret's own row */
    SETTING_INTEGER,     /* int64_t */
    SETTING_BOOLEAN,     /* bool */
    SETTING_CLOCK,       /* struct clock_setting */
    SETTING_LEVEL        /* enum log_level */
};

struct setting_row {
    const char *path;
    enum setting_type type;
    size_t offset; /* into the struct that has it */
    /* Of a text, or of a secret, which WHY must not repeat; NULL: any is right. */
    bool (*check)(const char *text, char why[static SETTING_WHY_SIZE]);
    int64_t minimum, maximum; /* of an integer; of the bytes of a text or secret, maximum 0: any */
    bool is_list;             /* YAML may have the text as a list; it is then joined by commas */
    bool is_host_name;        /* the default is the host's name */
    const char *default_text; /* NULL: "" */
    const char *unit;         /* "ms", "days"; NULL: none */
    const char *help;         /* one sentence */
};

/* In the order in which they are printed: those of a section stand together. The norms (rules/norms.h) come after them.
 */
extern const struct setting_row setting_rows[];
extern const size_t setting_row_count;

/* A setting of either table. */
struct setting {
    const struct setting_row *row;  /* NULL: it is a norm */
    const struct norm_option *norm; /* NULL: it is a row */
};

/* Setting number I of rows and norms; false past the last. */
bool setting_at(size_t i, struct setting *setting);

/* The setting of that path; false: none. */
bool setting_find(const char *path, struct setting *setting);

/* Its path into PATH of SETTING_PATH_SIZE bytes. */
void setting_path(const struct setting *setting, char path[static SETTING_PATH_SIZE]);
const char *setting_help(const struct setting *setting);
const char *setting_unit(const struct setting *setting);    /* "": none */
const char *setting_default(const struct setting *setting); /* of a host's name "the host name" */

/* Sets it from text; false: *SETTINGS is unchanged, WHY says what is expected. */
bool setting_parse(const struct setting *setting, struct settings *settings, const char *text,
                   char why[static SETTING_WHY_SIZE]);

/* Its value in the form that setting_parse reads; valid until BUFFER or SETTINGS change. */
const char *setting_format(const struct setting *setting, const struct settings *settings,
                           char buffer[static SETTING_VALUE_SIZE]);

/* The same of a row alone, in the OBJECT that its offset is into: struct settings, or struct subscription. */
bool setting_row_parse(const struct setting_row *row, void *object, const char *text,
                       char why[static SETTING_WHY_SIZE]);
const char *setting_row_format(const struct setting_row *row, const void *object,
                               char buffer[static SETTING_VALUE_SIZE]);

/* Frees what the value of a row owns. */
void setting_row_free(const struct setting_row *row, void *object);

#endif
