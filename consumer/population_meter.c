#include "consumer/population_meter.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "consumer/clock.h"

#define SHOW_EVERY_MS 100
#define BAR_CELLS 30

void population_meter_init(struct population_meter *meter, uint64_t records_in_all)
{
    *meter = (struct population_meter){.has_terminal = isatty(STDERR_FILENO) == 1,
                                       .started_ms = clock_monotonic_ms(),
                                       .records_in_all = records_in_all};
}

void population_meter_show(struct population_meter *meter, uint64_t records, uint64_t children)
{
    static const char bar[] = "##############################";
    const int64_t now_ms = clock_monotonic_ms();
    if (!meter->has_terminal || now_ms - meter->shown_ms < SHOW_EVERY_MS || records > meter->records_in_all)
        return;
    meter->shown_ms = now_ms;
    const double part = meter->records_in_all == 0 ? 1 : (double)records / (double)meter->records_in_all;
    const int64_t elapsed_ms = now_ms - meter->started_ms;
    fprintf(stderr, "\r[%-*.*s] %3.0f %%  %" PRIu64 " children/s\033[K", BAR_CELLS, (int)(part * BAR_CELLS), bar,
            part * 100, elapsed_ms > 0 ? children * 1000 / (uint64_t)elapsed_ms : 0);
}

void population_meter_clear(const struct population_meter *meter)
{
    if (meter->has_terminal && meter->shown_ms > 0)
        fputs("\r\033[K", stderr);
}
