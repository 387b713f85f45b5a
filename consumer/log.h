/* The log: one line an event of the service on stderr: time, level, component, message, key=value…; rate-limited per message;
 * never personal data: no keys, no payloads.
 */
#ifndef CONSUMER_LOG_H
#define CONSUMER_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Below this nothing is written. LOG_LEVEL_INFO unless set. */
void log_set_level(enum log_level level);

/* FORMAT gives "message words key=value key=value"; control characters in it are escaped. At most ten lines a second of one
 * component and level are written (errors always); what was left out is counted in a line. Thread-safe. */
void log_write(enum log_level level, const char *component, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define log_error(component, ...) log_write(LOG_LEVEL_ERROR, component, __VA_ARGS__)
#define log_warning(component, ...) log_write(LOG_LEVEL_WARNING, component, __VA_ARGS__)
#define log_info(component, ...) log_write(LOG_LEVEL_INFO, component, __VA_ARGS__)
#define log_debug(component, ...) log_write(LOG_LEVEL_DEBUG, component, __VA_ARGS__)

#endif
