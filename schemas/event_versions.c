#include "schemas/event_versions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/fingerprint.h"

bool event_versions_init(struct event_versions *versions)
{
    *versions = (struct event_versions){calloc(earlier_schema_count + 1, sizeof *versions->items), 0};
    if (versions->items == NULL)
        return false;
    memcpy(versions->items, earlier_schemas, earlier_schema_count * sizeof *versions->items);
    versions->count = earlier_schema_count;
    return true;
}

void event_versions_fini(struct event_versions *versions)
{
    for (size_t i = earlier_schema_count; i < versions->count; i++)
        free((char *)(uintptr_t)versions->items[i].text);
    free(versions->items);
    *versions = (struct event_versions){NULL, 0};
}

static bool is_known(const struct event_versions *versions, uint64_t fingerprint)
{
    bool known = false;
    for (size_t i = 0; i < versions->count; i++)
        known |= versions->items[i].fingerprint == fingerprint;
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        known |= newest_schemas[event_schemas[stream]].fingerprint == fingerprint;
    return known;
}

static bool refuse(char why[static EVENT_VERSIONS_WHY_SIZE], const char *before, const char *what, const char *behind)
{
    snprintf(why, EVENT_VERSIONS_WHY_SIZE, "%s%s%s", before, what, behind);
    return false;
}

static bool keep(struct event_versions *versions, const struct shipped_schema *schema)
{
    struct shipped_schema *items = realloc(versions->items, (versions->count + 1) * sizeof *items);
    if (items == NULL)
        return false;
    versions->items = items;
    char *text = malloc(schema->length);
    if (text == NULL)
        return false;
    memcpy(text, schema->text, schema->length);
    items[versions->count] = *schema;
    items[versions->count++].text = text;
    return true;
}

/* Tries the schema with each stream. A field is only named by a stream whose record has the schema's name. */
static bool add_where_it_fits(struct event_versions *versions, const struct event_reader *reader,
                              const struct schema_tree *tree, struct shipped_schema schema,
                              char why[static EVENT_VERSIONS_WHY_SIZE])
{
    char field[64];
    bool fits = false;
    refuse(why, "it is no event's: its record must be named as ours are, Placement, Move or Enrollment", "", "");
    for (enum stream stream = 0; stream < STREAM_COUNT; stream++) {
        const enum compiled fit = event_reader_fits(reader, stream, tree, field);
        schema.schema = event_schemas[stream];
        if (fit == COMPILED_NO_MEMORY || (fit == COMPILED && !keep(versions, &schema)))
            return refuse(why, "memory is short", "", "");
        fits |= fit == COMPILED;
        if (fit == COMPILED_UNFIT && *field != '\0')
            refuse(why, "its field ", field, " can not be resolved with ours");
    }
    return fits;
}

static bool add_tree(struct event_versions *versions, const struct schema_tree *tree, const char *text, size_t length,
                     char why[static EVENT_VERSIONS_WHY_SIZE])
{
    struct event_reader *reader = event_reader_new();
    char *form = schema_canonical_form(tree);
    bool added = false;
    if (reader == NULL || form == NULL) {
        refuse(why, "memory is short", "", "");
    } else {
        const struct shipped_schema schema = {
            .text = text, .length = length, .fingerprint = crc_64_avro(form, strlen(form))};
        added = is_known(versions, schema.fingerprint) || add_where_it_fits(versions, reader, tree, schema, why);
    }
    free(form);
    event_reader_free(reader);
    return added;
}

bool event_versions_add(struct event_versions *versions, const char *text, size_t length,
                        char why[static EVENT_VERSIONS_WHY_SIZE])
{
    struct schema_tree tree;
    struct schema_error error;
    if (!schema_tree_init(&tree, text, length, &error))
        return refuse(why, error.where, *error.where == '\0' ? "" : ": ", error.why);
    const bool added = add_tree(versions, &tree, text, length, why);
    schema_tree_fini(&tree);
    return added;
}
