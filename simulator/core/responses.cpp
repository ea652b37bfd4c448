#include "simulator/core/responses.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

constexpr std::string_view kLockTimeout =
    "This object cannot be accessed right now because another API request or Stripe process is "
    "currently accessing it. If you see this error intermittently, retry the request. If you see "
    "this error frequently and are making multiple concurrent requests to a single object, make "
    "your requests serially or at a lower rate.";

// docs.stripe.com/rate-limits
ApiError too_many(std::string code, std::string message) {
    return {.status = 429, .code = std::move(code), .message = std::move(message)};
}

}  // namespace

std::string_view to_string(Cut cut) {
    switch (cut) {
        case Cut::none:
            return "none";
        case Cut::refuse:
            return "refuse";
        case Cut::lost:
            return "lost";
        case Cut::reset:
            return "reset";
        case Cut::stall:
            return "stall";
        case Cut::slow_drip:
            return "slow_drip";
        case Cut::truncate:
            return "truncate";
        case Cut::bad_json:
            return "bad_json";
    }
    return "";
}

Cut cut_of(FaultKind kind) {
    switch (kind) {
        case FaultKind::refuse:
            return Cut::refuse;
        case FaultKind::lost:
            return Cut::lost;
        case FaultKind::reset:
            return Cut::reset;
        case FaultKind::stall:
            return Cut::stall;
        case FaultKind::slow_drip:
            return Cut::slow_drip;
        case FaultKind::truncate:
            return Cut::truncate;
        case FaultKind::bad_json:
            return Cut::bad_json;
        case FaultKind::delay:
        case FaultKind::status:
        case FaultKind::rate_limit:
        case FaultKind::lock_timeout:
        case FaultKind::decline:
            break;
    }
    return Cut::none;
}

std::string request_log_url(std::string_view request_id, std::int64_t now_s) {
    return fmt::format("https://dashboard.stripe.com/test/logs/{}?t={}", request_id, now_s);
}

ApiResponse error_response(const ApiError& error, std::string_view request_log_url) {
    return {.status = error.status,
            .body = std::make_shared<const std::string>(render(error, request_log_url)),
            .request_id = {}};
}

ApiResponse server_error(const Fault& fault) {
    ApiResponse response = error_response({.status = fault.status,
                                           .type = ErrorType::api_error,
                                           .stage = Stage::execution,
                                           .message = "An unknown error occurred"});
    response.should_retry = fault.should_retry;
    return response;
}

std::optional<ApiResponse> answer_before_commit(const Fault* fault) {
    if (fault == nullptr) return std::nullopt;
    ApiResponse response;
    switch (fault->kind) {
        case FaultKind::status:
            return server_error(*fault);
        case FaultKind::lock_timeout:
            response = error_response(too_many("lock_timeout", std::string(kLockTimeout)));
            break;
        case FaultKind::rate_limit:
            response = error_response(too_many("rate_limit", "Request rate limit exceeded."));
            response.rate_limited_reason = fault->code.empty() ? "global-rate" : fault->code;
            break;
        default:
            return std::nullopt;
    }
    response.should_retry = fault->should_retry;
    return response;
}

}  // namespace onsite::simulator
