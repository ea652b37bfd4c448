#include "harness/documents/sentences.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/ascii.hpp"

namespace onsite {
namespace {

// Marks that stand around a word; the dashes and quotes of typography are three bytes each.
constexpr std::string_view kMarksBefore = "([{\"'`*_~<>#|-+=,;:.!?/\\";
constexpr std::string_view kMarksBehind = ")]}\"'`*_,;:.!?|-=<>~/\\";
constexpr std::array<std::string_view, 9> kWideMarks = {
    "\u201c", "\u201d", "\u2018", "\u2026", "\u00ab", "\u00bb", "\u2022", "\u2248", "\u2192"};
constexpr std::string_view kApostrophe = "\u2019";
// What separates words, besides ASCII white space.
constexpr std::array<std::string_view, 6> kWideSpaces = {"\u00a0", "\u2009", "\u202f",
                                                         "\u2014", "\u2013", "\u2192"};
// A full stop behind these never ends a sentence.
constexpr std::array<std::string_view, 10> kAbbreviations = {"e.g", "i.e", "vs", "approx", "mr",
                                                             "mrs", "ms",  "dr", "cf",     "ca"};
// A full stop behind these ends one when a capital follows.
constexpr std::array<std::string_view, 5> kSoftAbbreviations = {"etc", "a.m", "p.m", "inc", "ltd"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

template <typename Parts>
std::size_t size_at_front(std::string_view text, const Parts& parts) {
    for (const std::string_view part : parts) {
        if (text.starts_with(part)) return part.size();
    }
    return 0;
}

template <typename Parts>
std::size_t size_at_back(std::string_view text, const Parts& parts) {
    for (const std::string_view part : parts) {
        if (text.ends_with(part)) return part.size();
    }
    return 0;
}

std::size_t separator_size(std::string_view text) {
    return is_space(text.front()) ? 1 : size_at_front(text, kWideSpaces);
}

// A stretch without white space, in small letters, and how it ends.
struct Token {
    std::string text;
    std::size_t begin = 0;
    std::size_t size = 0;
    char end_mark = 0;  // '.', '!' or '?' when it has one at its end.
    bool is_capital = false;
};

char end_mark_of(std::string_view raw) {
    constexpr std::string_view kClosing = ")]}\"'`*_";
    while (!raw.empty()) {
        if (const std::size_t wide = size_at_back(raw, kWideMarks)) {
            raw.remove_suffix(wide);
        } else if (kClosing.find(raw.back()) != kClosing.npos) {
            raw.remove_suffix(1);
        } else {
            break;
        }
    }
    const bool ends = !raw.empty() && (raw.back() == '.' || raw.back() == '!' || raw.back() == '?');
    return ends ? raw.back() : '\0';
}

std::string small_letters(std::string_view text) {
    std::string small;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with(kApostrophe)) {
            small += '\'';
            i += kApostrophe.size() - 1;
        } else {
            small += lower(text[i]);
        }
    }
    return small;
}

Token token_of(std::string_view raw, std::size_t begin) {
    Token token{.end_mark = end_mark_of(raw)};
    std::size_t front = 0;
    while (front < raw.size()) {
        const std::size_t wide = size_at_front(raw.substr(front), kWideMarks);
        if (wide == 0 && kMarksBefore.find(raw[front]) == kMarksBefore.npos) break;
        front += std::max<std::size_t>(wide, 1);
    }
    std::string_view core = raw.substr(front);
    while (!core.empty()) {
        const std::size_t wide = size_at_back(core, kWideMarks);
        if (wide == 0 && kMarksBehind.find(core.back()) == kMarksBehind.npos) break;
        core.remove_suffix(std::max<std::size_t>(wide, 1));
    }
    core = core.substr(0, kWordBytesMax);
    token.is_capital = !core.empty() && std::isupper(static_cast<unsigned char>(core[0])) != 0;
    token.text = small_letters(core);
    token.begin = begin + front;
    token.size = core.size();
    return token;
}

// The length of "- ", "* ", "1. " or "2) " with the white space in front of it; 0 without.
std::size_t item_mark_size(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && is_space(line[at])) ++at;
    const std::size_t begin = at;
    while (at < line.size() && at < begin + 2 && is_digit(line[at])) ++at;
    const std::string_view marks = at > begin ? ".)" : "-*+";
    const bool is_mark = at + 1 < line.size() && marks.find(line[at]) != marks.npos;
    return is_mark && is_space(line[at + 1]) ? at + 2 : 0;
}

bool is_table_row(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    return first != line.npos && line[first] == '|';
}

class Splitter {
public:
    explicit Splitter(std::size_t words_max) : words_left_(words_max) {}

    void read(const MarkdownLine& line) {
        const bool is_text = line.kind == MarkdownKind::text;
        const bool is_table = is_text && is_table_row(line.visible);
        const std::size_t mark = is_text ? item_mark_size(line.visible) : 0;
        if (!is_text || is_table || mark > 0) end();
        if (line.kind == MarkdownKind::blank || line.kind == MarkdownKind::hidden) return;
        open_.kind = line.kind;
        open_.is_table = is_table;
        read_words(line, mark, is_text && !is_table);
        if (!is_text || is_table) end();
    }

    std::vector<Sentence> finish() {
        end();
        return std::move(sentences_);
    }

private:
    void read_words(const MarkdownLine& line, std::size_t at, bool has_sentences) {
        const std::string_view text = line.visible;
        while (at < text.size() && words_left_ > 0) {
            if (const std::size_t gap = separator_size(text.substr(at))) {
                at += gap;
                continue;
            }
            const std::size_t begin = at;
            while (at < text.size() && separator_size(text.substr(at)) == 0) ++at;
            add(token_of(text.substr(begin, at - begin), begin), line, has_sentences);
        }
    }

    void add(Token token, const MarkdownLine& line, bool has_sentences) {
        if (ends_before_a_capital_ && token.is_capital) {
            end();
            open_.kind = line.kind;
        }
        ends_before_a_capital_ = false;
        const char mark = token.end_mark;
        const bool is_never = std::ranges::find(kAbbreviations, token.text) != kAbbreviations.end();
        const bool is_soft =
            std::ranges::find(kSoftAbbreviations, token.text) != kSoftAbbreviations.end();
        if (!token.text.empty()) {
            open_.words.push_back({.text = std::move(token.text),
                                   .place = {line.number, token.begin, token.size},
                                   .is_capital = token.is_capital});
            --words_left_;
        }
        if (!has_sentences || mark == 0 || (mark == '.' && is_never)) return;
        ends_before_a_capital_ = mark == '.' && is_soft;
        if (ends_before_a_capital_) return;
        open_.ends_in_question_mark = mark == '?';
        end();
        open_.kind = line.kind;
    }

    void end() {
        if (!open_.words.empty()) sentences_.push_back(std::move(open_));
        open_ = {};
        ends_before_a_capital_ = false;
    }

    std::size_t words_left_;
    Sentence open_;
    bool ends_before_a_capital_ = false;
    std::vector<Sentence> sentences_;
};

}  // namespace

std::vector<Sentence> sentences_of(std::span<const MarkdownLine> lines, std::size_t words_max) {
    Splitter splitter(words_max);
    for (const MarkdownLine& line : lines) splitter.read(line);
    return splitter.finish();
}

}  // namespace onsite
