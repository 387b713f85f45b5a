#include "consumer/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "rules/text.h"

#define MESSAGES_MAX 256 /* messages that are limited each by itself; the program has fewer */

const char *const log_level_names[LOG_LEVEL_COUNT] = {"error", "warning", "info", "debug"};

static _Atomic int level_written = LOG_LEVEL_INFO;

/* A format is a string constant, so its address is the message's name. */
static struct {
    pthread_mutex_t lock;
    struct {
        const char *format;
        struct log_limit limit;
    } messages[MESSAGES_MAX];
} limits = {.lock = PTHREAD_MUTEX_INITIALIZER};

void log_set_level(enum log_level level)
{
    atomic_store(&level_written, (int)level);
}

bool log_limit_pass(struct log_limit *limit, int64_t now_ms, uint64_t *left_out)
{
    const int64_t second = now_ms / 1000;
    if (second != limit->second) {
        limit->second = second;
        limit->written = 0;
    }
    if (limit->written >= LOG_LINES_A_SECOND) {
        limit->left_out++;
        return false;
    }
    limit->written++;
    *left_out = limit->left_out;
    limit->left_out = 0;
    return true;
}

static bool may_pass(const char *format, int64_t now_ms, uint64_t *left_out)
{
    bool passes = true;
    pthread_mutex_lock(&limits.lock);
    for (size_t i = 0; i < MESSAGES_MAX; i++) {
        if (limits.messages[i].format == NULL)
            limits.messages[i].format = format;
        if (limits.messages[i].format == format) {
            passes = log_limit_pass(&limits.messages[i].limit, now_ms, left_out);
            break;
        }
    }
    pthread_mutex_unlock(&limits.lock);
    return passes;
}

/* Bytes that are part of a control character have a short form, or their number. */
static size_t write_byte(unsigned char byte, bool is_control, char piece[static 8])
{
    piece[0] = (char)byte;
    if (!is_control)
        return 1;
    if (byte == '\n' || byte == '\t')
        return (size_t)snprintf(piece, 8, "\\%c", byte == '\n' ? 'n' : 't');
    return (size_t)snprintf(piece, 8, "\\x%02x", byte);
}

size_t log_escape(const char *text, char *escaped, size_t size)
{
    size_t length = 0;
    for (uint32_t control = 0; *text != '\0'; text++, control -= control > 0) {
        char piece[8];
        control = control > 0 ? control : text_control_length(text);
        const size_t piece_length = write_byte((unsigned char)*text, control > 0, piece);
        if (length + piece_length >= size)
            break;
        memcpy(escaped + length, piece, piece_length);
        length += piece_length;
    }
    escaped[length] = '\0';
    return length;
}

static size_t write_head(char *line, size_t size, const struct timespec *now, enum log_level level,
                         const char *component)
{
    struct tm utc;
    char time_text[32];
    gmtime_r(&now->tv_sec, &utc);
    strftime(time_text, sizeof(time_text), "%Y-%m-%dT%H:%M:%S", &utc);
    return (size_t)snprintf(line, size, "%s.%03ldZ %s %s: ", time_text, now->tv_nsec / 1000000, log_level_names[level],
                            component);
}

/* One write a line, so that lines of threads and processes do not mix. A log that can not be written is no reason to
 * stop. */
static void write_line(const char *line, size_t length)
{
    const ssize_t written = write(STDERR_FILENO, line, length);
    (void)written;
}

static void write_message(enum log_level level, const char *component, uint64_t left_out, const struct timespec *now,
                          const char *format, va_list arguments)
{
    char message[LOG_LINE_SIZE], line[LOG_LINE_SIZE + 64];
    vsnprintf(message, sizeof(message), format, arguments);
    size_t length = write_head(line, sizeof(line), now, level, component);
    length += log_escape(message, line + length, LOG_LINE_SIZE - length);
    if (left_out > 0)
        length += (size_t)snprintf(line + length, sizeof(line) - length, " left_out=%llu",
                                   (unsigned long long)left_out);
    line[length++] = '\n';
    write_line(line, length);
}

void log_write(enum log_level level, const char *component, const char *format, ...)
{
    if ((int)level > atomic_load_explicit(&level_written, memory_order_relaxed))
        return;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t left_out = 0;
    if (level != LOG_LEVEL_ERROR && !may_pass(format, now.tv_sec * 1000, &left_out))
        return;
    va_list arguments;
    va_start(arguments, format);
    write_message(level, component, left_out, &now, format, arguments);
    va_end(arguments);
}

void log_audit(const char *component, const char *format, ...)
{
    struct timespec now;
    va_list arguments;
    clock_gettime(CLOCK_REALTIME, &now);
    va_start(arguments, format);
    write_message(LOG_LEVEL_INFO, component, 0, &now, format, arguments);
    va_end(arguments);
}

bool log_quote(const char *text, char *quoted, size_t size)
{
    size_t length = 0;
    quoted[length++] = '"';
    for (; *text != '\0' && length + 4 <= size; text++) { /* a backslash, the character, a quote and the NUL */
        if (*text == '"' || *text == '\\')
            quoted[length++] = '\\';
        quoted[length++] = *text;
    }
    quoted[length++] = '"';
    quoted[length] = '\0';
    return *text == '\0';
}

const char *log_quoted(const char *text, char quoted[static LOG_QUOTED_SIZE])
{
    log_quote(text, quoted, LOG_QUOTED_SIZE);
    return quoted;
}
