#include "calendar_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS_MAX 1000
#define HEADER "region,"

static bool date_read(const char *text, struct day *day)
{
    struct tm date = {0};
    const char *end = strptime(text, "%Y-%m-%d", &date);
    if (end == NULL || *end != '\0')
        return false;
    day->number = (int32_t)(timegm(&date) / 86400);
    return true;
}

static bool row_read(const char *line, struct calendar_row *row)
{
    static const char *const regions[REGION_COUNT] = {
#define X(name) #name,
        REGIONS(X)
#undef X
    };
    char region[16], kind[16], from[16], until[16];
    if (sscanf(line, "%15[^,],%*[^,],%*[^,],%15[^,],%15[^,],%15[^,\r\n]", region, kind, from, until) != 4)
        return false;
    bool all = strcmp(region, "ALL") == 0, known = all;
    *row = (struct calendar_row){.vacation = strcmp(kind, "vacation") == 0};
    for (int i = 0; i < REGION_COUNT; i++) {
        row->regions[i] = all || strcmp(region, regions[i]) == 0;
        known = known || row->regions[i];
    }
    return known && (row->vacation || strcmp(kind, "holiday") == 0) && date_read(from, &row->from) &&
           date_read(until, &row->to) && !day_before(row->to, row->from);
}

bool calendar_rows_read(const char *path, struct calendar_row **rows, size_t *count)
{
    FILE *file = fopen(path, "r");
    *rows = calloc(ROWS_MAX, sizeof **rows);
    *count = 0;
    char line[256];
    bool fine = file != NULL && *rows != NULL;
    while (fine && fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#' || line[0] == '\n' || strncmp(line, HEADER, strlen(HEADER)) == 0)
            continue;
        fine = *count < ROWS_MAX && row_read(line, &(*rows)[(*count)++]);
        if (!fine)
            fprintf(stderr, "%s: not a row of a school calendar: %s", path, line);
    }
    if (file != NULL)
        fclose(file);
    if (!fine)
        free(*rows);
    return fine;
}
