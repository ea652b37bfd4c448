// Which words are verbs and of which time, as far as their letters tell.
#pragma once

#include <optional>
#include <string_view>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// Something that somebody did: "moved", "wrote". What one was, had, knew or felt is none.
bool is_deed(std::string_view word);
// A verb in the past tense, "was" included.
bool is_past(std::string_view word);
bool is_about_the_past(const Sentence& sentence);

// Words that may stand between a doer and the verb: "then", "slowly".
bool may_stand_between(std::string_view word);

// The first thing that I or we do in the present: "I ask them", "we do not call it". What one is,
// has, wants or thinks is none; nor is what stands behind "he said".
// Complexity: O(words). Thread safety: pure.
std::optional<PhraseMatch> present_deed_in(const Sentence& sentence);

}  // namespace onsite::values
