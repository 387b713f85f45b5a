#include "alerts/csv_file.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "schemas/byte_order_mark.h"

bool csv_complain(struct csv_file *csv, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs(csv->name, csv->errors);
    if (csv->line > 0)
        fprintf(csv->errors, ":%zu", csv->line);
    fputs(": ", csv->errors);
    vfprintf(csv->errors, format, arguments);
    fputc('\n', csv->errors);
    va_end(arguments);
    csv->is_wrong = true;
    return false;
}

static int count_columns(const char *line)
{
    int count = 1;
    for (; (line = strchr(line, ',')) != NULL; line++)
        count++;
    return count;
}

static bool read_row(struct csv_file *csv, char *line)
{
    char *columns[CSV_COLUMNS_MAX];
    const int count = count_columns(line), expected = count_columns(csv->heading);
    assert(expected <= CSV_COLUMNS_MAX);
    if (count != expected)
        return csv_complain(csv, "%d columns, not %d: %s", count, expected, csv->heading), true;
    for (int i = 0; i < count; i++)
        columns[i] = strsep(&line, ",");
    return csv->on_row(csv, columns);
}

static bool read_line(struct csv_file *csv, char *line)
{
    if (csv->line == 1)
        line += byte_order_mark(line, strlen(line));
    line[strcspn(line, "\r\n")] = '\0';
    if (*line == '\0' || *line == '#')
        return true;
    if (csv->has_heading)
        return read_row(csv, line);
    csv->has_heading = true;
    return strcmp(line, csv->heading) == 0 ||
           csv_complain(csv, "the first line must be %s%s", csv->heading,
                        strchr(line, ';') == NULL ? "" : ", with commas, not the semicolons of a Dutch spreadsheet");
}

/* One that is too long, or holds a NUL, does not end where its text does. */
static bool is_whole(FILE *file, const char *line)
{
    const size_t length = strlen(line);
    return (length > 0 && line[length - 1] == '\n') || (feof(file) && length < CSV_LINE_BYTES_MAX);
}

bool csv_read(struct csv_file *csv, FILE *file)
{
    char line[CSV_LINE_BYTES_MAX + 1];
    bool goes_on = true;
    while (goes_on && fgets(line, sizeof(line), file) != NULL) {
        csv->line++;
        goes_on = is_whole(file, line)
                      ? read_line(csv, line)
                      : csv_complain(csv, "a line of more than %d bytes, or with a NUL in it", CSV_LINE_BYTES_MAX);
    }
    if (ferror(file))
        csv_complain(csv, "%s", strerror(errno));
    return !csv->is_wrong;
}
