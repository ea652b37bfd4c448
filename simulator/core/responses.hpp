// Answers that no endpoint writes: errors as Stripe shows them, and what a fault puts in the place
// of an answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/core/simulator.hpp"

namespace onsite::simulator {

// Where Stripe's dashboard shows a request.
std::string request_log_url(std::string_view request_id, std::int64_t now_s);
// `request_log_url` is empty for a request that came to no endpoint.
ApiResponse error_response(const ApiError& error, std::string_view request_log_url = {});

// The status that the fault names.
ApiResponse server_error(const Fault& fault);
// What a fault before the commit answers with; nothing when there is none, or it lets the request
// run.
std::optional<ApiResponse> answer_before_commit(const Fault* fault);
// How an answer travels with such a fault.
Cut cut_of(FaultKind kind);

}  // namespace onsite::simulator
