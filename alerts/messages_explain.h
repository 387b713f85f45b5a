/* Texts of explanations: X(symbol, English, Dutch). */
#ifndef ALERTS_MESSAGES_EXPLAIN_H
#define ALERTS_MESSAGES_EXPLAIN_H

/* clang-format off */
#define MESSAGES_EXPLAIN(X) \
    X(EXPLAIN_NOTHING_KNOWN, "Nothing is known of {1}.", "Van {1} is niets bekend.")
/* clang-format on */

#endif
