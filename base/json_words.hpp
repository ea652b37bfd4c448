// Words of a closed list in JSON: an enumerator is written by its name.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "base/json.hpp"

namespace onsite {

// The enumerator whose to_string() is the member's text; the first one, and a complaint that lists
// them all, when it is none of them.
template <typename Word, std::size_t kCount>
Word read_word(JsonReader& reader, const char* key, const std::array<Word, kCount>& words) {
    const std::string name = reader.text(key);
    std::string known;
    for (const Word word : words) {
        if (name == to_string(word)) return word;
        known += fmt::format("{}{}", known.empty() ? "" : ", ", to_string(word));
    }
    reader.complain(key, fmt::format("expected one of {}, found \"{}\"", known, name));
    return words.front();
}

}  // namespace onsite
