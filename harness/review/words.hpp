// What a reviewer types, cut into words. Used inside this room only.
#pragma once

#include <algorithm>
#include <string_view>

namespace onsite {

// Without blanks before and after.
inline std::string_view stripped(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Cuts the first word off; empty when there is none.
inline std::string_view take_word(std::string_view& text) {
    text = stripped(text);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::string_view word = text.substr(0, end);
    text = stripped(text.substr(end));
    return word;
}

}  // namespace onsite
