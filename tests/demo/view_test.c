/* Protects the first thing anybody sees of the project: that the screen says what the figures are, at every size, in
 * every terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/demo_view.h"

static struct ledger ledger;
static struct feed feed;
static const struct demo_census census = {14088, 7044, 1918, 186};
static const struct demo_day figures = {
    .school_days_lost = 904776, .in_emergency = 2, .emergency_days = 535, .over_norm = {3410, 7, 0, 1234567, 89}};
static const struct view view = {
    .today = {20179},
    .census = &census,
    .figures = &figures,
    .events = 80289,
    .events_per_s = 2310,
    .revisions_per_s = 410,
    .ledger = &ledger,
    .feed = &feed,
    .program = "build/placement-alerts",
    .bootstrap_servers = "127.0.0.1:41234",
    .activity = "",
    .news_on = {20270},
    .news = "12 emergency sites closed",
    .vacations = "school vacation: NORTH",
};

static struct screen screen;

static int set_up(void **state)
{
    (void)state;
    ledger.open[0][LEVEL_NOTICE] = 812;
    ledger.open[0][LEVEL_VIOLATION] = 2910;
    ledger.open[0][LEVEL_SEVERE] = 640;
    ledger.by_state[ALERT_RESOLVED] = 12345;
    ledger.by_state[ALERT_WITHDRAWN] = 17;
    ledger.entry_count = 9120;
    ledger.revisions = 12003;
    for (int i = 0; i < 3; i++)
        feed.lines[i] = (struct feed_line){
            .day = {20240 + i},
            .change = i == 2 ? LEDGER_RESOLVED : LEDGER_RAISED,
            .rule = 2,
            .level = LEVEL_VIOLATION,
            .resolution = RESOLUTION_SCHOOL_RESUMED,
            .raised_on = {20239},
            .due_on = i == 1 ? (struct day){20209} : DAY_ABSENT,
            .norm_months = i == 1 ? 6 : 0,
            .count = i == 1 ? 38 : 1,
            .child_id = "k-7f3a9c12de0b",
            .location_id = "noodopvang-amv-roosendaal-03",
        };
    feed.line_count = 3;
    return 0;
}

static void draw(int rows, int columns)
{
    screen.rows = rows;
    screen.columns = columns;
    view_draw(&view, &screen);
}

static const char *row(int number)
{
    static char text[4 * SCREEN_COLUMNS_MAX + 1];
    screen_row_text(&screen, number, false, text, sizeof text);
    return text;
}

static void test_a_small_terminal_says_all_that_matters(void **state)
{
    (void)state;
    draw(24, 80);
    static const struct {
        int number;
        const char *text;
    } rows[] = {
        {0, " placement-alerts demo        Tuesday 1 April 2025                 day 1 of 518"},
        {2, " 14,088 children in reception: 7,044 in 186 emergency sites, 1,918 of them alone"},
        {3, " mean stay in emergency reception 268 days, 904,776 school days lost so far"},
        {4, " 80,289 events (2,310/s), 9,120 alerts in 12,003 revisions (410/s)"},
        {5, " 1 July: 12 emergency sites closed                       school vacation: NORTH"},
        {7, " open alerts         notice violation    severe       all  children"},
        {8, " emergency-stay         812     2,910       640     4,362     3,410  ##########"},
        {9, " no-school                0         0         0         0         7"},
        {11, " school-gap               0         0         0         0 1,234,567"},
        {13, " all                    812     2,910       640     4,362"},
        {14, " resolved                                          12,345"},
        {15, " withdrawn                                             17"},
        {16, " newest"},
        {19, "  1 Jun  violation  school-move     k-7f3a9c12de0b  noodopvang-amv-roosendaal-03"},
        {20, "  2 Jun  violation  school-move     38 children     noodopvang-amv-roosendaal-03"},
        {21, "  3 Jun  resolved   school-move     k-7f3a9c12de0b  noodopvang-amv-roosendaal-03"},
        {22, " $ build/placement-alerts watch --set kafka.bootstrap.servers=127.0.0.1:41234"},
        {23, " $ kcat -b 127.0.0.1:41234 -C -t alerts -f '%k %S bytes\\n'          Ctrl-C ends"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(row(rows[i].number), rows[i].text);
}

static void test_a_narrow_terminal_leaves_out_what_would_be_written_over(void **state)
{
    (void)state;
    static const struct {
        int columns, number;
        const char *text;
    } rows[] = {
        {72, 0, " placement-alerts demo    Tuesday 1 April 2025             day 1 of 518"},
        {60, 0, " Tuesday 1 April 2025                          day 1 of 518"},
        {60, 5, " 1 July: 12 emergency sites closed   school vacation: NORTH"},
        {59, 5, " 1 July: 12 emergency sites closed  school vacation: NORTH"},
        {58, 5, " 1 July: 12 emergency sites closed"},
        {40, 0, " Tuesday 1 April 2025      day 1 of 518"},
        {30, 0, " Tuesday 1 April 2025"},
        {60, 23, " $ kcat -b 127.0.0.1:41234 -C -t alerts -f '%k %S bytes\\n'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draw(24, rows[i].columns);
        assert_string_equal(row(rows[i].number), rows[i].text);
    }
}

static void test_a_wide_terminal_says_more(void **state)
{
    (void)state;
    draw(40, 160);
    assert_non_null(strstr(row(37), "school resumed"));
    assert_non_null(strstr(row(36), "norm of 6 months, due 1 May 2025"));
    assert_non_null(strstr(row(35), "since 31 May 2025"));
    assert_non_null(strstr(row(7), "most alerts in force"));
    assert_string_equal(row(39) + 148, "Ctrl-C ends");
}

static const struct demo_inbox told = {.mails = 38, .subject = "noodopvang-oss-03: 5 over the norm", .events = 1204};

static void draw_told(const struct demo_inbox *inbox, const char *trouble)
{
    struct view telling = view;
    telling.told = inbox;
    telling.told_trouble = trouble;
    screen.rows = 24;
    screen.columns = 80;
    view_draw(&telling, &screen);
}

static void test_what_was_told_stands_above_the_commands(void **state)
{
    (void)state;
    static const struct demo_inbox nothing, forged = {.events = 3, .refused = 1};
    static const char trouble[] = "nothing more: notify.log says why";
    static const struct {
        const struct demo_inbox *inbox;
        const char *trouble, *counts, *mail;
    } rows[] = {
        {&told, "", " told    38 mails, 1,204 webhook events, all signatures right",
         " mail    noodopvang-oss-03: 5 over the norm"},
        {&told, trouble, " told    38 mails, 1,204 webhook events, all signatures right",
         " mail    nothing more: notify.log says why"},
        {&forged, "", " told    0 mails, 3 webhook events, 1 more with a wrong signature", " mail    none yet"},
        {&nothing, "", " told    0 mails, 0 webhook events, all signatures right", " mail    none yet"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draw_told(rows[i].inbox, rows[i].trouble);
        assert_string_equal(row(20), rows[i].counts);
        assert_string_equal(row(21), rows[i].mail);
    }
    assert_string_equal(row(16), " newest");
    assert_string_equal(row(19), "  3 Jun  resolved   school-move     k-7f3a9c12de0b  noodopvang-amv-roosendaal-03");
    assert_string_equal(row(22), " $ build/placement-alerts watch --set kafka.bootstrap.servers=127.0.0.1:41234");
}

static void test_what_the_demo_is_doing_goes_before_the_news(void **state)
{
    (void)state;
    struct view busy = view;
    busy.activity = "reading a backlog first";
    screen.rows = 24;
    screen.columns = 80;
    view_draw(&busy, &screen);
    assert_string_equal(row(5), " reading a backlog first                                 school vacation: NORTH");
}

static void test_a_long_path_does_not_hide_the_address(void **state)
{
    (void)state;
    struct view far = view;
    far.program = "/usr/local/libexec/placement-alerts/placement-alerts";
    screen.rows = 24;
    screen.columns = 80;
    view_draw(&far, &screen);
    assert_string_equal(row(22), " $ placement-alerts watch --set kafka.bootstrap.servers=127.0.0.1:41234");
}

static void test_every_size_can_be_drawn(void **state)
{
    (void)state;
    char *bytes = malloc(SCREEN_BYTES_MAX);
    for (int rows = 1; rows <= SCREEN_ROWS_MAX + 20; rows += 3) {
        for (int columns = 1; columns <= SCREEN_COLUMNS_MAX + 50; columns += 7) {
            draw(rows, columns);
            assert_true(screen_render(&screen, true, true, bytes, SCREEN_BYTES_MAX) < SCREEN_BYTES_MAX);
        }
    }
    free(bytes);
}

static void test_the_bar_shows_the_gravest_first_and_no_more_than_there_is_room(void **state)
{
    (void)state;
    draw(24, 80);
    int by_style[STYLE_COUNT] = {0};
    for (int column = 0; column < 80; column++)
        if (screen.cells[8][column].glyph == GLYPH_BAR)
            by_style[screen.cells[8][column].style]++;
    assert_int_equal(by_style[STYLE_SEVERE], 1); /* 640 of 4,362, of ten columns */
    assert_int_equal(by_style[STYLE_VIOLATION], 7);
    assert_int_equal(by_style[STYLE_NOTICE], 2);
    assert_int_equal(screen.cells[8][69].style, STYLE_SEVERE);
}

static void test_without_colours_and_utf8_it_is_plain(void **state)
{
    (void)state;
    char *bytes = malloc(SCREEN_BYTES_MAX);
    draw(24, 80);
    size_t length = screen_render(&screen, false, false, bytes, SCREEN_BYTES_MAX);
    for (size_t i = 0; i < length; i++)
        assert_true((unsigned char)bytes[i] < 127);
    assert_null(strstr(bytes, ";3")); /* no foreground */
    screen_render(&screen, true, true, bytes, SCREEN_BYTES_MAX);
    assert_non_null(strstr(bytes, "\033[0;1;31m█"));
    free(bytes);
}

static void test_what_is_not_printable_does_not_reach_the_terminal(void **state)
{
    (void)state;
    screen_clear(&screen, 1, 20);
    screen_put(&screen, 0, 0, STYLE_PLAIN, "a\033[2Jb\n\xc3");
    assert_string_equal(row(0), "a?[2Jb??");
}

static void test_a_line_has_the_figures_of_the_day(void **state)
{
    (void)state;
    char line[256];
    assert_true(view_line(&view, line, sizeof line) < sizeof line);
    assert_string_equal(
        line, "2025-04-01  children 14,088, in emergency 7,044  open: notice   812, violation 2,910, severe   "
              "640  resolved 12,345  school days lost 904,776  events  80,289");
}

static void test_a_line_has_what_was_told(void **state)
{
    (void)state;
    char line[512];
    struct view telling = view;
    telling.told = &told;
    telling.told_trouble = "";
    assert_true(view_told_line(&telling, line, sizeof line) < sizeof line);
    assert_string_equal(line, "            told: 38 mails, 1,204 webhook events, all signatures right; newest mail: "
                              "noodopvang-oss-03: 5 over the norm");
}

static void test_thousands(void **state)
{
    (void)state;
    static const struct {
        uint64_t count;
        const char *text;
    } rows[] = {
        {0, "0"}, {999, "999"}, {1000, "1,000"}, {123456, "123,456"}, {UINT64_MAX, "18,446,744,073,709,551,615"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(thousands(rows[i].count).text, rows[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_small_terminal_says_all_that_matters),
        cmocka_unit_test(test_a_narrow_terminal_leaves_out_what_would_be_written_over),
        cmocka_unit_test(test_a_wide_terminal_says_more),
        cmocka_unit_test(test_what_was_told_stands_above_the_commands),
        cmocka_unit_test(test_what_the_demo_is_doing_goes_before_the_news),
        cmocka_unit_test(test_a_long_path_does_not_hide_the_address),
        cmocka_unit_test(test_every_size_can_be_drawn),
        cmocka_unit_test(test_the_bar_shows_the_gravest_first_and_no_more_than_there_is_room),
        cmocka_unit_test(test_without_colours_and_utf8_it_is_plain),
        cmocka_unit_test(test_what_is_not_printable_does_not_reach_the_terminal),
        cmocka_unit_test(test_a_line_has_the_figures_of_the_day),
        cmocka_unit_test(test_a_line_has_what_was_told),
        cmocka_unit_test(test_thousands),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
