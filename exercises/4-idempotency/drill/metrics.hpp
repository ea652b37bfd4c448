// What a dashboard shows of an incident: counts of each minute. Whole numbers only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/evidence.hpp"

namespace onsite::drill {

inline constexpr std::int64_t kIncidentMinutes = 60;  // From the beginning of the load.

enum class Metric {
    payments,      // Orders that were clicked for the first time.
    attempts,      // Requests that the payment client sent.
    retries,       // Of them, those after the first of their operation.
    failures,      // Shoppers who were told that a payment failed or was declined.
    conflicts,     // Answers 400: the key came with another body or path.
    in_use,        // Answers 409: the first request with the key still ran.
    declines,      // Answers 402.
    errors,        // Answers 5xx.
    timeouts,      // Attempts without an answer.
    charges,       // Money taken, as the provider counts.
    refunds,       // Money returned.
    fulfilments,   // Goods that left.
    webhooks,      // Deliveries that arrived at the service.
    redeliveries,  // Of them, those of an event that had arrived before.
    restarts,      // Of the service's process.
    p50_ms,        // How long an attempt took, half of them at most.
    p95_ms,
};
inline constexpr std::array kMetrics = {Metric::payments, Metric::attempts,     Metric::retries,
                                        Metric::failures, Metric::conflicts,    Metric::in_use,
                                        Metric::declines, Metric::errors,       Metric::timeouts,
                                        Metric::charges,  Metric::refunds,      Metric::fulfilments,
                                        Metric::webhooks, Metric::redeliveries, Metric::restarts,
                                        Metric::p50_ms,   Metric::p95_ms};
std::string_view to_string(Metric metric);
// nullptr when there is none of that name.
const Metric* find_metric(std::string_view name);

struct Minute {
    std::array<std::int64_t, kMetrics.size()> values = {};

    std::int64_t& operator[](Metric metric) { return values[static_cast<std::size_t>(metric)]; }
    std::int64_t operator[](Metric metric) const {
        return values[static_cast<std::size_t>(metric)];
    }
};

struct Metrics {
    std::int64_t start_ms = 0;
    std::vector<Minute> minutes = {};

    std::int64_t sum(Metric metric) const;
};

Metrics measure(const Evidence& evidence);

// Orders with a line "PaymentIntent confirmation failed - idempotency key reused" in the service's
// log, of those with a click.
struct Share {
    std::int64_t failed = 0;
    std::int64_t orders = 0;
};
Share dashboard_share(const Evidence& evidence);

// metrics.json: one object a minute.
std::string to_json(const Metrics& metrics);

}  // namespace onsite::drill
