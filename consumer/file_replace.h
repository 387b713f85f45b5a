/* Writing a file as a whole: whoever reads it meanwhile finds the former one, and so does everybody where writing
 * fails. */
#ifndef CONSUMER_FILE_REPLACE_H
#define CONSUMER_FILE_REPLACE_H

#include <stdbool.h>
#include <stdio.h>

/* Makes FOLDER/NAME of what WRITE writes, and readable for all. False: said on ERRORS, and what was there is there
 * still. */
bool file_replace(const char *folder, const char *name, void (*write)(FILE *out, const void *context),
                  const void *context, FILE *errors);

#endif
