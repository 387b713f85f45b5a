/* `notify status`: how each subscription stands. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "alerts/delivery.h"
#include "alerts/word_wrap.h"
#include "consumer/command.h"
#include "consumer/delivery_look.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "schemas/instant.h"

#define TITLE_WIDTH 14
#define TEXT_WIDTH (80 - 2 - TITLE_WIDTH)

static const char *standing_word(const struct delivery_sight *sight)
{
    if (!sight->is_in_settings)
        return "not in the settings";
    if (!sight->is_known)
        return "unknown";
    if (delivery_is_wish_new(&sight->standing, &sight->wish))
        return "to be replayed";
    return sight->standing.is_gone ? "unsubscribed" : "subscribed";
}

/* "" or NULL where there is none. */
static const char *instant_text(int64_t ms, char text[static INSTANT_TEXT_SIZE])
{
    text[0] = '\0';
    if (ms != 0)
        instant_format(ms, text);
    return text;
}

/* --- for people --------------------------------------------------------------------------------------------------- */

/* A count, and an instant that belongs to it where there is one. */
static void print_count(const char *title, int64_t count, const char *when, int64_t ms)
{
    char text[INSTANT_TEXT_SIZE];
    printf("  %-*s%" PRId64 "%s%s\n", TITLE_WIDTH, title, count, ms == 0 ? "" : when, instant_text(ms, text));
}

/* It stays after the receiver took others: an event that is refused may wait still. */
static void print_failure(const struct delivery_standing *standing)
{
    char text[INSTANT_TEXT_SIZE];
    if (standing->failed_at_ms == 0)
        return;
    printf("  %-*s%s%s\n", TITLE_WIDTH, "last failure", instant_text(standing->failed_at_ms, text),
           standing->failed_at_ms < standing->succeeded_at_ms ? ", before the last success" : "");
    const int width = word_wrap_width(standing->failure, TEXT_WIDTH), lines = word_wrap_lines(standing->failure, width);
    for (int i = 0, length; i < lines; i++) {
        const char *line = word_wrap_line(standing->failure, width, i, &length);
        printf("  %-*s%.*s\n", TITLE_WIDTH, "", length, line);
    }
}

static void print_block(const struct delivery_sight *sight)
{
    const struct delivery_standing *standing = &sight->standing;
    char text[INSTANT_TEXT_SIZE];
    printf("%s: %s\n", sight->name, standing_word(sight));
    print_count("waiting", standing->waiting, ", since ", standing->waiting_since_ms);
    print_count("behind", sight->behind, "", 0);
    print_count("delivered", standing->delivered, ", last ", standing->succeeded_at_ms);
    print_count("given up", standing->given_up, "", 0);
    print_failure(standing);
    printf("  %-*s%s\n", TITLE_WIDTH, "as of",
           standing->noted_at_ms == 0 ? "-" : instant_text(standing->noted_at_ms, text));
    if (!sight->is_in_settings)
        printf("  %-*snotify drop %s\n", TITLE_WIDTH, "to remove it", sight->name);
}

static void print_blocks(const struct delivery_look *look)
{
    for (size_t i = 0; i < look->sights.count; i++)
        print_block(&look->sights.of[i]);
}

/* --- for programs ------------------------------------------------------------------------------------------------- */

static json_t *instant_json(int64_t ms)
{
    char text[INSTANT_TEXT_SIZE];
    return ms == 0 ? json_null() : json_string(instant_text(ms, text));
}

static bool print_json(const struct delivery_sight *sight)
{
    const struct delivery_standing *standing = &sight->standing;
    const bool has_failed = standing->failed_at_ms != 0;
    json_t *object = json_pack(
        "{ss ss si so sI sI so sI so so* so}", "subscription", sight->name, "standing", standing_word(sight), "waiting",
        (int)standing->waiting, "waiting_since", instant_json(standing->waiting_since_ms), "behind",
        (json_int_t)sight->behind, "delivered", (json_int_t)standing->delivered, "delivered_at",
        instant_json(standing->succeeded_at_ms), "given_up", (json_int_t)standing->given_up, "failed_at",
        instant_json(standing->failed_at_ms), "failure", has_failed ? json_string(standing->failure) : NULL, "as_of",
        instant_json(standing->noted_at_ms));
    const bool is_printed = object != NULL && json_dumpf(object, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
    json_decref(object);
    return is_printed;
}

static int print(const struct delivery_look *look, bool as_json)
{
    bool is_printed = true;
    if (!as_json)
        print_blocks(look);
    for (size_t i = 0; as_json && is_printed && i < look->sights.count; i++)
        is_printed = print_json(&look->sights.of[i]);
    if (is_printed && fflush(stdout) == 0)
        return EXIT_OK;
    log_error("notify", "stdout can not be written, or memory is short");
    return EXIT_IO;
}

static int run(const struct arguments *arguments)
{
    struct delivery_look look;
    int exit_code = delivery_look_open(&look, arguments->settings, "notify");
    if (exit_code == EXIT_OK && look.sights.count == 0) {
        log_error("notify", "there are no subscriptions in the settings: subscriptions.NAME.url and others");
        exit_code = EXIT_CONFIG;
    }
    if (exit_code == EXIT_OK)
        exit_code = print(&look, arguments_value(arguments, "json") != NULL);
    delivery_look_close(&look);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "json", .help = "Print one JSON object a line for each subscription."},
};

const struct command command_notify_status = {
    .name = "notify status",
    .operands = "",
    .summary = "how each subscription stands",
    .details =
        "For each of subscriptions.*, and others of which anything is kept: whether it is subscribed (unsubscribed: "
        "its receiver wants no more, 410; "
        "unknown: "
        "no notify has ever told it; not in the settings: it was taken out of them, or its name has a mistake there, "
        "and what it was told is kept until `notify drop`), how many events wait and since when the oldest does, by "
        "how many records of the "
        "alerts topic it is behind, how many events it took and how many were given up, and why it last took none. As "
        "of when says when the running notify wrote this down: no more than half a minute ago, or it does not run.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .has_settings = true,
    .run = run,
};
