#include "schemas/event_line.h"

#include <stdlib.h>
#include <string.h>

#include "schemas/event_check.h"

static const struct text member_names[MEMBER_COUNT] = {
#define X(symbol, name) {name, sizeof(name) - 1},
    MEMBERS(X)
#undef X
};

static const struct text part_names[PLACE_PART_COUNT] = {{"location_id", 11}, {"kind", 4}, {"region", 6}};

/* clang-format off */
const char *const event_field_names[] = {
#define X(symbol, name) name,
    MEMBERS(X)
#undef X
    "location.location_id", "location.kind", "location.region", "to.location_id", "to.kind", "to.region",
};
/* clang-format on */
const size_t event_field_count = sizeof(event_field_names) / sizeof(event_field_names[0]);

static int name_find(const struct text *names, int count, struct text name)
{
    for (int i = 0; i < count; i++)
        if (text_equal(names[i], name))
            return i;
    return -1;
}

static void note_unknown(const struct event_storage *storage, const char *place, struct text name)
{
    if (storage->unknown != NULL)
        unknown_names_note(storage->unknown, place, name);
}

static void scan_place(struct json_scan *scan, const struct json_value *value, struct json_value *parts,
                       const char *place, const struct event_storage *storage)
{
    struct text name;
    bool first = true;
    if (value->kind != JSON_KIND_OBJECT) {
        json_pass(scan, value);
        return;
    }
    memset(parts, 0, PLACE_PART_COUNT * sizeof *parts);
    while (json_member(scan, &first, &name)) {
        int part = name_find(part_names, PLACE_PART_COUNT, name);
        struct json_value found = json_read(scan);
        json_pass(scan, &found);
        if (part >= 0)
            parts[part] = found;
        else
            note_unknown(storage, place, name);
    }
}

static bool scan_line(struct json_scan *scan, struct event_line *line, const struct event_storage *storage)
{
    struct text name;
    bool first = true;
    struct json_value value = json_read(scan);
    if (value.kind != JSON_KIND_OBJECT)
        return false;
    while (json_member(scan, &first, &name)) {
        int member = name_find(member_names, MEMBER_COUNT, name);
        value = json_read(scan);
        if (member == LOCATION || member == TO)
            scan_place(scan, &value, member == TO ? line->to : line->location, member_names[member].bytes, storage);
        else
            json_pass(scan, &value);
        if (member >= 0)
            line->members[member] = value;
        else
            note_unknown(storage, "", name);
    }
    return json_end(scan);
}

void event_storage_fini(struct event_storage *storage)
{
    free(storage->texts);
    storage->texts = NULL;
}

/* Texts with escapes need a place to be written out in. They are rare, so it is made when first needed. */
bool event_line_read(struct event_line *line, const char *bytes, size_t length, struct event_storage *storage,
                     struct finding *finding)
{
    struct json_scan scan = {.at = bytes, .end = bytes + length, .spare = storage->texts};
    memset(line, 0, sizeof *line);
    if (scan_line(&scan, line, storage))
        return true;
    if (!scan.needs_spare)
        return event_fails(finding, PROBLEM_NOT_JSON, "");
    storage->texts = malloc(EVENT_BYTES_MAX);
    if (storage->texts == NULL)
        return event_fails(finding, PROBLEM_NO_MEMORY, "");
    return event_line_read(line, bytes, length, storage, finding);
}
