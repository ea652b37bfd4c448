// One HTTP request to a service that nobody trusts, with a limit for everything that comes back.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/http.hpp"

namespace onsite::scenarios {

struct ServiceAddress {
    std::string host = {};  // "127.0.0.1", "localhost", "[::1]": of this machine.
    int port = 80;
    std::string prefix = {};  // In front of every path, without a slash at its end.
};

// "http://127.0.0.1:8080", with a path or without. Errors: usage, also for another machine's: what
// is played stays on this one, and no name is looked up.
Result<ServiceAddress> parse_service_url(std::string_view url);

struct CallLimits {
    std::int64_t connect_ms = 2'000;
    std::int64_t reply_ms = 10'000;     // From the request to the last byte of the reply.
    std::size_t head_bytes = 64 << 10;  // Status line and headers.
    std::size_t body_bytes = 256 << 10;
};

// Sends the request on a connection of its own and reads the reply strictly: a length that is not
// the body's, two lengths, or a head that two readers could understand differently is an error.
// `gives_up` ends it early. Thread safety: yes.
// Errors: usage, one sentence that says what was expected of the service and what it did.
Result<HttpResponse> call_service(const ServiceAddress& address, const HttpRequest& request,
                                  const CallLimits& limits, const std::atomic<bool>& gives_up);

// Whether somebody listens there now. Waits no longer than limit_ms.
bool is_listening(const ServiceAddress& address, std::int64_t limit_ms);

}  // namespace onsite::scenarios
