/* A second reading of the rules: slow, day by day, and as literal as the text allows.
 *
 * It shares data structures with rules/ and no code. Where rules/ reasons about intervals, the oracle walks every
 * single day from the first fact to today and looks. Both must give the same alerts for any history.
 */
#ifndef TESTS_ORACLE_ORACLE_H
#define TESTS_ORACLE_ORACLE_H

#include <stddef.h>

#include "almanac.h"
#include "rules/alert.h"
#include "rules/fact.h"
#include "rules/norms.h"

struct oracle; /* working memory */

struct oracle *oracle_new(void); /* NULL when memory is short */
void oracle_free(struct oracle *oracle);

/* The alerts that exist on TODAY, by (rule, cause), revision fields zero. VERSIONS are what was read of one child: any
 * order, any repetition, not normalized, first_recorded_at_ms and sequence ignored. *COUNT is their number; the alerts
 * and the texts in them last until the next call, or as long as the texts of VERSIONS. */
const struct alert *oracle_alerts(struct oracle *oracle, const struct fact *versions, size_t version_count,
                                  const struct norms *norms, const struct almanac *almanac, struct day today,
                                  size_t *count);

#endif
