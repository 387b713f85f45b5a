#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "consumer/clock.h"
#include "consumer/demo_notify_internal.h"
#include "consumer/log.h"

#define INBOX_STARTS_MS 60000     /* on a busy machine; one that ends is noticed at once */
#define PYTHON "/usr/bin/python3" /* Debian's: it is the one that has Debian's aiosmtpd */
#define ITSELF "/proc/self/exe"

/* --- the inbox ---------------------------------------------------------------------------------------------------- */

/* False: it said something that no inbox says. */
bool demo_notify_read_inbox(struct demo_notify *notify)
{
    char bytes[4096];
    ssize_t length;
    while ((length = read(notify->inbox_process.output, bytes, sizeof bytes)) > 0) {
        notify->heard_ms = clock_monotonic_ms();
        if (!demo_inbox_take(&notify->inbox, bytes, (size_t)length))
            return false;
    }
    return true;
}

/* Its first line, which may come in pieces. */
static bool await_ports(struct demo_notify *notify)
{
    struct pollfd output = {.fd = notify->inbox_process.output, .events = POLLIN};
    const int64_t until_ms = clock_monotonic_ms() + INBOX_STARTS_MS;
    while (notify->inbox.webhook_port == 0) {
        const int64_t left_ms = until_ms - clock_monotonic_ms();
        const bool has_ended = !demo_child_runs(&notify->inbox_process);
        if (left_ms <= 0 || has_ended || poll(&output, 1, (int)left_ms) < 0 || !demo_notify_read_inbox(notify))
            return false;
    }
    return true;
}

static bool start_inbox(struct demo_notify *notify)
{
    const struct demo_path program = demo_notify_path(notify, "inbox.py"), mails = demo_notify_path(notify, "mails"),
                           secret = demo_notify_path(notify, "secret"), log = demo_notify_path(notify, "inbox.log");
    const char *const arguments[] = {PYTHON, program.text, mails.text, secret.text, NULL};
    if (!demo_child_start(&notify->inbox_process, PYTHON, arguments, log.text, true))
        return false;
    if (await_ports(notify))
        return true;
    log_warning("demo",
                "nobody is told: the inbox does not start (does Python have aiosmtpd? apt-get install "
                "python3-aiosmtpd); it says why in %s",
                log.text);
    return false;
}

/* --- alertmanager ------------------------------------------------------------------------------------------------- */

/* One that nobody else has or is given: Alertmanager takes no port 0 of which it would say what became of it, but
 * listens beside a socket that is bound only, as both are to be reused. 0: none. */
static uint16_t keep_port(struct demo_notify *notify)
{
    static const int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    const int keeper = notify->port_keeper = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool done = keeper >= 0 && setsockopt(keeper, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                      bind(keeper, (struct sockaddr *)&address, size) == 0 &&
                      getsockname(keeper, (struct sockaddr *)&address, &size) == 0;
    return done ? ntohs(address.sin_port) : 0;
}

static bool find_alertmanager(char *path, size_t size)
{
    static const char *const names[] = {"prometheus-alertmanager", "alertmanager", NULL};
    if (demo_child_find(names, path, size))
        return true;
    log_warning("demo", "nobody is told: there is no prometheus-alertmanager in PATH (`./dev demo` fetches one)");
    return false;
}

/* What an earlier demo told is none of this one's. */
static void forget_told(const struct demo_notify *notify)
{
    unlink(demo_notify_path(notify, "alertmanager/nflog").text);
    unlink(demo_notify_path(notify, "alertmanager/silences").text);
}

static bool start_alertmanager(struct demo_notify *notify, const char *program, uint16_t port)
{
    char configuration[DEMO_PATH_SIZE + 32], storage[DEMO_PATH_SIZE + 32], address[64];
    snprintf(configuration, sizeof configuration, "--config.file=%s",
             demo_notify_path(notify, "alertmanager.yml").text);
    snprintf(storage, sizeof storage, "--storage.path=%s", demo_notify_path(notify, "alertmanager").text);
    snprintf(address, sizeof address, "--web.listen-address=127.0.0.1:%u", port);
    const char *const arguments[] = {program,
                                     configuration,
                                     storage,
                                     address,
                                     "--cluster.listen-address=",
                                     "--alerts.gc-interval=1m",
                                     "--data.retention=17520h",
                                     NULL};
    forget_told(notify);
    return demo_child_start(&notify->alertmanager, program, arguments,
                            demo_notify_path(notify, "alertmanager.log").text, false);
}

/* --- notify ------------------------------------------------------------------------------------------------------- */

static bool configure(struct demo_notify *notify)
{
    const struct demo_path settings = demo_notify_path(notify, "settings.yaml"),
                           contacts = demo_notify_path(notify, "contacts.csv"),
                           log = demo_notify_path(notify, "configure.log");
    const char *const arguments[] = {"placement-alerts", "notify",      "config",   "-c",           settings.text,
                                     "--contacts",       contacts.text, "--output", notify->folder, NULL};
    struct demo_child child;
    if (!demo_child_start(&child, ITSELF, arguments, log.text, false))
        return false;
    if (demo_child_finish(&child))
        return true;
    log_warning("demo", "nobody is told: `notify config` failed, it says why in %s", log.text);
    return false;
}

static bool start_notify(struct demo_notify *notify)
{
    const struct demo_path settings = demo_notify_path(notify, "settings.yaml");
    const char *const arguments[] = {"placement-alerts", "notify", "-c", settings.text, NULL};
    return demo_child_start(&notify->notify, ITSELF, arguments, demo_notify_path(notify, "notify.log").text, false);
}

/* --- one after another -------------------------------------------------------------------------------------------- */

bool demo_notify_start_processes(struct demo_notify *notify, const struct settings *settings)
{
    char alertmanager[DEMO_PATH_SIZE];
    const uint16_t port = keep_port(notify);
    if (strlen(notify->folder) > DEMO_FOLDER_LENGTH_MAX) {
        log_warning("demo", "nobody is told: the folder's path is too long");
        return false;
    }
    return find_alertmanager(alertmanager, sizeof alertmanager) && demo_notify_write_inbox(notify) &&
           start_inbox(notify) && demo_notify_write_settings(notify, settings, port) && configure(notify) &&
           start_alertmanager(notify, alertmanager, port) && start_notify(notify);
}
