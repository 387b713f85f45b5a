/* Files that people write in a spreadsheet: comma-separated values below a heading, without quotes. Empty lines and
 * lines that begin with # are passed over, and so is the mark that some programs write before the first. */
#ifndef ALERTS_CSV_FILE_H
#define ALERTS_CSV_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CSV_LINE_BYTES_MAX 4096
#define CSV_COLUMNS_MAX 8

struct csv_file {     /* what stands below CONTEXT begins as 0, and is csv_read's */
    const char *name; /* in what is said of it */
    FILE *errors;
    const char *heading; /* "a,b,c": so many columns has each row */
    /* A row; its columns may be changed, and are gone afterwards. False: what follows is not to be read; that there is
     * a mistake, csv_complain has to be told. */
    bool (*on_row)(struct csv_file *csv, char **columns);
    void *context; /* for ON_ROW */
    size_t line;   /* the one being read, from 1 on */
    bool has_heading;
    bool is_wrong;
};

/* Reads FILE to its end, or to what makes reading on pointless: another heading, a line that is too long or has a NUL.
 * False: every mistake was said as "NAME:line: what". */
bool csv_read(struct csv_file *csv, FILE *file);

/* Says what is wrong with the line being read; false. */
__attribute__((format(printf, 2, 3))) bool csv_complain(struct csv_file *csv, const char *format, ...);

#endif
