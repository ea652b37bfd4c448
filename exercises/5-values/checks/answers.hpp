// answers.md taken apart: six answers, each under its heading, as sentences.
//
// An answer is what was said or typed notes of it. Notes may name their parts ("Situation: ...",
// "### Result", "S: ...") and say how long the spoken answer was: a line "minutes: 2", or a
// timestamp at the front of lines ("[0:00] ...", "[2:10] ...").
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// More is not read: at 140 words a minute this is 20 minutes.
inline constexpr std::size_t kAnswerWordsMax = 2'800;

inline constexpr std::size_t kStories = 5;

// The parts of an answer in the order of STAR, and what was learned.
enum class Part { situation, task, action, result, learning };
std::string_view to_string(Part part);

struct Answer {
    int line = 0;  // Of its heading; 0 when there is none.
    std::vector<Sentence> sentences;
    // The part that the notes give to each sentence; all empty unless they name two parts or more.
    std::vector<std::optional<Part>> named_parts;
    std::optional<int> spoken_seconds;  // When the notes say so.

    std::size_t words() const;
};

struct Answers {
    std::array<Answer, kStories> stories;  // "## 1. ..." to "## 5. ..."
    Answer why;                            // The heading with "why" and "Stripe".
};

// Sections with other headings are ignored. Of two headings for one answer the first counts.
// Complexity: O(n). Thread safety: pure.
Answers answers_in(const Markdown& document);

// One answer without a heading, as in the labelled set.
Answer answer_in(std::span<const MarkdownLine> lines);

}  // namespace onsite::values
