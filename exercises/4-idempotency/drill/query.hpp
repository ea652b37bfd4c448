// Questions to the logs of a drill: "status=400", "key~customer-", between two moments.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/logs.hpp"

namespace onsite::drill {

inline constexpr std::size_t kWordBytesMax = 1000;

enum class Match { is, is_not, contains };

struct Filter {
    std::string field = {};
    Match match = Match::is;
    std::string value = {};
};

struct Query {
    std::vector<Filter> all_of = {};
    std::optional<std::int64_t> from_ms = {};
    std::optional<std::int64_t> to_ms = {};  // Included.
};

// "status=400", "source!=client", "key~customer-".
// Errors: usage: another form, or a field that no log has, with those that they have.
Result<Filter> parse_filter(std::string_view word);

// "2026-01-05T09:12:30Z", or the time of day "09:12" or "09:12:30" of the day of `day_ms`.
// Errors: usage.
Result<std::int64_t> parse_moment(std::string_view word, std::int64_t day_ms);

// In the order of `lines`. Complexity: O(lines * filters).
std::vector<const LogLine*> select(std::span<const LogLine> lines, const Query& query);

// The orders that lines name.
std::set<std::string> orders_of(std::span<const LogLine* const> lines);

// One line for a terminal, which it cannot harm, with its end.
std::string shown(const LogLine& line);

}  // namespace onsite::drill
