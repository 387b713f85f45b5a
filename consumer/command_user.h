/* Who runs the program, for lines of the log that are an audit. */
#ifndef CONSUMER_COMMAND_USER_H
#define CONSUMER_COMMAND_USER_H

#define COMMAND_USER_SIZE 64

/* The name of the user, or where there is none the number. */
void command_user(char name[static COMMAND_USER_SIZE]);

#endif
