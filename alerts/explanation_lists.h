/* What was counted one by one, in words. A child can have thousands: of each list some are told, then how it goes on.
 */
#ifndef ALERTS_EXPLANATION_LISTS_H
#define ALERTS_EXPLANATION_LISTS_H

#include "alerts/explanation_words.h"

/* "North: 11 July 2026 to 16 August 2026, Middle: 17-20 August 2026" */
void holidays_words(enum language language, const struct region_days *holidays, uint32_t count,
                    char list[static WORDS_SIZE]);

/* "3-7 May 2025, 10 May 2025 (North)": a region stands behind its days. */
void school_days_words(enum language language, const struct school_day *days, uint32_t count,
                       char list[static WORDS_SIZE]);

/* "1 February 2025 to azc-n, 3 March 2025 to azc-m" */
void moves_words(enum language language, const struct stay *const *moves, uint32_t count, char list[static WORDS_SIZE]);

#endif
