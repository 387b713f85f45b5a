/* What the broker's administrator is to allow, in three forms, from the table of rights (acl_table.h) with the names of
 * the settings. */
#ifndef CONSUMER_ACLS_H
#define CONSUMER_ACLS_H

#include <stdbool.h>
#include <stdio.h>

#include "consumer/acl_table.h"

struct acl_wish {
    const struct settings *settings;
    enum acl_user user;    /* which command is to run */
    const char *principal; /* as whom: TYPE:NAME; the table for people does without */
};

extern const char *const acl_user_names[ACL_USER_COUNT]; /* of the commands */

/* Commands of Kafka's kafka-acls.sh for a shell; kafka.bootstrap.servers must be set. Any text is quoted. */
void acls_print_commands(const struct acl_wish *wish, FILE *out);

/* An array of ACLs, one by one, with the names of Kafka's clients; false: memory is short, or a
 * name is not UTF-8. */
bool acls_print_json(const struct acl_wish *wish, FILE *out);

/* For people. */
void acls_print_table(const struct acl_wish *wish, FILE *out);

#endif
