// Billing periods, counted from an anchor in UTC.
// Source: docs.stripe.com/billing/subscriptions/billing-cycle (an anchor on the 31st bills on the
// last day of shorter months).
#pragma once

#include <cstdint>
#include <string>

#include "simulator/objects/invoice.hpp"
#include "simulator/objects/product.hpp"
#include "simulator/objects/subscription.hpp"

namespace onsite::simulator {

inline constexpr std::int64_t kDaySeconds = 86'400;
// Moments that calls may name end here (the year 2100): arithmetic on them cannot overflow.
inline constexpr std::int64_t kMomentMax = 4'102'444'800;
inline constexpr std::int64_t kTrialDaysMax = 730;

// Whether it recurs by months or years, whose length varies, not by days or weeks.
bool counts_months(const Recurrence& recurrence);

// The n-th boundary from the anchor, which is the boundary 0; n may be negative. Always from the
// anchor: 31 January, 28 February, 31 March. REQUIRES: recurrence.count > 0.
std::int64_t boundary(const BillingAnchor& anchor, const Recurrence& recurrence, std::int64_t n);

// The period that the moment is in. Complexity: O(1).
BillingPeriod period_at(const BillingAnchor& anchor, const Recurrence& recurrence,
                        std::int64_t moment);

// The next moment that the configuration names, which may be `now` itself.
std::int64_t first_moment(const AnchorConfig& config, std::int64_t now);

// Later by months, on the last day of a month that has no such day.
std::int64_t add_months(std::int64_t moment, std::int64_t months);

// "16 Jan 2026", as descriptions of lines have it.
std::string shown_date(std::int64_t moment);

}  // namespace onsite::simulator
