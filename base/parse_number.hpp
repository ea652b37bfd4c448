// Numbers as people and files write them: in decimal digits.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace onsite {

// The number that the whole text is: "42", and "-7" where the type has a sign. Nothing for any
// other text, such as "", "+1", " 1", "1e3" or a number that the type cannot hold.
template <std::integral Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number);
    if (problem != std::errc() || stop != end) return std::nullopt;
    return number;
}

// What a command line is told about a value: a sentence when it is wrong, else the empty text.
using ValueCheck = std::function<std::string(const std::string& value)>;

// A check for CLI11 of a whole number from min to max. CLI11 by itself takes "-1" and whatever is
// too large for the largest unsigned number, ignores an empty text and reads "010" as eight.
ValueCheck whole_number(std::uint64_t min = 0,
                        std::uint64_t max = std::numeric_limits<std::uint64_t>::max());

}  // namespace onsite
