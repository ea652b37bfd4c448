// Did it happen, or is it what one would do? A pseudo-story tells habits and intentions.
#pragma once

#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// The words that make a sentence a habit or an intention of the speaker: "I would", "usually",
// "I am someone who". Not what was said at the time ("I told them I would call"), not what one
// would do differently next time, and not the habits of a machine in the past.
// Complexity: O(words).
std::optional<PhraseMatch> hypothetical_words(const Sentence& sentence);

// "I am someone who", "I believe in": a trait, and no deed of any mood.
bool describes_oneself(const Sentence& sentence);

}  // namespace onsite::values
