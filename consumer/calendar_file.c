#include "consumer/calendar_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/byte_order_mark.h"
#include "rules/fact.h"

#define COVER_DAYS 60

enum column { COLUMN_REGION, COLUMN_SCHOOL_YEAR, COLUMN_NAME, COLUMN_KIND, COLUMN_FROM, COLUMN_TO, COLUMN_COUNT };
static const char heading[] = "region,school_year,name,kind,from,to";

/* Made of etc/school-calendar.csv when the project is built (embed_text.cmake). */
extern const char school_calendar_csv[];
extern const size_t school_calendar_csv_length;

struct reading {
    const char *path;
    FILE *errors;
    size_t line;
    bool has_heading, right;
    struct calendar_row *rows;
    size_t count, capacity;
};

__attribute__((format(printf, 2, 3))) static bool complain(struct reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(reading->errors, "%s:%zu: ", reading->path, reading->line);
    vfprintf(reading->errors, format, arguments);
    fputc('\n', reading->errors);
    va_end(arguments);
    reading->right = false;
    return false;
}

static bool read_region(struct reading *reading, const char *text, struct calendar_row *row)
{
    bool known = false;
    for (int region = 0; region < REGION_COUNT; region++) {
        row->regions[region] = strcmp(text, "ALL") == 0 || strcmp(text, region_names[region]) == 0;
        known |= row->regions[region];
    }
    return known || complain(reading, "region \"%s\" is not NORTH, MIDDLE, SOUTH or ALL", text);
}

static bool read_kind(struct reading *reading, const char *text, struct calendar_row *row)
{
    row->vacation = strcmp(text, "vacation") == 0;
    return row->vacation || strcmp(text, "holiday") == 0 ||
           complain(reading, "kind \"%s\" is not vacation or holiday", text);
}

static bool read_day(struct reading *reading, const char *column, const char *text, struct day *day)
{
    return day_parse(text, strlen(text), day) ||
           complain(reading, "%s \"%s\" is not a date YYYY-MM-DD from 1900-01-01 to 2199-12-31", column, text);
}

/* Cuts LINE at its commas; false: not as many columns as there must be. */
static bool split(struct reading *reading, char *line, char *columns[static COLUMN_COUNT])
{
    int count = 0;
    for (char *column; (column = strsep(&line, ",")) != NULL; count++)
        if (count < COLUMN_COUNT)
            columns[count] = column;
    return count == COLUMN_COUNT || complain(reading, "%d columns, not %d: %s", count, COLUMN_COUNT, heading);
}

static bool read_row(struct reading *reading, char *line, struct calendar_row *row)
{
    char *columns[COLUMN_COUNT];
    if (!split(reading, line, columns) || !read_region(reading, columns[COLUMN_REGION], row) ||
        !read_kind(reading, columns[COLUMN_KIND], row) ||
        !read_day(reading, "from", columns[COLUMN_FROM], &row->from) ||
        !read_day(reading, "to", columns[COLUMN_TO], &row->to))
        return false;
    return !day_before(row->to, row->from) ||
           complain(reading, "to %s is before from %s", columns[COLUMN_TO], columns[COLUMN_FROM]);
}

/* False: memory is short. */
static bool keep_row(struct reading *reading, const struct calendar_row *row)
{
    if (reading->count == reading->capacity) {
        const size_t capacity = reading->capacity * 2 + 64;
        struct calendar_row *larger = realloc(reading->rows, capacity * sizeof(*larger));
        if (larger == NULL)
            return complain(reading, "memory is short");
        reading->rows = larger;
        reading->capacity = capacity;
    }
    reading->rows[reading->count++] = *row;
    return true;
}

static bool read_line(struct reading *reading, char *line)
{
    struct calendar_row row;
    if (++reading->line == 1)
        line += byte_order_mark(line, strlen(line));
    line[strcspn(line, "\r\n")] = '\0';
    if (*line == '\0' || *line == '#')
        return true;
    if (!reading->has_heading) {
        reading->has_heading = true;
        return strcmp(line, heading) == 0 || complain(reading, "the first line must be %s", heading);
    }
    return !read_row(reading, line, &row) || keep_row(reading, &row);
}

static struct calendar *read_stream(const char *path, FILE *stream, FILE *errors)
{
    struct reading reading = {.path = path, .errors = errors, .right = true};
    struct calendar *calendar = NULL;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stream) >= 0 && read_line(&reading, line))
        ;
    free(line);
    if (ferror(stream))
        complain(&reading, "%s", strerror(errno));
    else if (reading.right && reading.count == 0)
        complain(&reading, "there are no rows");
    if (reading.right && (calendar = calendar_new(reading.rows, reading.count)) == NULL)
        complain(&reading, "memory is short");
    free(reading.rows);
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
