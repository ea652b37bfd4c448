// What a number is compared with: what was before, a part of a whole, a target.
#pragma once

#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// Looks at one sentence, which is known to have a number. Thread safety: pure.
std::optional<PhraseMatch> comparison_words(const Sentence& sentence);

}  // namespace onsite::values
