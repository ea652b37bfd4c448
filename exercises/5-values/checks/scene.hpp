// What makes a story one that happened: when and where it was.
#pragma once

#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// A month, a year, "last spring", "at Acme", "at 2 am".
std::optional<PhraseMatch> anchor_words(const Sentence& sentence);

}  // namespace onsite::values
