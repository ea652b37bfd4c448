#include "simulator/webhooks/webhook_fault.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "simulator/core/timeline.hpp"

namespace onsite::simulator {

std::string_view to_string(WebhookFaultKind kind) {
    switch (kind) {
        case WebhookFaultKind::duplicate:
            return "duplicate";
        case WebhookFaultKind::swap:
            return "swap";
        case WebhookFaultKind::delay:
            return "delay";
        case WebhookFaultKind::drop:
            return "drop";
        case WebhookFaultKind::corrupt_signature:
            return "corrupt_signature";
        case WebhookFaultKind::stale_timestamp:
            return "stale_timestamp";
    }
    return "";
}

Result<void> WebhookFaultPlan::add(WebhookFault fault) {
    if (fault.nth < 0 || fault.attempt < 0 || fault.delay_us < 0 || fault.delay_us > 3 * kDay) {
        return usage_error(
            "expected nth and attempt from 0 and a delay from 0 to 72 hours, found another "
            "number");
    }
    if (faults_.size() == kWebhookFaultsMax) {
        return usage_error(
            fmt::format("expected at most {} webhook faults, found one more; clear "
                        "those that are done",
                        kWebhookFaultsMax));
    }
    faults_.push_back(std::move(fault));
    return {};
}

std::vector<WebhookFault> WebhookFaultPlan::of(std::string_view event_type,
                                               std::int64_t nth_of_type,
                                               std::int64_t nth_of_all) const {
    std::vector<WebhookFault> met;
    std::ranges::copy_if(faults_, std::back_inserter(met), [&](const WebhookFault& fault) {
        const bool is_any = fault.event_type == "*";
        const std::int64_t nth = is_any ? nth_of_all : nth_of_type;
        return (is_any || fault.event_type == event_type) && (fault.nth == 0 || fault.nth == nth);
    });
    return met;
}

}  // namespace onsite::simulator
