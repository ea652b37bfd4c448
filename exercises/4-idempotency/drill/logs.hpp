// The three logs of an incident: what the payment client, the service and the provider could know,
// each from its own side. Nobody logs which fault it met, and a client that got no answer knows
// nothing: its knowledge is "unknown".
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/evidence.hpp"

namespace onsite::drill {

enum class Source { client, service, provider };
inline constexpr std::array kSources = {Source::client, Source::service, Source::provider};
std::string_view to_string(Source source);

// What the dashboard groups as "Payment Failed".
inline constexpr std::string_view kPaymentMessage =
    "PaymentIntent confirmation failed - idempotency key reused";
inline constexpr std::string_view kRefundMessage = "Refund failed - idempotency key reused";

inline constexpr std::size_t kLogLinesMax = 500'000;
inline constexpr std::uint64_t kLogBytesMax = 256u << 20;

// One line of a log. Its members are texts; the JSON has the ones of numbers as numbers.
struct LogLine {
    std::int64_t number = 0;  // Of the trace: the same happening has the same id in each log.
    std::int64_t at_ms = 0;
    Source source = Source::client;
    std::string event = {};
    std::vector<std::pair<std::string, std::string>> members = {};

    std::string id() const { return "e" + std::to_string(number); }
    // A member, or "id", "at", "source", "event" by their name; empty when it has none.
    std::string text(std::string_view name) const;
};

// In the order of time; of one moment as the trace has it.
std::vector<LogLine> make_logs(const Evidence& evidence);

// One line of a file client.jsonl, without its end.
std::string to_json(const LogLine& line);
// Errors: usage, naming the line of the file: no JSON object, or no id, time and event.
Result<std::vector<LogLine>> read_log(Source source, std::string_view text, std::string_view file);

// "2026-01-05T09:00:00.042Z"
std::string moment_text(std::int64_t at_ms);

}  // namespace onsite::drill
