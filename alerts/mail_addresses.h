/* Several plain addresses of mail (mail_address.h), as one field of a file has them. */
#ifndef ALERTS_MAIL_ADDRESSES_H
#define ALERTS_MAIL_ADDRESSES_H

#include <stdbool.h>
#include <stddef.h>

#define MAIL_ADDRESSES_MAX 20
#define MAIL_ADDRESSES_WHY_SIZE 320

struct mail_addresses {
    char *texts[MAIL_ADDRESSES_MAX]; /* in order; they point into what was read */
    size_t count;
};

/* Cuts FIELD at its blanks. False: one is no address, stands there twice, or is one too many; WHY says which. */
bool mail_addresses_read(struct mail_addresses *addresses, char *field, char why[static MAIL_ADDRESSES_WHY_SIZE]);

bool mail_addresses_have(const struct mail_addresses *addresses, const char *text);

/* "a@x, b@y", as a header has them, to be freed: the same people are the same text. NULL: memory is short. */
char *mail_addresses_join(const struct mail_addresses *addresses);

#endif
