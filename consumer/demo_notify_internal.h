/* Its inside: demo_notify.c (the whole, and what came of it), demo_notify_processes.c (what is started),
 * demo_notify_files.c (what they are given to read). */
#ifndef CONSUMER_DEMO_NOTIFY_INTERNAL_H
#define CONSUMER_DEMO_NOTIFY_INTERNAL_H

#include "consumer/demo_notify.h"

#define DEMO_PATH_SIZE 512
#define DEMO_FOLDER_LENGTH_MAX (DEMO_PATH_SIZE - 64)

/* The path of NAME in the folder. */
struct demo_path {
    char text[DEMO_PATH_SIZE];
};
struct demo_path demo_notify_path(const struct demo_notify *notify, const char *name);

/* Writes what the inbox needs, and makes the folders. False: said in the log. */
bool demo_notify_write_inbox(const struct demo_notify *notify);

/* Writes contacts and settings, once the inbox has said its ports; Alertmanager is at ALERTMANAGER_PORT. False: said in
 * the log. */
bool demo_notify_write_settings(const struct demo_notify *notify, const struct settings *settings,
                                uint16_t alertmanager_port);

/* Takes what the inbox has said. False: it is not what an inbox says. */
bool demo_notify_read_inbox(struct demo_notify *notify);

/* Starts all of it, one after another. False: said in the log; what was started runs. */
bool demo_notify_start_processes(struct demo_notify *notify, const struct settings *settings);

#endif
