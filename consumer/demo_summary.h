/* What the demo writes into the terminal's scrolled text: before its screen, or instead of it, and after it. */
#ifndef CONSUMER_DEMO_SUMMARY_H
#define CONSUMER_DEMO_SUMMARY_H

#include "consumer/demo_comparison.h"
#include "consumer/demo_view.h"

/* How another terminal can follow. False: standard output takes nothing. */
bool summary_print_commands(const struct view *view);

/* What the screen had at the end. */
void summary_print_figures(const struct view *view);

/* What was told, and where the mails can be read; of the sites told OPEN alerts are open. Nothing where nobody was. */
void summary_print_told(const struct view *view, const char *folder, uint64_t open);

/* How long it took, and whether what was published is right. */
void summary_print_comparison(const struct comparison *comparison, uint32_t children, int64_t elapsed_ms);

#endif
