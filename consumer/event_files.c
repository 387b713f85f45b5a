#include "consumer/event_files.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "consumer/exit_code.h"
#include "consumer/line_blocks.h"
#include "consumer/unknown_field.h"
#include "schemas/problem.h"

#define BLOCK_BYTES ((size_t)32 << 20)

struct event_file {
    struct evaluation *evaluation;
    const char *name;
    int threads;
    uint64_t *bad_lines;
    struct unknown_names said; /* of all files */
};

static void say_bad_line(void *context, size_t line, const struct finding *finding)
{
    struct event_file *file = context;
    const bool has_field = finding->field != NULL && *finding->field != '\0';
    ++*file->bad_lines;
    fprintf(stderr, "%s:%zu: %s%s%s, %s\n", file->name, line, problem_names[finding->problem], has_field ? " " : "",
            has_field ? finding->field : "", problem_sentences[finding->problem]);
}

static void say_unknown_name(void *context, size_t line, const char *name)
{
    struct event_file *file = context;
    if (unknown_names_note(&file->said, "", (struct text){name, (uint32_t)strlen(name)}))
        unknown_field_say(stderr, file->name, line, name);
}

static int complain(const struct event_file *file, int exit_code)
{
    fprintf(stderr, "%s: %s\n", file->name, strerror(errno));
    return exit_code;
}

static int read_blocks(struct event_file *file, struct line_blocks *blocks)
{
    const struct line_listener listener = {say_bad_line, say_unknown_name, file};
    const char *text;
    size_t length, lines = 0;
    while (line_blocks_next(blocks, &text, &length)) {
        if (length == 0)
            return EXIT_OK;
        if (!evaluation_add_lines(file->evaluation, text, length, file->threads, &lines, &listener))
            return EXIT_OS;
    }
    return complain(file, EXIT_IO);
}

static int read_descriptor(struct event_file *file, int descriptor)
{
    struct line_blocks blocks;
    const bool has_memory = line_blocks_init(&blocks, descriptor, BLOCK_BYTES);
    const int exit_code = has_memory ? read_blocks(file, &blocks) : EXIT_OS;
    line_blocks_fini(&blocks);
    return exit_code;
}

static int read_path(struct event_file *file, const char *path)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    file->name = is_stdin ? "(stdin)" : path;
    const int descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return complain(file, EXIT_NO_INPUT);
    const int exit_code = read_descriptor(file, descriptor);
    if (!is_stdin)
        close(descriptor);
    return exit_code;
}

int event_files_read(struct evaluation *evaluation, const char *const *paths, size_t count, int threads,
                     uint64_t *bad_lines)
{
    struct event_file file = {.evaluation = evaluation, .threads = threads, .bad_lines = bad_lines};
    int exit_code = EXIT_OK;
    for (size_t i = 0; i < count && exit_code == EXIT_OK; i++)
        exit_code = read_path(&file, paths[i]);
    return exit_code;
}

int event_files_conclude(uint64_t bad_lines, uint64_t left_out)
{
    if (left_out > 0)
        fprintf(stderr, "%" PRIu64 " facts left out: %s (%d)\n", left_out, problem_sentences[PROBLEM_TOO_MANY_FACTS],
                CHILD_FACTS_MAX);
    return bad_lines > 0 || left_out > 0 ? EXIT_DATA : EXIT_OK;
}
