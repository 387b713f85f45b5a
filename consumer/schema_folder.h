/* A folder of schemas that producers write events by, for those who can not ask a registry: files *.avsc, at most 256
 * of them, each of at most 1 MiB. Other files and folders in it are passed over. */
#ifndef CONSUMER_SCHEMA_FOLDER_H
#define CONSUMER_SCHEMA_FOLDER_H

#include <stdbool.h>
#include <stdio.h>

#include "schemas/event_versions.h"

/* Adds them all to VERSIONS. False: every mistake said on ERRORS as "folder/file: what". */
bool schema_folder_read(const char *folder, struct event_versions *versions, FILE *errors);

#endif
