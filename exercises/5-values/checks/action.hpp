// Who did what: "I rolled it back" has a doer, I, and a deed in the past.
#pragma once

#include <cstddef>
#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

enum class Doer { i, we };

struct Deed {
    Doer doer = Doer::i;
    PhraseMatch place;
};

// The first thing that I or we did in the past. Notes leave the pronoun out: "Rolled it back" is
// mine. What one only was, had, knew or felt is no deed.
// Complexity: O(words).
std::optional<Deed> deed_in(const Sentence& sentence);

// How often a sentence says I (I'd, I've, I'm) and we.
struct Pronouns {
    std::size_t i = 0;
    std::size_t we = 0;
};
Pronouns pronouns_in(const Sentence& sentence);

}  // namespace onsite::values
