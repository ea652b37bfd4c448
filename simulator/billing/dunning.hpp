// What happens when a subscription's payment fails.
//
// Stripe chooses the times of its retries with a model ("Smart Retries": by default 8 tries in two
// weeks), so a simulator has to have a schedule of its own, and this is it.
// Source: docs.stripe.com/billing/revenue-recovery/smart-retries.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "simulator/billing/calendar.hpp"

namespace onsite::simulator {

// Days from each failed attempt to the next: 8 tries within 14 days.
inline constexpr std::array<std::int64_t, 7> kRetryDays = {1, 1, 2, 2, 2, 3, 3};

// What becomes of a subscription after the last of them; an account's setting.
enum class AfterRetries { cancel, mark_unpaid, leave_past_due };

// A first payment that is not made in this time ends an incomplete subscription.
inline constexpr std::int64_t kIncompleteSeconds = 23 * 3'600;
inline constexpr std::int64_t kTrialReminderSeconds = 3 * kDaySeconds;
// invoice.upcoming comes so long before the renewal; an account's setting at Stripe.
inline constexpr std::int64_t kUpcomingSeconds = 7 * kDaySeconds;
// From invoice.created, once acknowledged, to finalising; and at most, when it is not.
inline constexpr std::int64_t kDraftSeconds = 3'600;
inline constexpr std::int64_t kDraftSecondsMax = 72 * 3'600;

// When to try again after that many attempts; nothing when none is left.
inline std::optional<std::int64_t> next_attempt(std::int64_t attempts, std::int64_t now_s) {
    if (attempts < 1 || attempts > static_cast<std::int64_t>(kRetryDays.size())) return {};
    return now_s + kRetryDays[static_cast<std::size_t>(attempts - 1)] * kDaySeconds;
}

// Declines that no retry with the same method can turn: attempts go on counting, and nothing is
// charged until there is another method.
inline bool is_hard_decline(std::string_view decline_code) {
    constexpr std::array<std::string_view, 9> kHard = {"incorrect_number",
                                                       "lost_card",
                                                       "pickup_card",
                                                       "stolen_card",
                                                       "revocation_of_authorization",
                                                       "revocation_of_all_authorizations",
                                                       "authentication_required",
                                                       "highest_risk_level",
                                                       "transaction_not_allowed"};
    return std::ranges::find(kHard, decline_code) != kHard.end();
}

}  // namespace onsite::simulator
