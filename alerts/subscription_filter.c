#include "alerts/subscription_filter.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules/rule.h"
#include "schemas/comma_list.h"

static_assert(RULE_COUNT <= 32 && REGION_COUNT <= 32, "a bit each");

/* --- symbols ------------------------------------------------------------------------------------------------------ */

struct vocabulary { /* the words that can stand in a list */
    const char *(*name_at)(size_t i);
    size_t count; /* at most 32 */
};

static const char *rule_name_at(size_t i)
{
    return rules[i]->name;
}

static const char *level_name_at(size_t i)
{
    return level_names[i];
}

static const char *region_name_at(size_t i)
{
    return region_names[i];
}

static const struct vocabulary rule_vocabulary = {rule_name_at, RULE_COUNT};
static const struct vocabulary level_vocabulary = {level_name_at, LEVEL_COUNT};
static const struct vocabulary region_vocabulary = {region_name_at, REGION_COUNT};

static bool refuse(const struct vocabulary *words, struct text item, char why[static SUBSCRIPTION_WHY_SIZE])
{
    int length = snprintf(why, SUBSCRIPTION_WHY_SIZE, "\"%.*s\" is not one of",
                          item.length > 100 ? 100 : (int)item.length, item.bytes);
    for (size_t i = 0; i < words->count && length < SUBSCRIPTION_WHY_SIZE; i++)
        length += snprintf(why + length, SUBSCRIPTION_WHY_SIZE - (size_t)length, "%s %s", i == 0 ? "" : ",",
                           words->name_at(i));
    return false;
}

static bool is_word(struct text item, const char *word)
{
    return text_equal(item, (struct text){word, (uint32_t)strlen(word)});
}

/* A bit for each word of LIST; all of them where there is none. */
static bool read_symbols(const struct vocabulary *words, const char *list, uint32_t *bits,
                         char why[static SUBSCRIPTION_WHY_SIZE])
{
    *bits = *list == '\0' ? UINT32_MAX : 0;
    while (list != NULL && *list != '\0') {
        const struct text item = comma_list_next(&list);
        size_t i = 0;
        while (i < words->count && !is_word(item, words->name_at(i)))
            i++;
        if (i == words->count)
            return refuse(words, item, why);
        *bits |= UINT32_C(1) << i;
    }
    return true;
}

static bool check_symbols(const struct vocabulary *words, const char *list, char why[static SUBSCRIPTION_WHY_SIZE])
{
    uint32_t bits;
    return read_symbols(words, list, &bits, why);
}

bool subscription_rules_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE])
{
    return check_symbols(&rule_vocabulary, list, why);
}

bool subscription_levels_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE])
{
    return check_symbols(&level_vocabulary, list, why);
}

bool subscription_regions_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE])
{
    return check_symbols(&region_vocabulary, list, why);
}

/* --- locations ---------------------------------------------------------------------------------------------------- */

bool subscription_locations_check(const char *list, char why[static SUBSCRIPTION_WHY_SIZE])
{
    while (list != NULL && *list != '\0') {
        const struct text item = comma_list_next(&list);
        if (text_is_id(item))
            continue;
        snprintf(why, SUBSCRIPTION_WHY_SIZE,
                 "\"%.*s\" is no location_id: 1 to 64 of the characters A-Z a-z 0-9 . _ : -",
                 item.length > 100 ? 100 : (int)item.length, item.bytes);
        return false;
    }
    return true;
}

static size_t count_items(const char *list)
{
    size_t count = 0;
    for (; list != NULL && *list != '\0'; count++)
        comma_list_next(&list);
    return count;
}

static int compare_locations(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* LIST is right. False: memory is short. */
static bool read_locations(struct subscription_filter *filter, const char *list)
{
    const size_t count = count_items(list);
    filter->locations_text = strdup(list);
    filter->locations = calloc(count + 1, sizeof(*filter->locations));
    if (filter->locations_text == NULL || filter->locations == NULL)
        return false;
    list = filter->locations_text;
    while (filter->location_count < count)
        filter->locations[filter->location_count++] = comma_list_next(&list);
    qsort(filter->locations, count, sizeof(*filter->locations), compare_locations);
    return true;
}

/* --- the filter --------------------------------------------------------------------------------------------------- */

bool subscription_filter_init(struct subscription_filter *filter, const char *rule_list, const char *levels,
                              const char *regions, const char *locations, char why[static SUBSCRIPTION_WHY_SIZE])
{
    *filter = (struct subscription_filter){0};
    if (!read_symbols(&rule_vocabulary, rule_list, &filter->rules, why) ||
        !read_symbols(&level_vocabulary, levels, &filter->levels, why) ||
        !read_symbols(&region_vocabulary, regions, &filter->regions, why) ||
        !subscription_locations_check(locations, why))
        return false;
    if (read_locations(filter, locations))
        return true;
    subscription_filter_fini(filter);
    snprintf(why, SUBSCRIPTION_WHY_SIZE, "memory is short");
    return false;
}

void subscription_filter_fini(struct subscription_filter *filter)
{
    free(filter->locations);
    free(filter->locations_text);
    *filter = (struct subscription_filter){0};
}

static bool has_bit(uint32_t bits, unsigned i)
{
    return (bits >> i & 1) != 0;
}

bool subscription_filter_takes(const struct subscription_filter *filter, const struct alert *alert)
{
    const struct text *location = &alert->place.location_id;
    return has_bit(filter->rules, alert->rule) && has_bit(filter->levels, alert->level) &&
           has_bit(filter->regions, alert->place.region) &&
           (filter->location_count == 0 ||
            bsearch(location, filter->locations, filter->location_count, sizeof(*location), compare_locations) != NULL);
}
