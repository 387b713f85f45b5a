/* The log: one line an event of the service on stderr: time, level, component, message, key=value…; rate-limited per
 * message; never personal data: no keys, no payloads.
 */
#ifndef CONSUMER_LOG_H
#define CONSUMER_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG, LOG_LEVEL_COUNT };
extern const char *const log_level_names[LOG_LEVEL_COUNT]; /* as in the setting log.level: "error"… */

/* Below this nothing is written. LOG_LEVEL_INFO unless set. */
void log_set_level(enum log_level level);

/* FORMAT gives "message words key=value key=value"; control characters in it are escaped. At most LOG_LINES_A_SECOND
 * lines of one message (a FORMAT) are written a second, errors always; the next line that is written says how many were
 * left out before it. Longer lines than LOG_LINE_SIZE are cut. Each line is one write. Thread-safe. */
void log_write(enum log_level level, const char *component, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Likewise, but written whatever the level and however many there are: an audit, at level info. */
void log_audit(const char *component, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* TEXT in double quotes, as a value that no text can end or follow with another key: quotes and backslashes in it have
 * a backslash before them. False: it does not fit and is cut; SIZE >= 3. */
bool log_quote(const char *text, char *quoted, size_t size);

/* The same as an argument of a line: what a broker or a schema registry says goes into the log so. Longer texts are
 * cut; it is there until the block ends. */
#define LOG_QUOTED_SIZE 640
#define LOG_QUOTED(text) log_quoted(text, (char[LOG_QUOTED_SIZE]){0})
const char *log_quoted(const char *text, char quoted[static LOG_QUOTED_SIZE]);

#define log_error(component, ...) log_write(LOG_LEVEL_ERROR, component, __VA_ARGS__)
#define log_warning(component, ...) log_write(LOG_LEVEL_WARNING, component, __VA_ARGS__)
#define log_info(component, ...) log_write(LOG_LEVEL_INFO, component, __VA_ARGS__)
#define log_debug(component, ...) log_write(LOG_LEVEL_DEBUG, component, __VA_ARGS__)

/* --- what it is made of ------------------------------------------------------------------------------------------- */

#define LOG_LINE_SIZE 2048
#define LOG_LINES_A_SECOND 10

/* What was written of one message in the current second. */
struct log_limit {
    int64_t second;
    uint32_t written;
    uint64_t left_out;
};

/* Whether a line may be written at NOW_MS; *LEFT_OUT is then how many were not since the last that was. */
bool log_limit_pass(struct log_limit *limit, int64_t now_ms, uint64_t *left_out);

/* Copies TEXT with control characters as \n, \t or \xNN, so that nobody can write a line of the log, or to the terminal
 * that shows it. SIZE >= 1; what does not fit is cut. Returns the length. */
size_t log_escape(const char *text, char *escaped, size_t size);

#endif
