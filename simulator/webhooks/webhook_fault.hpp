// What goes wrong with a webhook: a fault names a type of event and one of its occurrences.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite::simulator {

enum class WebhookFaultKind {
    duplicate,          // It is delivered once more, as an own delivery of the same event.
    swap,               // It changes places with the next event for the same endpoint.
    delay,              // Its first attempt comes later.
    drop,               // The attempt is lost on the way, and counts as failed.
    corrupt_signature,  // The attempt's signature is of something else.
    stale_timestamp,    // The attempt is signed with a moment long past.
};
inline constexpr std::array kWebhookFaultKinds = {WebhookFaultKind::duplicate,
                                                  WebhookFaultKind::swap,
                                                  WebhookFaultKind::delay,
                                                  WebhookFaultKind::drop,
                                                  WebhookFaultKind::corrupt_signature,
                                                  WebhookFaultKind::stale_timestamp};
std::string_view to_string(WebhookFaultKind kind);

struct WebhookFault {
    std::string event_type = "*";  // "customer.created"; "*" for all.
    std::int64_t nth = 1;          // The n-th event of that type, in all accounts; 0 for each.
    WebhookFaultKind kind = WebhookFaultKind::duplicate;
    std::int64_t attempt = 1;   // Of drop and the two signatures: the n-th attempt; 0 for each.
    std::int64_t delay_us = 0;  // Of delay, and how long a swap waits for the next event.
    friend bool operator==(const WebhookFault&, const WebhookFault&) = default;
};

// How long a swap waits for the next event when its fault does not say.
inline constexpr std::int64_t kSwapWaitUs = 60'000'000;
// How old a stale timestamp is: twice the tolerance of Stripe's clients.
inline constexpr std::int64_t kStaleSeconds = 600;
inline constexpr std::size_t kWebhookFaultsMax = 10'000;

// Thread safety: none.
class WebhookFaultPlan {
public:
    // Errors: usage, when a number makes no sense or there are kWebhookFaultsMax.
    Result<void> add(WebhookFault fault);
    void clear() { faults_.clear(); }
    const std::vector<WebhookFault>& faults() const { return faults_; }
    // Of the n-th event of its type, which is also the n-th of all.
    std::vector<WebhookFault> of(std::string_view event_type, std::int64_t nth_of_type,
                                 std::int64_t nth_of_all) const;

private:
    std::vector<WebhookFault> faults_;
};

}  // namespace onsite::simulator
