// What a reviewer types, cut into words. Used inside this room only.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"

namespace onsite {

// Cuts the first word off; empty when there is none.
inline std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(kLineBlanks), text.size());
    const std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

}  // namespace onsite
