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

// What was learned: "I learned", "next time", "looking back".
std::optional<PhraseMatch> learning_words(const Sentence& sentence);
bool is_learning(const Sentence& sentence);

}  // namespace onsite::values
