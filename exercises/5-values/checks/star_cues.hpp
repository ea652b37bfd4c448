// Phrases that show which part of STAR a sentence tells. Each function looks at one sentence.
#pragma once

#include <optional>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// What it was the speaker's job to do: "I was responsible for", "my task was".
std::optional<PhraseMatch> task_words(const Sentence& sentence);

// How it ended: "in the end", "since then", "fell from".
std::optional<PhraseMatch> result_words(const Sentence& sentence);
// Says by itself that it is the result, whatever stands before it.
bool is_result_for_sure(const Sentence& sentence);

// What I or we reached: "we won the prize". A deed, and where the story ends, its end.
bool tells_an_ending(const Sentence& sentence);

}  // namespace onsite::values
