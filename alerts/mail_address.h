/* Addresses of mail, as far as they are plain: NAME@HOST without quotes, comments or display names.
 *
 * One that is right can stand in a header, in a list separated by commas, in YAML's quotes and in a template of
 * Alertmanager's, and is nothing but an address there.
 */
#ifndef ALERTS_MAIL_ADDRESS_H
#define ALERTS_MAIL_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#define MAIL_ADDRESS_LENGTH_MAX 254

/* Whether these bytes are such an address: a name of at most 64 letters, digits and !#$%&'*+/=?^_~.- without a dot at
 * an end or two in a row; a host of labels of letters, digits and hyphens. */
bool mail_address_is_plain(const char *bytes, size_t length);

#endif
