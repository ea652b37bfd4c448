// What Onsite says to a shop that is a service, and how it reads the replies. The contract is
// docs/reference/service-contract.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/http.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// A shopper's or a clerk's step.
HttpRequest step_request(const Step& step);
// "How is this order?"
HttpRequest look_request(std::string_view order);
HttpRequest webhook_request(std::string_view signature, std::string_view payload);
// "It is this late": what waits for its time is to be done. Seconds since 1970.
HttpRequest tick_request(std::int64_t now_s);

// What a reply to a step tells the shopper: "paid", "declined", "refunded"; empty when it is an
// error of HTTP, which tells them nothing.
// Errors: usage, when a success says it in another way than the contract.
Result<std::string> told_by(const HttpResponse& reply);

struct OrderView {
    std::string status = {};     // Empty: the service does not know the order.
    std::int64_t fulfilled = 0;  // How often its goods left.
};
// Errors: usage, when the reply is none of the contract.
Result<OrderView> order_view_of(const HttpResponse& reply);

// An order in this state waits for nothing.
bool is_at_rest(std::string_view status);

}  // namespace onsite::scenarios
