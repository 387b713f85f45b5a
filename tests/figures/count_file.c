#include "count_file.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static bool wrong(const char *what, const char *text)
{
    fprintf(stderr, "can not be read as %s: %s\n", what, text == NULL ? "(nothing)" : text);
    return false;
}

/* Reads YYYY-MM-DD and returns what follows it; NULL where there is no date. */
static const char *read_day(const char *text, struct day *day)
{
    struct tm date = {0};
    const char *rest = text == NULL ? NULL : strptime(text, "%Y-%m-%d", &date);
    *day = (struct day){(int32_t)(timegm(&date) / 86400)};
    return rest;
}

static bool day_at(const json_t *object, const char *key, struct day *day)
{
    const char *text = json_string_value(json_object_get(object, key));
    return read_day(text, day) != NULL || wrong(key, text);
}

static int symbol(const char *text, const char *const symbols[], int count)
{
    for (int i = 0; text != NULL && i < count; i++)
        if (strcmp(text, symbols[i]) == 0)
            return i;
    return -1;
}

static bool in_period(const struct count_file *file, struct day first, struct day last)
{
    return file->from.number <= first.number && first.number <= last.number && last.number < file->until.number;
}

static struct counted_day *day_of(struct count_file *file, struct day day)
{
    return &file->days[day.number - file->from.number];
}

/* --- where the child is ------------------------------------------------------------------------------------------ */

static bool read_place(const json_t *stay, struct place *place)
{
    static const char *const kinds[] = {
#define X(name, emergency) #name,
        LOCATION_KINDS(X)
#undef X
    };
    static const char *const regions[] = {
#define X(name) #name,
        REGIONS(X)
#undef X
    };
    const char *id = json_string_value(json_object_get(stay, "location_id"));
    int kind = symbol(json_string_value(json_object_get(stay, "kind")), kinds, LOCATION_KIND_COUNT);
    int region = symbol(json_string_value(json_object_get(stay, "region")), regions, REGION_COUNT);
    if (id == NULL || kind < 0 || region < 0)
        return wrong("a place", id);
    *place = (struct place){{id, (uint32_t)strlen(id)}, (enum location_kind)kind, (enum region)region};
    return true;
}

static bool read_stay(struct count_file *file, const json_t *stay)
{
    struct day first, last;
    struct place place;
    if (!day_at(stay, "from", &first) || !day_at(stay, "to", &last) || !read_place(stay, &place))
        return false;
    if (!in_period(file, first, last))
        return wrong("a stay within the period", json_string_value(json_object_get(stay, "from")));
    for (struct day day = first; day.number <= last.number; day.number++) {
        struct counted_day *counted = day_of(file, day);
        counted->counts = true;
        counted->place = place;
        counted->values[FIGURE_CHILDREN]++;
    }
    return true;
}

/* --- the figures ------------------------------------------------------------------------------------------------- */

/* "DAY", "DAY..DAY", each also with " from N": N on the first day, one more on each that follows. */
static bool read_span(struct count_file *file, int figure, const char *text)
{
    struct day first, last;
    const char *rest = read_day(text, &first);
    last = first;
    if (rest != NULL && strncmp(rest, "..", 2) == 0)
        rest = read_day(rest + 2, &last);
    int value = 1, each_day = 0, length = 0;
    if (rest != NULL && sscanf(rest, " from %d%n", &value, &length) == 1) {
        rest += length;
        each_day = 1;
    }
    if (rest == NULL || *rest != '\0' || !in_period(file, first, last))
        return wrong("days of the period", text);
    for (struct day day = first; day.number <= last.number; day.number++, value += each_day)
        day_of(file, day)->values[figure] += value;
    return true;
}

static bool read_days(struct count_file *file, const json_t *days)
{
    const char *name;
    json_t *spans;
    json_object_foreach((json_t *)days, name, spans)
    {
        int figure = symbol(name, figure_names, FIGURE_COUNT);
        if (figure < 0)
            return wrong("a figure", name);
        for (size_t i = 0; i < json_array_size(spans); i++)
            if (!read_span(file, figure, json_string_value(json_array_get(spans, i))))
                return false;
    }
    return true;
}

static bool read_sums(struct count_file *file, const json_t *sums)
{
    const char *name;
    json_t *sum;
    json_object_foreach((json_t *)sums, name, sum)
    {
        int figure = symbol(name, figure_names, FIGURE_COUNT);
        if (figure < 0)
            return wrong("a figure", name);
        file->sums[figure] = json_integer_value(sum);
    }
    return true;
}

bool count_read(struct count_file *file, const json_t *count)
{
    memset(file, 0, sizeof *file);
    if (!day_at(count, "from", &file->from) || !day_at(count, "to", &file->until))
        return false;
    file->until.number++;
    if (file->until.number <= file->from.number || file->until.number - file->from.number > COUNT_DAYS_MAX)
        return wrong("a period", json_string_value(json_object_get(count, "to")));
    file->unaccompanied = json_is_true(json_object_get(count, "unaccompanied"));
    const json_t *stays = json_object_get(count, "stays");
    for (size_t i = 0; i < json_array_size(stays); i++)
        if (!read_stay(file, json_array_get(stays, i)))
            return false;
    return read_days(file, json_object_get(count, "days")) && read_sums(file, json_object_get(count, "sums"));
}
