#include "schemas/fingerprint.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define EMPTY UINT64_C(0xc15d213aa4d7a795)

uint64_t crc_64_avro(const void *bytes, size_t length)
{
    const uint8_t *byte = bytes;
    uint64_t crc = EMPTY;
    for (size_t i = 0; i < length; i++) {
        crc ^= byte[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (EMPTY & (0 - (crc & 1)));
    }
    return crc;
}

struct form {
    FILE *out;
    bool *written; /* the named types so far, by number: from then on their name stands for them */
};

static void write_type(struct form *form, const struct schema_node *node);

static void write_fields(struct form *form, const struct schema_node *node)
{
    fputs(",\"fields\":[", form->out);
    for (uint32_t i = 0; i < node->count; i++) {
        fprintf(form->out, "%s{\"name\":\"%s\",\"type\":", i == 0 ? "" : ",", node->fields[i].name);
        write_type(form, node->fields[i].type);
        fputc('}', form->out);
    }
    fputc(']', form->out);
}

static void write_symbols(struct form *form, const struct schema_node *node)
{
    fputs(",\"symbols\":[", form->out);
    for (uint32_t i = 0; i < node->symbols.count; i++)
        fprintf(form->out, "%s\"%s\"", i == 0 ? "" : ",", node->symbols.items[i]);
    fputc(']', form->out);
}

static void write_named(struct form *form, const struct schema_node *node)
{
    if (form->written[node->number]) {
        fprintf(form->out, "\"%s\"", node->name);
        return;
    }
    form->written[node->number] = true;
    fprintf(form->out, "{\"name\":\"%s\",\"type\":\"%s\"", node->name, avro_type_names[node->type]);
    if (node->type == AVRO_TYPE_RECORD)
        write_fields(form, node);
    else if (node->type == AVRO_TYPE_ENUM)
        write_symbols(form, node);
    else
        fprintf(form->out, ",\"size\":%" PRIu32, node->size);
    fputc('}', form->out);
}

static void write_union(struct form *form, const struct schema_node *node)
{
    fputc('[', form->out);
    for (uint32_t i = 0; i < node->count; i++) {
        if (i > 0)
            fputc(',', form->out);
        write_type(form, node->types[i]);
    }
    fputc(']', form->out);
}

static void write_type(struct form *form, const struct schema_node *node)
{
    if (node->name != NULL) {
        write_named(form, node);
    } else if (node->type == AVRO_TYPE_UNION) {
        write_union(form, node);
    } else if (node->type == AVRO_TYPE_ARRAY || node->type == AVRO_TYPE_MAP) {
        fputs(node->type == AVRO_TYPE_ARRAY ? "{\"type\":\"array\",\"items\":" : "{\"type\":\"map\",\"values\":",
              form->out);
        write_type(form, node->types[0]);
        fputc('}', form->out);
    } else {
        fprintf(form->out, "\"%s\"", avro_type_names[node->type]);
    }
}

char *schema_canonical_form(const struct schema_tree *tree)
{
    char *text = NULL;
    size_t length;
    struct form form = {open_memstream(&text, &length), calloc(tree->named_count + 1, sizeof(bool))};
    if (form.out == NULL || form.written == NULL) {
        if (form.out != NULL)
            fclose(form.out);
        free(form.written);
        free(text);
        return NULL;
    }
    write_type(&form, tree->root);
    bool failed = ferror(form.out) != 0;
    failed = fclose(form.out) != 0 || failed;
    free(form.written);
    if (failed) {
        free(text);
        return NULL;
    }
    return text;
}
