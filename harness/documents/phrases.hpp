// Finding phrases in sentences. A phrase is words in small letters, "pushed back"; a word may end
// in '*' for any ending ("disagree*"), name others in its place ("i|we"), be "_" for any one word,
// and between two words "~" stands for none to three others ("not ~ happy").
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/documents/sentences.hpp"

namespace onsite {

// Some words of a sentence.
struct PhraseMatch {
    std::size_t first = 0;
    std::size_t words = 0;
};

// The first place of a phrase from word `from` on.
// Complexity: O(words of the sentence), times the length of the phrase where it nearly matches.
std::optional<PhraseMatch> find_phrase(const Sentence& sentence, std::string_view phrase,
                                       std::size_t from = 0);

// The first of the phrases, in their order, that the sentence has.
std::optional<PhraseMatch> find_any(const Sentence& sentence,
                                    std::span<const std::string_view> phrases);
bool has_any(const Sentence& sentence, std::span<const std::string_view> phrases);

// How often words of the sentence begin one of the phrases.
std::size_t count_all(const Sentence& sentence, std::span<const std::string_view> phrases);

// The place of a match, as far as it is on the line of its first word.
Span place_of(const Sentence& sentence, const PhraseMatch& match);

// The line of a span, with what was noticed marked under it:
//
//     answers.md:14: I would usually ask the team first.
//                      ^^^^^ a habit, not an event: tell what you did that day
//
// A long line is cut around the mark; what could harm a terminal is shown as its code.
// REQUIRES: the span lies on the line.
struct Remark {
    std::string_view file;
    const MarkdownLine& line;
    Span place;
    std::string_view note;
};
std::string quote(const Remark& remark);

}  // namespace onsite
