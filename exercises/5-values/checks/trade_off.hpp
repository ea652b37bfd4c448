// What a choice cost: what was paid, given up or risked, and who was of another opinion.
#pragma once

#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// Looks at one sentence. Complaints are a trade-off only behind the first deed of the story:
// before, they are the problem. Thread safety: pure.
std::optional<PhraseMatch> trade_off_words(const Sentence& sentence, bool is_behind_a_deed);

}  // namespace onsite::values
