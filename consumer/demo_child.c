#include "consumer/demo_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "consumer/log.h"

#define END_MS 5000 /* how long it may take to end when it is asked to */

/* --- finding ------------------------------------------------------------------------------------------------------ */

static bool is_in(const char *folder, size_t length, const char *name, char *path, size_t size)
{
    const int written = snprintf(path, size, "%.*s/%s", (int)length, folder, name);
    return length > 0 && written > 0 && (size_t)written < size && access(path, X_OK) == 0;
}

static bool find_one(const char *name, char *path, size_t size)
{
    const char *folder = getenv("PATH");
    while (folder != NULL && folder[0] != '\0') {
        const size_t length = strcspn(folder, ":");
        if (is_in(folder, length, name, path, size))
            return true;
        folder += length + (folder[length] == ':');
    }
    return false;
}

bool demo_child_find(const char *const *names, char *path, size_t size)
{
    for (; *names != NULL; names++)
        if (find_one(*names, path, size))
            return true;
    return false;
}

/* --- starting ----------------------------------------------------------------------------------------------------- */

/* Between fork and exec in a process of many threads: system calls, and nothing else. */
static _Noreturn void become(const char *path, char *const *arguments, int output, int log, pid_t parent)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    const int nothing = open("/dev/null", O_RDONLY);
    const bool done = nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
                      dup2(log, STDERR_FILENO) >= 0;
    if (done && getppid() == parent) /* else it died before prctl could see to it */
        execv(path, arguments);
    _exit(127);
}

static bool fork_child(struct demo_child *child, const char *path, const char *const *arguments, int output, int log)
{
    const pid_t parent = getpid();
    child->pid = fork();
    if (child->pid == 0)
        become(path, (char *const *)arguments, output, log, parent); /* execv changes none of them */
    return child->pid > 0;
}

static bool open_output(struct demo_child *child, int log, bool reads_output, int *theirs)
{
    int ends[2];
    *theirs = log;
    if (!reads_output)
        return true;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    child->output = ends[0];
    *theirs = ends[1];
    return fcntl(child->output, F_SETFL, O_NONBLOCK) == 0;
}

bool demo_child_start(struct demo_child *child, const char *path, const char *const *arguments, const char *log,
                      bool reads_output)
{
    *child = (struct demo_child){.output = -1};
    const int messages = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int output = -1;
    const bool done = messages >= 0 && open_output(child, messages, reads_output, &output) &&
                      fork_child(child, path, arguments, output, messages);
    if (!done) {
        log_error("demo", "%s can not be started: %s", path, strerror(errno));
        child->pid = 0;
        demo_child_end(child);
    }
    if (output >= 0 && output != messages)
        close(output);
    if (messages >= 0)
        close(messages);
    return done;
}

/* --- ending ------------------------------------------------------------------------------------------------------- */

static bool take_status(struct demo_child *child, int options)
{
    pid_t ended;
    while ((ended = waitpid(child->pid, &child->status, options)) < 0 && errno == EINTR)
        ;
    if (ended == 0)
        return false;
    child->pid = 0;
    return true;
}

bool demo_child_runs(struct demo_child *child)
{
    return child->pid > 0 && !take_status(child, WNOHANG);
}

bool demo_child_finish(struct demo_child *child)
{
    if (child->pid > 0)
        take_status(child, 0);
    return WIFEXITED(child->status) && WEXITSTATUS(child->status) == 0;
}

static void wait_for_end(const struct demo_child *child)
{
    struct pollfd end = {.fd = pidfd_open(child->pid, 0), .events = POLLIN};
    if (end.fd < 0)
        return;
    poll(&end, 1, END_MS);
    close(end.fd);
}

void demo_child_end(struct demo_child *child)
{
    if (demo_child_runs(child)) {
        kill(child->pid, SIGTERM);
        wait_for_end(child);
    }
    if (demo_child_runs(child)) {
        kill(child->pid, SIGKILL);
        take_status(child, 0);
    }
    if (child->output >= 0)
        close(child->output);
    child->output = -1;
}
