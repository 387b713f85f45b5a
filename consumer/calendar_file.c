#include "consumer/calendar_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/csv_file.h"
#include "rules/fact.h"

#define COVER_DAYS 60

enum column { COLUMN_REGION, COLUMN_SCHOOL_YEAR, COLUMN_NAME, COLUMN_KIND, COLUMN_FROM, COLUMN_TO };

/* Made of etc/school-calendar.csv when the project is built (embed_text.cmake). */
extern const char school_calendar_csv[];
extern const size_t school_calendar_csv_length;

struct rows {
    struct calendar_row *items;
    size_t count, capacity;
};

static bool read_region(struct csv_file *csv, const char *text, struct calendar_row *row)
{
    bool known = false;
    for (int region = 0; region < REGION_COUNT; region++) {
        row->regions[region] = strcmp(text, "ALL") == 0 || strcmp(text, region_names[region]) == 0;
        known |= row->regions[region];
    }
    return known || csv_complain(csv, "region \"%s\" is not NORTH, MIDDLE, SOUTH or ALL", text);
}

static bool read_kind(struct csv_file *csv, const char *text, struct calendar_row *row)
{
    row->vacation = strcmp(text, "vacation") == 0;
    return row->vacation || strcmp(text, "holiday") == 0 ||
           csv_complain(csv, "kind \"%s\" is not vacation or holiday", text);
}

static bool read_day(struct csv_file *csv, const char *column, const char *text, struct day *day)
{
    return day_parse(text, strlen(text), day) ||
           csv_complain(csv, "%s \"%s\" is not a date YYYY-MM-DD from 1900-01-01 to 2199-12-31", column, text);
}

static bool read_row(struct csv_file *csv, char **columns, struct calendar_row *row)
{
    if (!read_region(csv, columns[COLUMN_REGION], row) || !read_kind(csv, columns[COLUMN_KIND], row) ||
        !read_day(csv, "from", columns[COLUMN_FROM], &row->from) || !read_day(csv, "to", columns[COLUMN_TO], &row->to))
        return false;
    return !day_before(row->to, row->from) ||
           csv_complain(csv, "to %s is before from %s", columns[COLUMN_TO], columns[COLUMN_FROM]);
}

/* False: memory is short. */
static bool keep_row(struct csv_file *csv, const struct calendar_row *row)
{
    struct rows *rows = csv->context;
    if (rows->count == rows->capacity) {
        const size_t capacity = rows->capacity * 2 + 64;
        struct calendar_row *larger = realloc(rows->items, capacity * sizeof(*larger));
        if (larger == NULL)
            return csv_complain(csv, "memory is short");
        rows->items = larger;
        rows->capacity = capacity;
    }
    rows->items[rows->count++] = *row;
    return true;
}

static bool on_row(struct csv_file *csv, char **columns)
{
    struct calendar_row row;
    return !read_row(csv, columns, &row) || keep_row(csv, &row);
}

static struct calendar *read_stream(const char *path, FILE *stream, FILE *errors)
{
    struct rows rows = {0};
    struct csv_file csv = {.name = path,
                           .errors = errors,
                           .heading = "region,school_year,name,kind,from,to",
                           .on_row = on_row,
                           .context = &rows};
    struct calendar *calendar = NULL;
    if (csv_read(&csv, stream) && rows.count == 0)
        csv_complain(&csv, "there are no rows");
    if (!csv.is_wrong && (calendar = calendar_new(rows.items, rows.count)) == NULL)
        csv_complain(&csv, "memory is short");
    free(rows.items);
    return calendar;
}

struct calendar *calendar_file_read(const char *path, FILE *errors)
{
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        fprintf(errors, "%s: %s\n", path, strerror(errno));
        return NULL;
    }
    struct calendar *calendar = read_stream(path, stream, errors);
    fclose(stream);
    return calendar;
}

struct calendar *calendar_shipped(FILE *errors)
{
    FILE *stream = fmemopen((char *)(uintptr_t)school_calendar_csv, school_calendar_csv_length, "r");
    if (stream == NULL) {
        fprintf(errors, "the school calendar can not be read: %s\n", strerror(errno));
        return NULL;
    }
    struct calendar *calendar = read_stream("(built-in)/school-calendar.csv", stream, errors);
    fclose(stream);
    return calendar;
}

bool calendar_cover_ends_soon(const struct calendar *calendar, struct day today, char text[static CALENDAR_COVER_SIZE])
{
    for (int region = 0; region < REGION_COUNT; region++) {
        char day[DAY_TEXT_SIZE];
        const struct day until = calendar_covered_until(calendar, (enum region)region);
        if (day_is_absent(until)) {
            snprintf(text, CALENDAR_COVER_SIZE,
                     "calendar: region %s is covered by no row; its days count as days of a term",
                     region_names[region]);
            return true;
        }
        if (day_before(until, day_plus(today, COVER_DAYS))) {
            day_format(until, day);
            snprintf(text, CALENDAR_COVER_SIZE,
                     "calendar: region %s is covered until %s only; days after it count as days of a term",
                     region_names[region], day);
            return true;
        }
    }
    return false;
}
