// Between HTTP and the simulator: who asks (authentication), what for (form decoding), and the
// headers of the answer. Knows no socket.
#pragma once

#include <cstdint>
#include <functional>

#include "base/http.hpp"
#include "simulator/core/simulator.hpp"

namespace onsite::simulator {

// Of a body or a query; Stripe's limit is not published.
inline constexpr std::size_t kBodyBytesMax = 1 << 20;

// An answer and how it travels.
struct HttpAnswer {
    HttpResponse response;
    Cut cut = Cut::none;
    std::int64_t cut_us = 0;
};

// Runs an HTTP request of the API. `done` is called once, maybe later (Simulator::submit).
// Everything malformed gets Stripe's error for it. `cause`: as in ApiRequest.
// Thread safety: as the simulator.
void serve_http(Simulator& simulator, const HttpRequest& request,
                const std::function<void(HttpAnswer)>& done, std::int64_t cause = -1);

// The header by which a client names an operation for faults; without it the parameter
// metadata[onsite_operation], and without that the route.
inline constexpr std::string_view kOperationHeader = "Onsite-Operation";

}  // namespace onsite::simulator
