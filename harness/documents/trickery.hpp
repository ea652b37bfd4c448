// Text that is not meant for the reader of a document but for whoever grades it. It is found, shown
// and left out of what the checks read; it never changes a score, up or down.
//
// Found: sentences that ask a grader for marks or for other instructions; what the file has and the
// rendered page does not (comments, white text, scripts); zero-width and direction-changing
// characters; sentences that are a heap of keywords; long runs of words taken from the model
// answer. Not found: a model answer in other words, or a claim that is merely untrue.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite {

enum class Trick {
    talks_to_the_grader,
    hidden_text,
    unseen_characters,
    keyword_stuffing,
    copied_reference,
};
// "talks to the grader"
std::string_view to_string(Trick trick);

struct TrickFound {
    Trick trick = Trick::hidden_text;
    std::vector<Span> places;  // Never empty; the first one is quoted. In the visible text, but for
                               // hidden text and unseen characters: those name the line only.
};

struct TrickeryQuestion {
    const Markdown& document;
    const Markdown* model_answer = nullptr;      // Without it no copy can be found.
    std::span<const std::string_view> keywords;  // What a candidate might heap up; small letters.
};

// In the order of the lines. A comment that holds the candidate's mark of the starter is none.
// Complexity: O(words log words). Thread safety: pure.
std::vector<TrickFound> find_trickery(const TrickeryQuestion& question);

// The document without the sentences that talk to the grader or heap keywords up; they become
// blank, and lines keep their numbers. What is hidden is not in the visible text anyway, and a
// copied text is judged like any other.
Markdown without_trickery(Markdown document, std::span<const TrickFound> found);

// The lines of a document in which somebody's words are taken over: at least kCopiedWordsMin words
// in a row. Headings and tables do not count: everybody has those of the starter.
inline constexpr std::size_t kCopiedWordsMin = 25;
std::vector<Span> copied_runs(const Markdown& document, const Markdown& model_answer);

}  // namespace onsite
