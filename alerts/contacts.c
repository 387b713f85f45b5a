#include "alerts/contacts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/mail_addresses.h"
#include "rules/text.h"

enum column { COLUMN_LOCATION_ID, COLUMN_MAIL, COLUMN_OVERDUE_MAIL, COLUMN_LANGUAGE, COLUMN_COUNT };
static const char heading[] = "location_id,mail,overdue_mail,language";
static const char byte_order_mark[] = "\xef\xbb\xbf";

struct reading {
    struct contacts *contacts;
    const char *name;
    FILE *errors;
    size_t line;
    bool has_heading, right;
};

__attribute__((format(printf, 2, 3))) static bool complain(struct reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(reading->errors, "%s:%zu: ", reading->name, reading->line);
    vfprintf(reading->errors, format, arguments);
    fputc('\n', reading->errors);
    va_end(arguments);
    reading->right = false;
    return false;
}

/* --- a field ------------------------------------------------------------------------------------------------------ */

static bool read_location(struct reading *reading, const char *text)
{
    const struct text id = {text, (uint32_t)strlen(text)};
    return strcmp(text, CONTACTS_OTHERS) == 0 || text_is_id(id) ||
           complain(reading, "\"%.80s\" is no location_id: 1 to %d of A-Z a-z 0-9 . _ : -, or * for all others", text,
                    ID_LENGTH_MAX);
}

static bool read_language(struct reading *reading, const char *text, enum language *language)
{
    *language = LANGUAGE_DUTCH;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strcmp(text, language_codes[i]) == 0)
            *language = (enum language)i;
    return *text == '\0' || strcmp(text, language_codes[*language]) == 0 ||
           complain(reading, "language \"%.80s\" is not nl or en", text);
}

static bool read_addresses(struct reading *reading, char *field, struct mail_addresses *addresses)
{
    char why[MAIL_ADDRESSES_WHY_SIZE];
    return mail_addresses_read(addresses, field, why) || complain(reading, "%s", why);
}

/* --- a row -------------------------------------------------------------------------------------------------------- */

static const struct contact *contact_of(const struct contacts *contacts, const char *location_id)
{
    for (size_t i = 0; i < contacts->count; i++)
        if (strcmp(contacts->rows[i].location_id, location_id) == 0)
            return &contacts->rows[i];
    return NULL;
}

static void contact_fini(struct contact *contact)
{
    free(contact->location_id);
    free(contact->mail);
    free(contact->overdue_mail);
}

/* False: memory is short. */
static bool have_room(struct contacts *contacts)
{
    if (contacts->count < contacts->capacity)
        return true;
    const size_t capacity = contacts->capacity * 2 + 64;
    struct contact *larger = realloc(contacts->rows, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    contacts->rows = larger;
    contacts->capacity = capacity;
    return true;
}

static bool keep(struct reading *reading, const char *location_id, const struct mail_addresses *mail,
                 const struct mail_addresses *overdue_mail, enum language language)
{
    struct contact contact = {.location_id = strdup(location_id),
                              .mail = mail_addresses_join(mail),
                              .overdue_mail = mail_addresses_join(overdue_mail),
                              .language = language,
                              .line = reading->line};
    if (contact.location_id != NULL && contact.mail != NULL && contact.overdue_mail != NULL &&
        have_room(reading->contacts)) {
        reading->contacts->rows[reading->contacts->count++] = contact;
        return true;
    }
    contact_fini(&contact);
    return complain(reading, "memory is short");
}

/* Who is told of everything is not told once more. */
static bool are_apart(struct reading *reading, const struct mail_addresses *mail,
                      const struct mail_addresses *overdue_mail)
{
    for (size_t i = 0; i < overdue_mail->count; i++)
        if (mail_addresses_have(mail, overdue_mail->texts[i]))
            return complain(reading, "%s is in mail and in overdue_mail, and would be told twice",
                            overdue_mail->texts[i]);
    return true;
}

static bool is_new(struct reading *reading, const char *location_id)
{
    const struct contact *earlier = contact_of(reading->contacts, location_id);
    return earlier == NULL || complain(reading, "%s has a row already, line %zu", location_id, earlier->line);
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

static bool read_row(struct reading *reading, char *line)
{
    char *columns[COLUMN_COUNT];
    struct mail_addresses mail, overdue_mail;
    enum language language;
    return split(reading, line, columns) && read_location(reading, columns[COLUMN_LOCATION_ID]) &&
           is_new(reading, columns[COLUMN_LOCATION_ID]) && read_addresses(reading, columns[COLUMN_MAIL], &mail) &&
           read_addresses(reading, columns[COLUMN_OVERDUE_MAIL], &overdue_mail) &&
           are_apart(reading, &mail, &overdue_mail) && read_language(reading, columns[COLUMN_LANGUAGE], &language) &&
           (reading->contacts->count < CONTACTS_MAX || complain(reading, "more than %d rows", CONTACTS_MAX)) &&
           keep(reading, columns[COLUMN_LOCATION_ID], &mail, &overdue_mail, language);
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

/* False: what follows is not to be read. */
static bool read_line(struct reading *reading, char *line)
{
    if (++reading->line == 1 && strncmp(line, byte_order_mark, strlen(byte_order_mark)) == 0)
        line += strlen(byte_order_mark);
    line[strcspn(line, "\r\n")] = '\0';
    if (*line == '\0' || *line == '#')
        return true;
    if (!reading->has_heading) {
        reading->has_heading = true;
        return strcmp(line, heading) == 0 || complain(reading, "the first line must be %s", heading);
    }
    return read_row(reading, line) || reading->contacts->count < CONTACTS_MAX;
}

/* One that is too long, or holds a NUL, does not end where its text does. */
static bool is_whole(FILE *file, const char *line)
{
    const size_t length = strlen(line);
    return (length > 0 && line[length - 1] == '\n') || (feof(file) && length < CONTACTS_LINE_BYTES_MAX);
}

static void read_lines(struct reading *reading, FILE *file)
{
    char line[CONTACTS_LINE_BYTES_MAX + 1];
    while (fgets(line, sizeof(line), file) != NULL) {
        if (!is_whole(file, line)) {
            reading->line++;
            complain(reading, "a line of more than %d bytes, or with a NUL in it", CONTACTS_LINE_BYTES_MAX);
            return;
        }
        if (!read_line(reading, line))
            return;
    }
}

static int compare_contacts(const void *a, const void *b)
{
    const struct contact *one = a, *other = b;
    const bool is_others = strcmp(one->location_id, CONTACTS_OTHERS) == 0;
    if (is_others != (strcmp(other->location_id, CONTACTS_OTHERS) == 0))
        return is_others ? 1 : -1;
    return strcmp(one->location_id, other->location_id);
}

bool contacts_read(struct contacts *contacts, FILE *file, const char *name, FILE *errors)
{
    struct reading reading = {.contacts = contacts, .name = name, .errors = errors, .right = true};
    *contacts = (struct contacts){0};
    read_lines(&reading, file);
    if (ferror(file))
        complain(&reading, "%s", strerror(errno));
    else if (reading.right && contact_of(contacts, CONTACTS_OTHERS) == NULL)
        complain(&reading, "there is no row of " CONTACTS_OTHERS ", for all other locations; \"*,,,\" tells nobody");
    if (contacts->count > 0)
        qsort(contacts->rows, contacts->count, sizeof(contacts->rows[0]), compare_contacts);
    return reading.right;
}

void contacts_fini(struct contacts *contacts)
{
    for (size_t i = 0; i < contacts->count; i++)
        contact_fini(&contacts->rows[i]);
    free(contacts->rows);
}
