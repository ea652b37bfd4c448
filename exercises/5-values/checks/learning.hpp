// What was learned: said in words ("taught me", "in hindsight"), or shown by what the speaker does
// now ("I ask first now"). Each function looks at one sentence.
#pragma once

#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// Says by itself that something was learned, wherever it stands.
std::optional<PhraseMatch> learning_words(const Sentence& sentence);
bool is_learning(const Sentence& sentence);

// Where in a story a sentence stands.
enum class Place { before_the_end, near_the_end, last };

// Whether a sentence of a story that happened tells what stayed: a habit in the present, a rule for
// everybody. At the beginning such a sentence only describes somebody.
bool tells_what_stayed(const Sentence& sentence, Place place);

}  // namespace onsite::values
