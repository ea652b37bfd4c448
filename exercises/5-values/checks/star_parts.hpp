// Which sentence of an answer is which part of STAR. Where the notes name the parts, they are
// taken at their word; else cues decide, in the order in which a story is told: deeds of mine or
// ours are action, what follows them and tells an end is result.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "exercises/5-values/checks/answers.hpp"

namespace onsite::values {

inline constexpr std::size_t kParts = 5;

struct StarParts {
    std::vector<Part> of_sentence;               // One for each sentence of the answer.
    std::array<std::size_t, kParts> words = {};  // By part.
    // The first sentence that speaks for each part. A sentence that sets the scene and names the
    // job speaks for both; it belongs to the first.
    std::array<std::optional<std::size_t>, kParts> first = {};

    bool has(Part part) const { return first[static_cast<std::size_t>(part)].has_value(); }
    // The part's share of the words, in percent; 0 of no words.
    int percent(Part part) const;
};

// Complexity: O(words). Thread safety: pure.
StarParts star_parts(const Answer& answer);

}  // namespace onsite::values
