/* Who is mailed about which location: a file of comma-separated values with the heading
 *
 *     location_id,mail,overdue_mail,language
 *
 * and a row for each location that has addresses of its own. The row of "*" says who is told of all others, and must be
 * there. `mail` is who is told of everything, `overdue_mail` who is told besides of what has been wrong for long; each
 * several addresses with blanks between them, or none. `language` is nl or en, nl where it is empty (csv_file.h
 * has what holds for all such files).
 */
#ifndef ALERTS_CONTACTS_H
#define ALERTS_CONTACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "alerts/messages.h"

#define CONTACTS_MAX 10000  /* rows */
#define CONTACTS_OTHERS "*" /* the location of the row for all others */

struct contact {
    char *location_id;
    char *mail, *overdue_mail; /* plain addresses (mail_address.h) in order, "a@x, b@y"; "" nobody */
    enum language language;
    size_t line;
};

struct contacts {
    struct contact *rows; /* that of CONTACTS_OTHERS is the last */
    size_t count, capacity;
};

/* Reads a file, called NAME in what is said of it, into CONTACTS, which is to be fini'ed either way. False: every
 * mistake was said on ERRORS as "NAME:line: what". */
bool contacts_read(struct contacts *contacts, FILE *file, const char *name, FILE *errors);
void contacts_fini(struct contacts *contacts);

#endif
