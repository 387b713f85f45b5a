#include "consumer/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "consumer/demo_screen.h"

/* DEC private modes that every terminal of today knows: 1049 the alternate screen, 25 the cursor, 7 wrapping at the
 * margin. */
#define ENTER "\033[?1049h\033[?25l\033[?7l\033[2J"
#define LEAVE "\033[0m\033[?7h\033[?25h\033[?1049l"

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define ENDING_SIGNALS (sizeof ending_signals / sizeof ending_signals[0])

static volatile sig_atomic_t is_open;
static struct termios found; /* the terminal's modes before us */
static bool has_modes, has_utf8, has_colours;
static int errors_held = -1, errors_to = -1; /* what is written to stderr meanwhile, and where it belongs */

/* Safe in a signal handler. */
static void write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno != EINTR && errno != EAGAIN)
            return; /* the terminal is gone; nobody looks */
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
}

static void enter(void)
{
    struct termios quiet = found; /* what is typed does not show */
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    if (has_modes)
        tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    write_all(STDOUT_FILENO, ENTER, strlen(ENTER));
}

static void leave(void)
{
    write_all(STDOUT_FILENO, LEAVE, strlen(LEAVE));
    if (has_modes)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &found);
}

/* A log line in the middle of the screen would tear it: it waits until the screen is gone. */
static void hold_errors(void)
{
    if (!isatty(STDERR_FILENO))
        return;
    errors_held = memfd_create("stderr", MFD_CLOEXEC);
    errors_to = errors_held < 0 ? -1 : dup(STDERR_FILENO);
    if (errors_to >= 0)
        dup2(errors_held, STDERR_FILENO);
}

static void release_errors(void)
{
    char bytes[4096];
    ssize_t length;
    if (errors_to < 0)
        return;
    dup2(errors_to, STDERR_FILENO);
    lseek(errors_held, 0, SEEK_SET);
    while ((length = read(errors_held, bytes, sizeof bytes)) > 0)
        write_all(STDERR_FILENO, bytes, (size_t)length);
    close(errors_held);
    close(errors_to);
    errors_to = -1;
}

static void raise_by_default(int number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    sigaction(number, &action, NULL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void on_end(int number)
{
    if (is_open)
        leave();
    is_open = 0;
    raise_by_default(number);
}

static void handle(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(number, &action, NULL);
}

static void on_stop(int number)
{
    int error = errno;
    leave();
    raise_by_default(number); /* stops here until SIGCONT */
    handle(SIGTSTP, on_stop);
    enter();
    errno = error;
}

bool terminal_is_usable(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDOUT_FILENO) && kind != NULL && strcmp(kind, "dumb") != 0 && kind[0] != '\0';
}

bool terminal_has_utf8(void)
{
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

void terminal_open(void)
{
    const char *no_color = getenv("NO_COLOR");
    has_utf8 = terminal_has_utf8();
    has_colours = no_color == NULL || no_color[0] == '\0';
    has_modes = tcgetattr(STDIN_FILENO, &found) == 0;
    is_open = 1;
    hold_errors();
    for (size_t i = 0; i < ENDING_SIGNALS; i++)
        handle(ending_signals[i], on_end);
    handle(SIGTSTP, on_stop);
    enter();
}

void terminal_close(void)
{
    if (!is_open)
        return;
    handle(SIGTSTP, SIG_DFL);
    leave();
    is_open = 0; /* only now: a signal meanwhile leaves once more, which does no harm */
    release_errors();
}

void terminal_measure(struct screen *screen)
{
    struct winsize size = {0};
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
    screen->rows = known ? size.ws_row : 24;
    screen->columns = known ? size.ws_col : 80;
}

void terminal_show(const struct screen *screen)
{
    static char bytes[SCREEN_BYTES_MAX];
    static int rows, columns;
    bool resized = rows != screen->rows || columns != screen->columns;
    rows = screen->rows;
    columns = screen->columns;
    if (resized)
        write_all(STDOUT_FILENO, "\033[2J", 4);
    write_all(STDOUT_FILENO, bytes, screen_render(screen, has_utf8, has_colours, bytes, sizeof bytes));
}
