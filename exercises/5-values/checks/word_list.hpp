// The lists of words that the rules are made of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace onsite::values {

// Complexity: O(n); the lists are short.
template <std::size_t n>
constexpr bool is_one_of(const std::string_view (&list)[n], std::string_view word) {
    return std::ranges::find(list, word) != std::end(list);
}

}  // namespace onsite::values
