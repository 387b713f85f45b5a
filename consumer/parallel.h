/* The same work on several threads at once, until all are done. */
#ifndef CONSUMER_PARALLEL_H
#define CONSUMER_PARALLEL_H

#define PARALLEL_MAX 64

/* As many as this process may use processors, at most PARALLEL_MAX. */
int parallel_processors(void);

/* Calls WORK(context, i) for every i in [0, COUNT), 1 <= COUNT <= PARALLEL_MAX, each on a thread of its own as far as
 * threads can be had, and returns when all have returned. */
void parallel_run(int count, void (*work)(void *context, int i), void *context);

#endif
