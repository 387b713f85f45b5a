/* Makes schemas_embedded.c of the .avsc files when the project is built: their texts and fingerprints (schema.h).
 *
 *     embed_schemas OUTPUT FILE.avsc…
 *
 * A file <name>.avsc is the newest version of a record, <name>-<version>.avsc an earlier one; earlier ones keep the
 * order they are given in. A file that is no Avro schema stops the build.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/fingerprint.h"

#define TEXT_BYTES_MAX 65536

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Up to the "-" before the version, or the "." before "avsc". */
static size_t record_name_length(const char *path)
{
    return strcspn(base_name(path), "-.");
}
static bool is_earlier(const char *path)
{
    return base_name(path)[record_name_length(path)] == '-';
}

static size_t read_text(const char *path, char *text)
{
    FILE *file = fopen(path, "rb");
    size_t length = file == NULL ? 0 : fread(text, 1, TEXT_BYTES_MAX, file);
    if (file == NULL || ferror(file) || length == TEXT_BYTES_MAX) {
        fprintf(stderr, "%s: can not be read, or is longer than %d bytes\n", path, TEXT_BYTES_MAX);
        length = 0;
    }
    if (file != NULL)
        fclose(file);
    return length;
}

static bool fingerprint_of(const char *path, const char *text, size_t length, uint64_t *fingerprint)
{
    struct schema_tree tree;
    struct schema_error error;
    if (!schema_tree_init(&tree, text, length, &error)) {
        fprintf(stderr, "%s: %s: %s\n", path, error.where, error.why);
        return false;
    }
    char *form = schema_canonical_form(&tree);
    schema_tree_fini(&tree);
    if (form != NULL)
        *fingerprint = crc_64_avro(form, strlen(form));
    free(form);
    return form != NULL;
}

static void write_literal(FILE *out, const char *text, size_t length)
{
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            fputs("\\n\"\n     \"", out);
        else if (text[i] == '"' || text[i] == '\\')
            fprintf(out, "\\%c", text[i]);
        else
            fputc(text[i], out);
    }
    fputc('"', out);
}

static bool write_schema(FILE *out, const char *path)
{
    static char text[TEXT_BYTES_MAX];
    uint64_t fingerprint;
    size_t length = read_text(path, text);
    if (length == 0 || !fingerprint_of(path, text, length, &fingerprint))
        return false;
    char symbol[64] = "";
    for (size_t i = 0; i < record_name_length(path) && i + 1 < sizeof symbol; i++) {
        char c = base_name(path)[i];
        symbol[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    if (!is_earlier(path))
        fprintf(out, "    [SCHEMA_%s] =\n", symbol);
    fprintf(out, "    {SCHEMA_%s,\n     ", symbol);
    write_literal(out, text, length);
    fprintf(out, ",\n     %zu, UINT64_C(0x%016" PRIx64 ")},\n", length, fingerprint);
    return true;
}

static bool write_schemas(FILE *out, char **paths, bool earlier)
{
    for (; *paths != NULL; paths++)
        if (is_earlier(*paths) == earlier && !write_schema(out, *paths))
            return false;
    return true;
}

static bool write_tables(FILE *out, char **paths)
{
    size_t earlier = 0;
    for (char **path = paths; *path != NULL; path++)
        earlier += is_earlier(*path);
    fputs("/* Made by embed_schemas of the .avsc files; see schemas/schema.h. */\n"
          "#include \"schemas/schema.h\"\n\n"
          "const struct shipped_schema newest_schemas[SCHEMA_COUNT] = {\n",
          out);
    if (!write_schemas(out, paths, false))
        return false;
    fputs("};\n\nconst struct shipped_schema earlier_schemas[] = {\n", out);
    if (!write_schemas(out, paths, true))
        return false;
    fputs(earlier == 0 ? "    {SCHEMA_COUNT, \"\", 0, 0},\n" : "", out);
    fprintf(out, "};\n\nconst size_t earlier_schema_count = %zu;\n", earlier);
    return true;
}

int main(int argc, char **argv)
{
    FILE *out = argc < 3 ? NULL : fopen(argv[1], "w");
    if (out == NULL) {
        fprintf(stderr, "usage: embed_schemas OUTPUT FILE.avsc…, and OUTPUT must be writable\n");
        return EXIT_FAILURE;
    }
    bool written = write_tables(out, argv + 2);
    if (fclose(out) == 0 && written)
        return EXIT_SUCCESS;
    remove(argv[1]);
    return EXIT_FAILURE;
}
