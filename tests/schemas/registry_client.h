/* A client of the fake registry. */
#ifndef TESTS_SCHEMAS_REGISTRY_CLIENT_H
#define TESTS_SCHEMAS_REGISTRY_CLIENT_H

#include "fake_registry.h"
#include "schemas/registry.h"
#include "testing.h"

#define PATIENT_MS 30000 /* longer than a test may take */
#define SECRET "s3cret-of-nobody"

#define REPLY(status, body) "HTTP/1.1 " status "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" body

static inline struct registry *client_of(const char *urls, int64_t timeout_ms)
{
    const struct http_settings http = {
        .section = "registry", .username = "alerts", .password = SECRET, .timeout_ms = timeout_ms};
    struct registry *registry = registry_new(urls, &http);
    assert_non_null(registry);
    return registry;
}

#endif
