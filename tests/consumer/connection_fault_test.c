/* Protects what an operator is told when no broker can be reached: each text as librdkafka writes it, of the version in
 * Debian 12 and of the current one, leads to what is to be looked at, and to the code by which a refusal is told from a
 * broker that is away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/connection_fault.h"
#include "consumer/exit_code.h"

#define OLD 0x020002ff          /* 2.0.2 */
#define SCRAM_BROKEN 0x020600ff /* 2.6.0, the last that can not do it */
#define CURRENT 0x021000ff      /* 2.16.0 */

#define SCRAM_REFUSED                                                                                                  \
    "sasl_ssl://b:9094/bootstrap: SASL authentication error: Authentication failed during authentication due to "      \
    "invalid credentials with SASL mechanism SCRAM-SHA-512 (after 310ms in state AUTH_REQ)"
#define PASSWORD_REFUSED                                                                                               \
    "sasl_ssl://b:9094/bootstrap: SASL authentication error: Authentication failed: Invalid username or password "     \
    "(after 304ms in state AUTH_REQ)"
#define HOST_REFUSED                                                                                                   \
    "ssl://b:9094/bootstrap: Certificate (subject=/CN=b, issuer=/CN=ca) verification callback failed: it is of "       \
    "another host than this one"
#define NO_CERTIFICATE                                                                                                 \
    "ssl://b:9094/bootstrap: Receive failed: error:0A00045C:SSL routines::tlsv13 alert certificate required: SSL "     \
    "alert number 116 (after 0ms in state APIVERSION_QUERY)"
#define NOBODY                                                                                                         \
    "b:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state CONNECT)"

static const struct {
    int version;
    const char *text;
    int exit_code;
    const char *advice; /* how it begins */
} rows[] = {
    {OLD, SCRAM_REFUSED, EXIT_NO_PERMISSION, "brokers that are not older than CVE-2024-56128 refuse SCRAM"},
    {SCRAM_BROKEN, SCRAM_REFUSED, EXIT_NO_PERMISSION, "brokers that are not older than CVE-2024-56128 refuse SCRAM"},
    {SCRAM_WORKS_SINCE, SCRAM_REFUSED, EXIT_NO_PERMISSION, "the broker refuses the login: "},
    {CURRENT, SCRAM_REFUSED, EXIT_NO_PERMISSION, "the broker refuses the login: "},
    {OLD, PASSWORD_REFUSED, EXIT_NO_PERMISSION, "the broker refuses the login: "},
    {CURRENT, PASSWORD_REFUSED, EXIT_NO_PERMISSION, "the broker refuses the login: "},
    {OLD, HOST_REFUSED, EXIT_NO_PERMISSION, "the broker is not trusted: "},
    {CURRENT, HOST_REFUSED, EXIT_NO_PERMISSION, "the broker is not trusted: "},
    {OLD, NO_CERTIFICATE, EXIT_NO_PERMISSION, "the broker refuses this program's certificate: "},
    {CURRENT, NO_CERTIFICATE, EXIT_NO_PERMISSION, "the broker refuses this program's certificate: "},
    /* TLS 1.2, in the words of two versions of OpenSSL */
    {OLD,
     "ssl://b:9094/bootstrap: SSL handshake failed: error:0A000410:SSL routines::sslv3 alert handshake failure: SSL "
     "alert number 40 (after 5ms in state SSL_HANDSHAKE)",
     EXIT_NO_PERMISSION, "the broker refuses this program's certificate: "},
    {CURRENT,
     "ssl://b:9094/bootstrap: error:0A000410:SSL routines::ssl/tls alert handshake failure: SSL alert number 40 (after "
     "1ms in state SSL_HANDSHAKE)",
     EXIT_NO_PERMISSION, "the broker refuses this program's certificate: "},
    {OLD,
     "ssl://b:9094/bootstrap: Receive failed: error:0A000418:SSL routines::tlsv1 alert unknown ca: SSL alert number 48 "
     "(after 1ms in state APIVERSION_QUERY)",
     EXIT_NO_PERMISSION, "the broker refuses this program's certificate: "},
    {OLD, NOBODY, EXIT_UNAVAILABLE, "check kafka.bootstrap.servers and kafka.security.protocol"},
    {CURRENT, NOBODY, EXIT_UNAVAILABLE, "check kafka.bootstrap.servers and kafka.security.protocol"},
    /* one end with TLS, the other without */
    {OLD,
     "ssl://b:9092/bootstrap: Disconnected while requesting ApiVersion: might be caused by broker version < 0.10 (see "
     "api.version.request) (after 0ms in state APIVERSION_QUERY)",
     EXIT_UNAVAILABLE, "check kafka.bootstrap.servers and kafka.security.protocol"},
    {CURRENT,
     "ssl://b:9092/bootstrap: Disconnected: SSL connection closed by peer (after 0ms in state APIVERSION_QUERY)",
     EXIT_UNAVAILABLE, "check kafka.bootstrap.servers and kafka.security.protocol"},
    {CURRENT, "1/1 brokers are down", EXIT_UNAVAILABLE, "check kafka.bootstrap.servers and kafka.security.protocol"},
    {CURRENT, "", EXIT_UNAVAILABLE,
     "check kafka.bootstrap.servers and kafka.security.protocol"}, /* nothing was heard */
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct connection_fault *fault = connection_fault_of_version(rows[i].text, rows[i].version);
        print_message("%x: %s\n", (unsigned)rows[i].version, rows[i].text);
        assert_int_equal(fault->exit_code, rows[i].exit_code);
        if (strncmp(fault->advice, rows[i].advice, strlen(rows[i].advice)) != 0)
            fail_msg("\"%s\"", fault->advice);
    }
}

static void test_the_version_that_runs_is_the_one_asked_of(void **state)
{
    (void)state;
    assert_ptr_equal(connection_fault_of(SCRAM_REFUSED),
                     connection_fault_of_version(SCRAM_REFUSED, rd_kafka_version()));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_the_version_that_runs_is_the_one_asked_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
