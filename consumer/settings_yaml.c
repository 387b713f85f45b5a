/* The YAML file, read event by event with libyaml. A mistake is said with its line and reading goes on, so that one
 * look finds them all. Anchors and aliases are refused: a configuration needs none, and a small file could stand for a
 * very large one.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yaml.h>

#include "consumer/settings_assign.h"
#include "consumer/settings_subscription.h"
#include "consumer/settings_table.h"

#define LIST_SIZE 16384 /* of a list in one line: some hundred locations */

struct given { /* a path that was given, and where */
    struct given *next;
    size_t line;
    char path[SETTING_PATH_SIZE];
};

struct reading {
    struct settings *settings;
    struct setting_source source;
    FILE *file;
    yaml_parser_t parser;
    struct given *given;
    bool right; /* no mistake so far */
};

static bool read_value(struct reading *reading, const char *path, const yaml_event_t *event);

/* Of characters that are none, libyaml knows the place in bytes only. */
static size_t line_of_byte(FILE *file, size_t offset)
{
    size_t line = 1;
    rewind(file);
    for (int byte; offset > 0 && (byte = getc(file)) != EOF; offset--)
        line += byte == '\n';
    return line;
}

static void complain_of_syntax(struct reading *reading)
{
    const yaml_parser_t *parser = &reading->parser;
    reading->source.line = parser->error == YAML_READER_ERROR ? line_of_byte(reading->file, parser->problem_offset)
                                                              : parser->problem_mark.line + 1;
    setting_complain(&reading->source, "this is no YAML: %s",
                     parser->problem != NULL ? parser->problem : "memory is short");
    reading->right = false;
}

/* False: there is no next one, which was said. */
static bool next_event(struct reading *reading, yaml_event_t *event)
{
    if (!yaml_parser_parse(&reading->parser, event)) {
        complain_of_syntax(reading);
        return false;
    }
    reading->source.line = event->start_mark.line + 1;
    return true;
}

/* For mistakes after which the rest would make no sense. */
static bool give_up(struct reading *reading, const char *what)
{
    setting_complain(&reading->source, "%s", what);
    reading->right = false;
    return false;
}

/* Each path is given once, in whatever notation. False: memory is short. */
static bool note_path(struct reading *reading, const char *path)
{
    for (const struct given *given = reading->given; given != NULL; given = given->next)
        if (strcmp(given->path, path) == 0) {
            setting_complain(&reading->source, "%s: this is given already in line %zu", path, given->line);
            reading->right = false;
            return true;
        }
    struct given *given = malloc(sizeof(*given));
    if (given == NULL)
        return give_up(reading, "memory is short");
    given->next = reading->given;
    given->line = reading->source.line;
    strcpy(given->path, path);
    reading->given = given;
    return true;
}

static bool is_null(const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (*text == '\0' || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

/* A section may be empty: all in it may be commented out. */
static void read_scalar(struct reading *reading, const char *path, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    bool taken = true;
    if (strlen(text) != event->data.scalar.length)
        taken = setting_complain(&reading->source, "%s: the value has a NUL character", path);
    else if (!is_null(event))
        taken = setting_assign(reading->settings, &reading->source, path, text);
    else if (!setting_is_section(path))
        taken = setting_complain(&reading->source, "%s: the value is missing; without the line the default holds",
                                 path);
    reading->right &= taken;
}

/* Appends an item to a list; false: too long. */
static bool append(char *list, size_t size, const char *separator, const char *item)
{
    const size_t length = strlen(list);
    const int added = snprintf(list + length, size - length, "%s%s", length == 0 ? "" : separator, item);
    return added >= 0 && (size_t)added < size - length;
}

/* Norms with dates, addresses, and lists of librdkafka, may be YAML lists: they become their one-line form. */
static bool takes_list(const char *path)
{
    struct setting setting;
    const struct setting_row *row = subscription_row_find(path);
    if (row != NULL)
        return row->is_list;
    const bool is_known = setting_find(path, &setting);
    const bool is_list = is_known && (setting.norm != NULL ? setting.norm->type == NORM_DATED : setting.row->is_list);
    return is_known ? is_list : setting_is_section(path);
}

/* The items up to the end of the list, in LIST; false: reading can not go on, which was said. */
static bool read_items(struct reading *reading, char *list, size_t size)
{
    yaml_event_t event;
    while (next_event(reading, &event)) {
        const bool ends = event.type == YAML_SEQUENCE_END_EVENT, is_item = event.type == YAML_SCALAR_EVENT;
        const bool fits = is_item && append(list, size, ", ", (const char *)event.data.scalar.value);
        yaml_event_delete(&event);
        if (ends)
            return true;
        if (!fits)
            return give_up(reading, is_item ? "the list is too long" : "a list has plain values only");
    }
    return false;
}

static bool read_sequence(struct reading *reading, const char *path)
{
    char list[LIST_SIZE] = "";
    const size_t line = reading->source.line;
    if (!read_items(reading, list, sizeof(list)))
        return false;
    reading->source.line = line;
    reading->right &= takes_list(path)
                          ? setting_assign(reading->settings, &reading->source, path, list)
                          : setting_complain(&reading->source, "%s: one value is expected, not a list", path);
    return true;
}

/* PATH of KEY in SECTION. */
static bool join_path(struct reading *reading, char path[static SETTING_PATH_SIZE], const char *section,
                      const yaml_event_t *key)
{
    if (key->type != YAML_SCALAR_EVENT || key->data.scalar.length == 0)
        return give_up(reading, "a name is expected here");
    const int length = snprintf(path, SETTING_PATH_SIZE, "%s%s%s", section, *section == '\0' ? "" : ".",
                                (const char *)key->data.scalar.value);
    return length < SETTING_PATH_SIZE || give_up(reading, "the name is too long");
}

/* The pair whose key is KEY. */
static bool read_pair(struct reading *reading, const char *section, const yaml_event_t *key)
{
    char path[SETTING_PATH_SIZE];
    yaml_event_t value;
    if (!join_path(reading, path, section, key) || !note_path(reading, path) || !next_event(reading, &value))
        return false;
    const bool goes_on = read_value(reading, path, &value);
    yaml_event_delete(&value);
    return goes_on;
}

/* False: reading can not go on, which was said. Depth is bounded by the length of a path. */
static bool read_mapping(struct reading *reading, const char *section)
{
    yaml_event_t key;
    for (;;) {
        if (!next_event(reading, &key))
            return false;
        const bool ends = key.type == YAML_MAPPING_END_EVENT;
        const bool goes_on = ends || read_pair(reading, section, &key);
        yaml_event_delete(&key);
        if (ends || !goes_on)
            return goes_on;
    }
}

static bool read_value(struct reading *reading, const char *path, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        read_scalar(reading, path, event);
        return true;
    case YAML_MAPPING_START_EVENT:
        return read_mapping(reading, path);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(reading, path);
    default:
        return give_up(reading, "aliases (*name) are not taken");
    }
}

/* The one document, up to the end of the stream. */
static bool read_document(struct reading *reading)
{
    yaml_event_t event;
    bool goes_on = true, ends = false;
    int documents = 0;
    while (goes_on && !ends && next_event(reading, &event)) {
        if (event.type == YAML_DOCUMENT_START_EVENT && ++documents > 1)
            goes_on = give_up(reading, "one document (---) is expected");
        else if (event.type == YAML_MAPPING_START_EVENT)
            goes_on = read_mapping(reading, "");
        else if (event.type == YAML_SCALAR_EVENT && !is_null(&event))
            goes_on = give_up(reading, "\"name: value\" is expected");
        else if (event.type == YAML_SEQUENCE_START_EVENT)
            goes_on = give_up(reading, "\"name: value\" is expected, not a list");
        ends = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return ends;
}

static void forget_given(struct reading *reading)
{
    while (reading->given != NULL) {
        struct given *next = reading->given->next;
        free(reading->given);
        reading->given = next;
    }
}

/* NULL: said on ERRORS, and errno is why. */
static FILE *open_file(const char *path, FILE *errors)
{
    FILE *file = fopen(path, "re");
    struct stat status;
    int error = errno;
    if (file != NULL && (fstat(fileno(file), &status) != 0 || !S_ISDIR(status.st_mode)))
        return file;
    if (file != NULL) {
        error = EISDIR;
        fclose(file);
    }
    fprintf(errors, "%s: %s\n", path, strerror(error));
    errno = error;
    return NULL;
}

bool settings_read_section(struct settings *settings, const char *path, const char *section, FILE *errors)
{
    struct reading reading = {
        .settings = settings, .source = {.errors = errors, .file = path, .section = section}, .right = true};
    FILE *file = open_file(path, errors);
    if (file == NULL)
        return false;
    reading.file = file;
    bool right = yaml_parser_initialize(&reading.parser);
    if (right) {
        yaml_parser_set_input_file(&reading.parser, file);
        right = read_document(&reading) && reading.right;
        yaml_parser_delete(&reading.parser);
    }
    forget_given(&reading);
    fclose(file);
    errno = 0;
    return right;
}

bool settings_read(struct settings *settings, const char *path, FILE *errors)
{
    return settings_read_section(settings, path, NULL, errors);
}
