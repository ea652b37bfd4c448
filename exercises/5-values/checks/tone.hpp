// How an answer sounds: words that take back what is said, and words that blame.
#pragma once

#include <cstddef>
#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// How many hedges a sentence has, "kind of" and "I guess", and the first one.
std::size_t hedges_in(const Sentence& sentence);
std::optional<PhraseMatch> hedge_words(const Sentence& sentence);

// A person who is at fault and is not the speaker.
std::optional<PhraseMatch> blame_words(const Sentence& sentence);

}  // namespace onsite::values
