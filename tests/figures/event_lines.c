#include "event_lines.h"

#include <time.h>

const char *day_text(const struct almanac *almanac, struct day day)
{
    static char text[DAY_TEXT_SIZE];
    almanac_format(almanac, day, text);
    return text;
}

const char *const location_kind_symbols[] = {
#define X(name, emergency) #name,
    LOCATION_KINDS(X)
#undef X
};
const char *const region_symbols[] = {
#define X(name) #name,
    REGIONS(X)
#undef X
};
static const char *const fact_kinds[] = {
#define X(name) #name,
    FACT_KINDS(X)
#undef X
};

static void write_place(FILE *out, const char *name, const struct place *place)
{
    if (place->location_id.length > 0)
        fprintf(out, ", \"%s\": {\"location_id\": \"%.*s\", \"kind\": \"%s\", \"region\": \"%s\"}", name,
                (int)place->location_id.length, place->location_id.bytes, location_kind_symbols[place->kind],
                region_symbols[place->region]);
}

static void write_day(FILE *out, const struct almanac *almanac, const char *name, struct day day)
{
    if (!day_is_absent(day))
        fprintf(out, ", \"%s\": \"%s\"", name, day_text(almanac, day));
}

static void write_head(FILE *out, const struct almanac *almanac, int child, const struct fact *fact)
{
    time_t second = (time_t)(fact->recorded_at_ms / 1000);
    char instant[32];
    strftime(instant, sizeof instant, "%Y-%m-%dT%H:%M:%S", gmtime(&second));
    fprintf(out, "{\"child_id\": \"child-%d\", \"recorded_at\": \"%s.%03dZ\", \"event_id\": \"", child, instant,
            (int)(fact->recorded_at_ms % 1000));
    for (int i = 0; i < 16; i++)
        fprintf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", fact->event_id.bytes[i]);
    fprintf(out, "\", \"occurred_on\": \"%s\"", day_text(almanac, fact->occurred_on));
    if (fact->retracted)
        fprintf(out, ", \"retracted\": true");
}

void event_write(FILE *out, const struct almanac *almanac, int child, const struct fact *fact)
{
    static const char *const types[] = {"placement", "placement", "move", "enrollment", "enrollment"};
    write_head(out, almanac, child, fact);
    fprintf(out, ", \"type\": \"%s\"", types[fact->kind]);
    if (fact->kind == FACT_MOVED) {
        write_place(out, "to", &fact->place);
        fprintf(out, ", \"reason\": \"OTHER\"");
    } else {
        fprintf(out, ", \"kind\": \"%s\"", fact_kinds[fact->kind]);
        write_place(out, "location", &fact->place);
    }
    if (fact->school_id.length > 0)
        fprintf(out, ", \"school_id\": \"%.*s\"", (int)fact->school_id.length, fact->school_id.bytes);
    write_day(out, almanac, "birth_date", fact->birth_date);
    write_day(out, almanac, "applied_on", fact->applied_on);
    if (fact->unaccompanied != ANSWER_UNKNOWN)
        fprintf(out, ", \"unaccompanied\": %s", fact->unaccompanied == ANSWER_YES ? "true" : "false");
    fprintf(out, "}\n");
}
