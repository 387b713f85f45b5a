/* How the program ends: sysexits.h where it has a word for it, our own where an operator must tell cases apart. */
#ifndef CONSUMER_EXIT_CODE_H
#define CONSUMER_EXIT_CODE_H

/* X(SYMBOL, code, sentence); the manual's table is made from it. The first clause is that of docs/, too. */
#define EXIT_CODES(X)                                                                                                  \
    X(OK, 0, "all went well")                                                                                          \
    X(NOT_FOUND, 1, "no child and no alert has the id (explain)")                                                      \
    X(USAGE, 64, "the command line was wrong (EX_USAGE)")                                                              \
    X(DATA, 65, "some input could not be read; the rest was done (EX_DATAERR)")                                        \
    X(NO_INPUT, 66, "a file could not be opened (EX_NOINPUT)")                                                         \
    X(UNAVAILABLE, 69,                                                                                                 \
      "the broker or the schema registry could not be reached, or did not answer; or no service has run yet "          \
      "(EX_UNAVAILABLE)")                                                                                              \
    X(SOFTWARE, 70, "a fault of the program (EX_SOFTWARE)")                                                            \
    X(OS, 71, "memory or another resource ran out (EX_OSERR)")                                                         \
    X(IO, 74, "reading or writing failed (EX_IOERR)")                                                                  \
    X(NOT_YET, 75, "what was asked was not done in time; it may still be (EX_TEMPFAIL)")                               \
    X(NO_PERMISSION, 77, "the broker or the schema registry refused access, or is not trusted")                        \
    X(CONFIG, 78, "the configuration, calendar, topics or schemas are wrong (EX_CONFIG)")                              \
    X(FENCED, 80, "fenced: another instance took over the transactional.id; is service.instance unique?")              \
    X(FATAL, 81, "the Kafka client met an error it can not go on from, or hangs; start again")                         \
    X(TORN, 82, "changelog and offsets do not agree; state torn, lost or behind")                                      \
    X(DIFFERS, 83, "what was published differs from what the events give (demo)")

enum exit_code {
#define X(symbol, code, sentence) EXIT_##symbol = code,
    EXIT_CODES(X)
#undef X
};

#endif
