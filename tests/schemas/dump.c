#include "dump.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "testing.h"

#define DEPTH_MAX 12
#define PATH_SIZE 256

void dump_text(FILE *out, const char *path, const void *bytes, size_t length)
{
    fprintf(out, "%s=\"", path);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = ((const unsigned char *)bytes)[i];
        fprintf(out, byte >= 0x20 && byte < 0x7F ? "%c" : "\\x%02x", byte);
    }
    fputs("\" ", out);
}

void dump_long(FILE *out, const char *path, int64_t number)
{
    fprintf(out, "%s=%" PRId64 " ", path, number);
}
void dump_real(FILE *out, const char *path, double number)
{
    fprintf(out, "%s=%a ", path, number);
}
void dump_word(FILE *out, const char *path, const char *word)
{
    fprintf(out, "%s=%s ", path, word);
}

/* --- which paths there are --------------------------------------------------------------------------------------- */

static void add_path(struct dump *dump, const char *path)
{
    for (uint32_t i = 0; i < dump->path_count; i++)
        if (strcmp(dump->paths[i], path) == 0)
            return;
    assert_true(dump->path_count < DUMP_PATHS_MAX);
    dump->paths[dump->path_count++] = strdup(path);
}

static void add_paths(struct dump *dump, const struct schema_node *node, const char *path, int depth)
{
    char inner[PATH_SIZE];
    if (depth == DEPTH_MAX)
        return;
    if (node->type != AVRO_TYPE_UNION)
        add_path(dump, path);
    if (node->type == AVRO_TYPE_MAP) {
        snprintf(inner, sizeof inner, "%s{}key", path);
        add_path(dump, inner);
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const char *separator = *path == '\0' ? "" : ".";
        if (node->type == AVRO_TYPE_RECORD)
            snprintf(inner, sizeof inner, "%s%s%s", path, separator, node->fields[i].name);
        else
            snprintf(inner, sizeof inner, "%s%s", path,
                     node->type == AVRO_TYPE_ARRAY ? "[]"
                     : node->type == AVRO_TYPE_MAP ? "{}"
                                                   : "");
        add_paths(dump, node->type == AVRO_TYPE_RECORD ? node->fields[i].type : node->types[i], inner, depth + 1);
    }
}

enum compiled dump_init(struct dump *dump, const char *writer, const char *reader, char field[static 64])
{
    struct schema_error error;
    memset(dump, 0, sizeof *dump);
    if (!schema_tree_init(&dump->writer, writer, strlen(writer), &error) ||
        !schema_tree_init(&dump->reader, reader, strlen(reader), &error))
        fail_msg("%s: %s\n%s\n%s", error.where, error.why, writer, reader);
    add_paths(dump, dump->reader.root, "", 0);
    return program_new(&dump->program, &dump->writer, &dump->reader, (const char *const *)dump->paths, dump->path_count,
                       field);
}

void dump_fini(struct dump *dump)
{
    program_free(dump->program);
    schema_tree_fini(&dump->writer);
    schema_tree_fini(&dump->reader);
    for (uint32_t i = 0; i < dump->path_count; i++)
        free(dump->paths[i]);
}

/* --- what was read ----------------------------------------------------------------------------------------------- */

static const struct program_value *value_at(const struct dump *dump, const char *path)
{
    static const struct program_value none;
    for (uint32_t i = 0; i < dump->path_count; i++)
        if (strcmp(dump->paths[i], path) == 0)
            return &dump->values[i];
    return &none;
}

static bool show(struct dump *dump, const struct schema_node *node, const char *path, const char *shown, FILE *out,
                 struct finding *finding);

static bool show_items(struct dump *dump, const struct schema_node *node, const char *path, const char *shown,
                       FILE *out, struct finding *finding)
{
    struct program_items items;
    char inner[PATH_SIZE], key[PATH_SIZE + 8], inner_shown[2 * PATH_SIZE];
    bool map = node->type == AVRO_TYPE_MAP;
    snprintf(inner, sizeof inner, "%s%s", path, map ? "{}" : "[]");
    snprintf(key, sizeof key, "%skey", inner);
    program_items_begin(&items, dump->program, value_at(dump, path));
    fprintf(out, "%s: ", shown);
    for (int i = 0; program_items_next(&items, dump->values, finding); i++) {
        const struct program_value *name = value_at(dump, key);
        if (map)
            snprintf(inner_shown, sizeof inner_shown, "%s{%.*s}", shown, (int)name->length, (const char *)name->bytes);
        else
            snprintf(inner_shown, sizeof inner_shown, "%s[%d]", shown, i);
        if (!show(dump, node->types[0], inner, inner_shown, out, finding))
            return false;
    }
    return finding->problem == PROBLEM_NONE;
}

static bool show_fields(struct dump *dump, const struct schema_node *node, const char *path, const char *shown,
                        FILE *out, struct finding *finding)
{
    char inner[PATH_SIZE], inner_shown[2 * PATH_SIZE];
    for (uint32_t i = 0; i < node->count; i++) {
        snprintf(inner, sizeof inner, "%s%s%s", path, *path == '\0' ? "" : ".", node->fields[i].name);
        snprintf(inner_shown, sizeof inner_shown, "%s%s%s", shown, *shown == '\0' ? "" : ".", node->fields[i].name);
        if (!show(dump, node->fields[i].type, inner, inner_shown, out, finding))
            return false;
    }
    return true;
}

static bool show(struct dump *dump, const struct schema_node *node, const char *path, const char *shown, FILE *out,
                 struct finding *finding)
{
    const struct program_value *value = value_at(dump, path);
    if (node->type == AVRO_TYPE_UNION && value->type != AVRO_TYPE_NULL)
        return show(dump, node->types[value->branch], path, shown, out, finding);
    switch (value->type) {
    case AVRO_TYPE_NULL:
        dump_word(out, shown, "null");
        break;
    case AVRO_TYPE_BOOLEAN:
        dump_word(out, shown, value->number == 1 ? "true" : "false");
        break;
    case AVRO_TYPE_INT:
    case AVRO_TYPE_LONG:
        dump_long(out, shown, value->number);
        break;
    case AVRO_TYPE_FLOAT:
    case AVRO_TYPE_DOUBLE:
        dump_real(out, shown, value->real);
        break;
    case AVRO_TYPE_ENUM:
        dump_word(out, shown, node->symbols.items[value->number]);
        break;
    case AVRO_TYPE_RECORD:
        return show_fields(dump, node, path, shown, out, finding);
    case AVRO_TYPE_ARRAY:
    case AVRO_TYPE_MAP:
        return show_items(dump, node, path, shown, out, finding);
    default:
        dump_text(out, shown, value->bytes, value->length);
    }
    return true;
}

bool dump_record(struct dump *dump, const uint8_t *bytes, size_t length, FILE *out, struct finding *finding)
{
    return program_run(dump->program, bytes, length, dump->values, finding) &&
           show(dump, dump->reader.root, "", "", out, finding);
}
