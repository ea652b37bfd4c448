#include "exercises/4-idempotency/drill/query.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/escape.hpp"

namespace onsite::drill {
namespace {

constexpr std::array<std::string_view, 32> kFields = {
    "id",       "at",        "source",         "event",
    "order",    "operation", "attempt",        "path",
    "key",      "body_hash", "request",        "status",
    "code",     "knowledge", "message",        "connection",
    "replays",  "amount",    "currency",       "card",
    "refund",   "charge",    "from",           "to",
    "because",  "what",      "event_id",       "type",
    "delivery", "after_ms",  "payment_intent", "method"};

bool fits(const LogLine& line, const Filter& filter) {
    const std::string value = line.text(filter.field);
    switch (filter.match) {
        case Match::is:
            return value == filter.value;
        case Match::is_not:
            return value != filter.value;
        case Match::contains:
            return value.find(filter.value) != value.npos;
    }
    std::abort();
}

}  // namespace

Result<Filter> parse_filter(std::string_view word) {
    const auto sign = word.find_first_of("=~!");
    Filter filter;
    std::size_t length = 1;
    if (sign != word.npos && word[sign] == '!') length = 2;
    if (sign == word.npos || sign == 0 || word.size() > kWordBytesMax ||
        (length == 2 && !word.substr(sign).starts_with("!="))) {
        return usage_error(
            fmt::format("expected a condition such as status=400, source!=client or "
                        "key~customer-, found \"{}\"",
                        harmless(word.substr(0, 100), Lines::one)));
    }
    if (word[sign] == '~') filter.match = Match::contains;
    if (length == 2) filter.match = Match::is_not;
    filter.field = std::string(word.substr(0, sign));
    filter.value = std::string(word.substr(sign + length));
    if (std::ranges::find(kFields, filter.field) == kFields.end()) {
        return usage_error(fmt::format("expected a field of the logs ({}), found \"{}\"",
                                       fmt::join(kFields, ", "),
                                       harmless(filter.field.substr(0, 100), Lines::one)));
    }
    return filter;
}

Result<std::int64_t> parse_moment(std::string_view word, std::int64_t day_ms) {
    std::string text(word.substr(0, kWordBytesMax));
    if (text.size() == 5) text += ":00";
    if (text.size() == 8) text = to_rfc3339(day_ms).substr(0, 11) + text + 'Z';
    if (const auto seconds = parse_rfc3339(text)) return *seconds * 1000;
    return usage_error(
        fmt::format("expected a moment such as 09:12, 09:12:30 or "
                    "2026-01-05T09:12:30Z, found \"{}\"",
                    harmless(word.substr(0, 100), Lines::one)));
}

std::vector<const LogLine*> select(std::span<const LogLine> lines, const Query& query) {
    std::vector<const LogLine*> selected;
    for (const LogLine& line : lines) {
        if (query.from_ms && line.at_ms < *query.from_ms) continue;
        if (query.to_ms && line.at_ms > *query.to_ms) continue;
        const auto holds = [&](const Filter& filter) { return fits(line, filter); };
        if (std::ranges::all_of(query.all_of, holds)) selected.push_back(&line);
    }
    return selected;
}

std::set<std::string> orders_of(std::span<const LogLine* const> lines) {
    std::set<std::string> orders;
    for (const LogLine* line : lines) {
        std::string order = line->text("order");
        if (!order.empty()) orders.insert(std::move(order));
    }
    return orders;
}

std::string shown(const LogLine& line) {
    std::string text =
        fmt::format("{}  {:<8}  {:<7} {:<16}", moment_text(line.at_ms).substr(11, 12),
                    to_string(line.source), line.id(), line.event);
    for (const auto& [name, value] : line.members) text += fmt::format(" {}={}", name, value);
    return harmless(text, Lines::one) + '\n';
}

}  // namespace onsite::drill
