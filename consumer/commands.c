/* The table of commands; each is one file. */
#include "consumer/command.h"

extern const struct command command_check;
extern const struct command command_demo;
extern const struct command command_evaluate;
extern const struct command command_explain;
extern const struct command command_forget;
extern const struct command command_manual;
extern const struct command command_notify;
extern const struct command command_notify_config;
extern const struct command command_notify_drop;
extern const struct command command_notify_replay;
extern const struct command command_notify_status;
extern const struct command command_produce;
extern const struct command command_report;
extern const struct command command_rules;
extern const struct command command_run;
extern const struct command command_topics_acls;
extern const struct command command_topics_check;
extern const struct command command_topics_create;
extern const struct command command_topics_describe;
extern const struct command command_watch;

const struct command *const commands[] = {
    &command_evaluate,    &command_explain,       &command_report,        &command_rules,
    &command_check,       &command_topics_create, &command_topics_check,  &command_topics_describe,
    &command_topics_acls, &command_produce,       &command_run,           &command_watch,
    &command_notify,      &command_notify_config, &command_notify_replay, &command_notify_status,
    &command_notify_drop, &command_forget,        &command_demo,          &command_manual,
};
const size_t command_count = sizeof(commands) / sizeof(commands[0]);
