#include "base/parse_number.hpp"

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite {
namespace {

constexpr std::size_t kShownCharsMax = 60;  // Of a wrong value, in a complaint.

}  // namespace

ValueCheck whole_number(std::uint64_t min, std::uint64_t max) {
    return [min, max](const std::string& value) -> std::string {
        const auto number = parse_number<std::uint64_t>(value);
        const bool is_octal_to_others = value.size() > 1 && value.starts_with('0');
        if (number && !is_octal_to_others && *number >= min && *number <= max) return "";
        return fmt::format("expected a whole number from {} to {}, found \"{}\"", min, max,
                           harmless(value.substr(0, kShownCharsMax), Lines::one));
    };
}

}  // namespace onsite
