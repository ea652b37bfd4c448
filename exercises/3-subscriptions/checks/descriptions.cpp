#include "exercises/3-subscriptions/checks/descriptions.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/ascii.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::string_view kMembers[] = {"description", "summary"};

// What the rules look for in them, heaped up when there is nothing to say.
constexpr std::string_view kHeapedWords[] = {
    "days",    "duplicate", "duplicates", "events",    "hmac",       "hour",    "hours",
    "key",     "minute",    "minutes",    "once",      "order",      "replay",  "replays",
    "retries", "retry",     "second",     "seconds",   "secret",     "sha256",  "signature",
    "signed",  "timestamp", "timestamps", "tolerance", "versioning", "webhook", "webhooks"};
// Documentation may be terse, "signed by HMAC, timestamp within 300 seconds", but it says something
// of each word, and sets off what it says.
constexpr std::size_t kHeapMin = 8;  // Words in a row that nothing parts.
constexpr std::size_t kListMin = 6;  // Words in a row that commas part, each alone.
constexpr std::size_t kWordsMax = 100'000;

std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(" -"), line.size());
}

// Where the value of such a member begins in the line; nothing when the line begins with another.
std::optional<std::size_t> value_in(std::string_view line) {
    std::size_t at = indent_of(line);
    if (line.substr(at).starts_with('"')) ++at;
    for (const std::string_view name : kMembers) {
        if (!line.substr(at).starts_with(name)) continue;
        std::size_t end = at + name.size();
        if (line.substr(end).starts_with('"')) ++end;
        if (line.substr(end).starts_with(':')) return end + 1;
    }
    return std::nullopt;
}

// The line with blanks for all that stands outside of the value, its quotes included.
std::string only_value(std::string_view line, std::size_t from) {
    from = std::min(line.find_first_not_of(' ', from), line.size());
    std::size_t end = line.size();
    if (line.substr(from).starts_with('"') || line.substr(from).starts_with('\'')) {
        const std::size_t quote = line.rfind(line[from]);
        ++from;
        if (quote >= from) end = quote;
    }
    return std::string(from, ' ') + std::string(line.substr(from, end - from));
}

// Words that no mark parts.
struct Phrase {
    std::size_t words = 0;
    std::size_t keywords = 0;

    // A quarter of them may be others.
    bool is_heap() const { return words >= kHeapMin && keywords * 4 >= words * 3; }
    bool is_keyword() const { return words == 1 && keywords == 1; }
};

bool is_parted(const Markdown& prose, const Span& before, const Span& after) {
    if (before.line != after.line) return false;
    const std::string& line = prose.lines[static_cast<std::size_t>(before.line - 1)].visible;
    const std::size_t end = before.begin + before.size;
    return line.substr(end, after.begin - end).find_first_of(",;:()/|") != std::string::npos;
}

bool is_heap(const Markdown& prose, const Sentence& sentence) {
    Phrase phrase;
    std::size_t listed = 0;
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        const Word& word = sentence.words[i];
        ++phrase.words;
        if (std::ranges::find(kHeapedWords, word.text) != std::end(kHeapedWords)) {
            ++phrase.keywords;
        }
        const bool ends = i + 1 == sentence.words.size() ||
                          is_parted(prose, word.place, sentence.words[i + 1].place);
        if (!ends) continue;
        listed = phrase.is_keyword() ? listed + 1 : 0;
        if (phrase.is_heap() || listed == kListMin) return true;
        phrase = {};
    }
    return false;
}

std::vector<TrickFound> heaps_in(const Markdown& prose) {
    std::vector<TrickFound> heaps;
    for (const Sentence& sentence : sentences_of(prose.lines, kWordsMax)) {
        if (!is_heap(prose, sentence)) continue;
        TrickFound& found = heaps.emplace_back(TrickFound{Trick::keyword_stuffing, {}});
        for (const Word& word : sentence.words) found.places.push_back(word.place);
    }
    return heaps;
}

std::vector<TrickFound> words_to_the_grader_in(const Markdown& prose) {
    auto found = find_trickery({.document = prose});
    std::erase_if(found,
                  [](const TrickFound& one) { return one.trick != Trick::talks_to_the_grader; });
    return found;
}

}  // namespace

Markdown descriptions_in(std::string_view text) {
    Markdown prose;
    std::optional<std::size_t> open;  // The indent of the member whose value goes on.
    for (const std::string_view line : split_lines(text)) {
        MarkdownLine& read = prose.lines.emplace_back();
        read.number = static_cast<int>(prose.lines.size());
        const std::size_t indent = indent_of(line);
        if (indent == line.size()) continue;
        if (open && indent > *open) {
            read.visible = line;
        } else if (const auto from = value_in(line)) {
            open = indent;
            std::string value = only_value(line, *from);
            // The sign of a block is no word of it.
            if (value.find_first_not_of(" |>+-") == std::string::npos) continue;
            read.visible = std::move(value);
        } else {
            open.reset();
            continue;
        }
        read.kind = MarkdownKind::text;
        read.text = line;
    }
    return prose;
}

DescribedApi read_descriptions(std::string_view text) {
    DescribedApi read{.prose = descriptions_in(text), .heaps = {}, .judged = std::string(text)};
    read.heaps = heaps_in(read.prose);
    const std::vector<std::string_view> lines = split_lines(text);
    for (const auto& tricks : {read.heaps, words_to_the_grader_in(read.prose)}) {
        for (const TrickFound& one : tricks) {
            for (const Span& place : one.places) {
                const char* const line = lines[static_cast<std::size_t>(place.line - 1)].data();
                const auto begin = static_cast<std::size_t>(line - text.data()) + place.begin;
                read.judged.replace(begin, place.size, place.size, ' ');
            }
        }
    }
    return read;
}

}  // namespace onsite::subscriptions
