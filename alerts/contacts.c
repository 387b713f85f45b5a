#include "alerts/contacts.h"

#include <stdlib.h>
#include <string.h>

#include "alerts/csv_file.h"
#include "alerts/mail_addresses.h"
#include "rules/text.h"

enum column { COLUMN_LOCATION_ID, COLUMN_MAIL, COLUMN_OVERDUE_MAIL, COLUMN_LANGUAGE };

/* --- a field ------------------------------------------------------------------------------------------------------ */

static bool read_location(struct csv_file *csv, const char *text)
{
    const struct text id = {text, (uint32_t)strlen(text)};
    return strcmp(text, CONTACTS_OTHERS) == 0 || text_is_id(id) ||
           csv_complain(csv, "\"%.80s\" is no location_id: 1 to %d of A-Z a-z 0-9 . _ : -, or * for all others", text,
                        ID_LENGTH_MAX);
}

static bool read_language(struct csv_file *csv, const char *text, enum language *language)
{
    *language = LANGUAGE_DUTCH;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strcmp(text, language_codes[i]) == 0)
            *language = (enum language)i;
    return *text == '\0' || strcmp(text, language_codes[*language]) == 0 ||
           csv_complain(csv, "language \"%.80s\" is not nl or en", text);
}

static bool read_addresses(struct csv_file *csv, char *field, struct mail_addresses *addresses)
{
    char why[MAIL_ADDRESSES_WHY_SIZE];
    return mail_addresses_read(addresses, field, why) || csv_complain(csv, "%s", why);
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

static bool keep(struct csv_file *csv, const char *location_id, const struct mail_addresses *mail,
                 const struct mail_addresses *overdue_mail, enum language language)
{
    struct contacts *contacts = csv->context;
    struct contact contact = {.location_id = strdup(location_id),
                              .mail = mail_addresses_join(mail),
                              .overdue_mail = mail_addresses_join(overdue_mail),
                              .language = language,
                              .line = csv->line};
    if (contact.location_id != NULL && contact.mail != NULL && contact.overdue_mail != NULL && have_room(contacts)) {
        contacts->rows[contacts->count++] = contact;
        return true;
    }
    contact_fini(&contact);
    return csv_complain(csv, "memory is short");
}

/* Who is told of everything is not told once more. */
static bool are_apart(struct csv_file *csv, const struct mail_addresses *mail,
                      const struct mail_addresses *overdue_mail)
{
    for (size_t i = 0; i < overdue_mail->count; i++)
        if (mail_addresses_have(mail, overdue_mail->texts[i]))
            return csv_complain(csv, "%s is in mail and in overdue_mail, and would be told twice",
                                overdue_mail->texts[i]);
    return true;
}

static bool is_new(struct csv_file *csv, const char *location_id)
{
    const struct contact *earlier = contact_of(csv->context, location_id);
    return earlier == NULL || csv_complain(csv, "%s has a row already, line %zu", location_id, earlier->line);
}

static bool read_row(struct csv_file *csv, char **columns)
{
    const struct contacts *contacts = csv->context;
    struct mail_addresses mail, overdue_mail;
    enum language language;
    return read_location(csv, columns[COLUMN_LOCATION_ID]) && is_new(csv, columns[COLUMN_LOCATION_ID]) &&
           read_addresses(csv, columns[COLUMN_MAIL], &mail) &&
           read_addresses(csv, columns[COLUMN_OVERDUE_MAIL], &overdue_mail) && are_apart(csv, &mail, &overdue_mail) &&
           read_language(csv, columns[COLUMN_LANGUAGE], &language) &&
           (contacts->count < CONTACTS_MAX || csv_complain(csv, "more than %d rows", CONTACTS_MAX)) &&
           keep(csv, columns[COLUMN_LOCATION_ID], &mail, &overdue_mail, language);
}

/* All mistakes are said, but not of each row that is too many. */
static bool on_row(struct csv_file *csv, char **columns)
{
    const struct contacts *contacts = csv->context;
    return read_row(csv, columns) || contacts->count < CONTACTS_MAX;
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

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
    struct csv_file csv = {.name = name,
                           .errors = errors,
                           .heading = "location_id,mail,overdue_mail,language",
                           .on_row = on_row,
                           .context = contacts};
    *contacts = (struct contacts){0};
    if (csv_read(&csv, file) && contact_of(contacts, CONTACTS_OTHERS) == NULL)
        csv_complain(&csv, "there is no row of " CONTACTS_OTHERS ", for all other locations; \"*,,,\" tells nobody");
    if (contacts->count > 0)
        qsort(contacts->rows, contacts->count, sizeof(contacts->rows[0]), compare_contacts);
    return !csv.is_wrong;
}

void contacts_fini(struct contacts *contacts)
{
    for (size_t i = 0; i < contacts->count; i++)
        contact_fini(&contacts->rows[i]);
    free(contacts->rows);
}
