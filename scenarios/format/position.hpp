// Where in a JSON text a member stands: the parser says what is wrong, this says where.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace onsite::scenarios {

struct Position {
    std::size_t line = 1;
    std::size_t column = 1;  // In bytes, from 1.
    friend bool operator==(const Position&, const Position&) = default;
};

// The position of the member or element that the path leads to: {"faults", "0", "kind"}. A member's
// is that of its key. A path that leads nowhere gives the position of the last part that is there.
// REQUIRES: a text that parse_json() takes, with comments. Complexity: O(bytes).
Position position_of(std::string_view json, std::span<const std::string> path);

}  // namespace onsite::scenarios
