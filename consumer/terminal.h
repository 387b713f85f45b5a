/* The terminal: what it can show, and for the demo its own screen while it is open, given back as it was whatever ends
 * the program.
 */
#ifndef CONSUMER_TERMINAL_H
#define CONSUMER_TERMINAL_H

#include <stdbool.h>

struct screen; /* demo_screen.h */

/* Whether standard output is a terminal that can show a screen. */
bool terminal_is_usable(void);

/* Whether the locale's characters are UTF-8. */
bool terminal_has_utf8(void);

/* Takes the terminal over. From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT give it back and end the program at once, as
 * they would by themselves; SIGTSTP gives it back until SIGCONT. */
void terminal_open(void);

/* Gives it back. May be called again, and when it is not open. */
void terminal_close(void);

/* Sets the rows and columns of SCREEN to the terminal's as it is now. */
void terminal_measure(struct screen *screen);

void terminal_show(const struct screen *screen);

#endif
