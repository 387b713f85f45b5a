#include "consumer/demo_summary.h"

#include <stdio.h>

#include "consumer/terminal.h"

#define ROWS 24
#define COLUMNS 80

bool summary_print_commands(const struct view *view)
{
    char command[512];
    view_watch_command(view, command, sizeof command);
    printf("follow in another terminal: %s\n", command);
    view_kcat_command(view, command, sizeof command);
    printf("                        or: %s\n", command);
    return fflush(stdout) == 0;
}

void summary_print_figures(const struct view *view)
{
    static struct screen screen; /* too large for a stack */
    char text[4 * COLUMNS + 1], date[DAY_TEXT_SIZE];
    screen.rows = ROWS;
    screen.columns = COLUMNS;
    view_draw(view, &screen);
    day_format(view->today, date);
    printf("\n %s\n", date);
    for (int row = VIEW_FIGURES_FIRST; row < VIEW_FIGURES_END; row++)
        if (screen_row_text(&screen, row, terminal_has_utf8(), text, sizeof text) > 0)
            printf("%s\n", text);
}

void summary_print_told(const struct view *view, const char *folder, uint64_t open)
{
    const struct demo_inbox *told = view->told;
    printf("\n %s mails, to be read in a browser: %s/mails/index.html\n", thousands(told->mails).text, folder);
    printf(" %s webhook events, %s with a wrong signature\n", thousands(told->events).text,
           thousands(told->refused).text);
    printf(" open at the sites told: %s alerts by these events, %s by the topic\n", thousands(told->in_force).text,
           thousands(open).text);
    if (view->told_trouble[0] != '\0')
        printf(" %s\n", view->told_trouble);
}

void summary_print_comparison(const struct comparison *comparison, uint32_t children, int64_t elapsed_ms)
{
    printf("\n %s children in seventeen months, in %.1f seconds\n", thousands(children).text,
           (double)elapsed_ms / 1000);
    if (comparison_differences(comparison) == 0)
        printf(" published alerts = evaluate: %s alerts, no difference\n", thousands(comparison->expected).text);
    else
        printf(" published alerts differ from evaluate: of %s alerts %s missing, %s unlike, %s left over\n",
               thousands(comparison->expected).text, thousands(comparison->missing).text,
               thousands(comparison->unlike).text, thousands(comparison->left_over).text);
}
