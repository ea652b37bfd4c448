#include "harness/documents/phrases.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace onsite {
namespace {

constexpr std::size_t kContextBytesMax = 60;  // What is shown on either side of a mark.

// How many words a '~' skips at most.
constexpr std::size_t kGapWordsMax = 3;

bool is_one(const std::string& word, std::string_view pattern) {
    if (pattern == "_") return true;
    if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
    return word == pattern;
}

bool is_word(const std::string& word, std::string_view pattern) {
    while (true) {
        const auto end = std::min(pattern.find('|'), pattern.size());
        if (is_one(word, pattern.substr(0, end))) return true;
        if (end == pattern.size()) return false;
        pattern.remove_prefix(end + 1);
    }
}

// Where the phrase ends when its first word is at `at`; nothing when it is not there.
std::optional<std::size_t> end_of(const Sentence& sentence, std::string_view phrase,
                                  std::size_t at) {
    while (!phrase.empty()) {
        const auto end = std::min(phrase.find(' '), phrase.size());
        const std::string_view pattern = phrase.substr(0, end);
        phrase.remove_prefix(std::min(end + 1, phrase.size()));
        if (pattern == "~") {
            for (std::size_t gap = 0; gap <= kGapWordsMax; ++gap) {
                if (const auto behind = end_of(sentence, phrase, at + gap)) return behind;
            }
            return std::nullopt;
        }
        if (at >= sentence.words.size() || !is_word(sentence.words[at].text, pattern)) {
            return std::nullopt;
        }
        ++at;
    }
    return at;
}

// The characters with which the phrase may begin, one bit each; letters that share a bit are told
// apart later. Hundreds of phrases are tried at every word: nearly all of them end here.
std::uint32_t bit_of(char c) { return std::uint32_t{1} << (static_cast<unsigned char>(c) % 32); }

std::uint32_t beginnings_of(std::string_view phrase) {
    std::uint32_t bits = 0;
    bool begins = true;
    for (const char c : phrase.substr(0, phrase.find(' '))) {
        if (begins && (c == '_' || c == '~' || c == '*')) return ~std::uint32_t{0};
        if (begins) bits |= bit_of(c);
        begins = c == '|';
    }
    return bits;
}

// How many words from `first` on are the phrase; 0 when they are not.
std::size_t words_matched(const Sentence& sentence, std::string_view phrase, std::size_t first) {
    return end_of(sentence, phrase, first).value_or(first) - first;
}

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_code_point));
}

}  // namespace

std::optional<PhraseMatch> find_phrase(const Sentence& sentence, std::string_view phrase,
                                       std::size_t from) {
    const std::uint32_t beginnings = beginnings_of(phrase);
    for (std::size_t first = from; first < sentence.words.size(); ++first) {
        if ((beginnings & bit_of(sentence.words[first].text[0])) == 0) continue;
        const std::size_t words = words_matched(sentence, phrase, first);
        if (words > 0) return PhraseMatch{.first = first, .words = words};
    }
    return std::nullopt;
}

std::optional<PhraseMatch> find_any(const Sentence& sentence,
                                    std::span<const std::string_view> phrases) {
    for (const std::string_view phrase : phrases) {
        if (const auto match = find_phrase(sentence, phrase)) return match;
    }
    return std::nullopt;
}

bool has_any(const Sentence& sentence, std::span<const std::string_view> phrases) {
    return find_any(sentence, phrases).has_value();
}

std::size_t count_all(const Sentence& sentence, std::span<const std::string_view> phrases) {
    std::size_t count = 0;
    for (std::size_t first = 0; first < sentence.words.size(); ++first) {
        const bool begins_one = std::ranges::any_of(phrases, [&](std::string_view phrase) {
            return words_matched(sentence, phrase, first) > 0;
        });
        if (begins_one) ++count;
    }
    return count;
}

Span place_of(const Sentence& sentence, const PhraseMatch& match) {
    Span place = sentence.words[match.first].place;
    for (std::size_t i = match.first; i < match.first + match.words; ++i) {
        const Span& word = sentence.words[i].place;
        if (word.line != place.line) break;
        place.size = word.begin + word.size - place.begin;
    }
    return place;
}

std::string quote(const Remark& remark) {
    const std::string_view text = remark.line.visible;
    const std::size_t begin = std::min(remark.place.begin, text.size());
    const std::size_t end = std::min(begin + remark.place.size, text.size());
    std::size_t first = begin < kContextBytesMax ? 0 : begin - kContextBytesMax;
    std::size_t last = std::min(end + kContextBytesMax, text.size());
    while (first < begin && !begins_code_point(text[first])) ++first;
    while (last < text.size() && !begins_code_point(text[last])) ++last;
    const auto shown = [&](std::size_t from, std::size_t to) {
        return harmless(text.substr(from, to - from), Lines::one);
    };
    const std::string head =
        fmt::format("{}:{}: {}", remark.file, remark.line.number, first > 0 ? "..." : "");
    const std::string before = shown(first, begin);
    const std::string marked = shown(begin, end);
    const std::string indent(columns_of(head) + columns_of(before), ' ');
    const std::string carets(std::max<std::size_t>(columns_of(marked), 1), '^');
    return fmt::format("{}{}{}{}{}\n{}{} {}\n", head, before, marked, shown(end, last),
                       last < text.size() ? "..." : "", indent, carets, remark.note);
}

}  // namespace onsite
