#include "exercises/5-values/checks/answers.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

#include "base/ascii.hpp"
#include "base/parse_number.hpp"

namespace onsite::values {
namespace {

constexpr int kMinutesMax = 60;
constexpr std::size_t kNamedPartsMin = 2;

using PartName = std::pair<std::string_view, Part>;
constexpr PartName kPartNames[] = {{"situation", Part::situation},
                                   {"context", Part::situation},
                                   {"background", Part::situation},
                                   {"task", Part::task},
                                   {"goal", Part::task},
                                   {"action", Part::action},
                                   {"actions", Part::action},
                                   {"result", Part::result},
                                   {"results", Part::result},
                                   {"outcome", Part::result},
                                   {"learning", Part::learning},
                                   {"learnings", Part::learning},
                                   {"lesson", Part::learning},
                                   {"lessons", Part::learning},
                                   {"learned", Part::learning},
                                   {"learnt", Part::learning},
                                   {"takeaway", Part::learning},
                                   {"reflection", Part::learning},
                                   {"my part", Part::task},
                                   {"my job", Part::task},
                                   {"my role", Part::task},
                                   {"my task", Part::task},
                                   {"what i did", Part::action},
                                   {"how it ended", Part::result},
                                   {"the result", Part::result},
                                   {"what i learned", Part::learning},
                                   {"what i learnt", Part::learning},
                                   {"what i took away", Part::learning},
                                   {"what stayed", Part::learning}};
constexpr PartName kPartLetters[] = {{"s", Part::situation},
                                     {"t", Part::task},
                                     {"a", Part::action},
                                     {"r", Part::result},
                                     {"l", Part::learning}};

// How many words of the name the sentence begins with: all of them, or 0.
std::size_t words_of_name(std::string_view name, const Sentence& sentence) {
    std::size_t count = 0;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find(' '), name.size());
        if (count == sentence.words.size() || sentence.words[count].text != name.substr(0, end)) {
            return 0;
        }
        name.remove_prefix(std::min(end + 1, name.size()));
        ++count;
    }
    return count;
}

// What stands behind a word and the marks of emphasis around it.
std::string_view text_behind(const Word& word, const MarkdownLine& line) {
    const std::string_view text = line.visible;
    const auto at = text.find_first_not_of("*_ ", word.place.begin + word.place.size);
    return at == text.npos ? std::string_view() : text.substr(at);
}

bool begins_with_a_mark(std::string_view text) {
    constexpr std::string_view kMarks[] = {":", "-", "\u2013", "\u2014"};
    return std::ranges::any_of(kMarks,
                               [&](std::string_view mark) { return text.starts_with(mark); });
}

struct NamedPart {
    Part part = Part::situation;
    std::size_t words = 0;  // Of the name.
};

// The part that a sentence names at its beginning: "Situation: we had", "S: we had", "Result.",
// "**What I did** - we had".
std::optional<NamedPart> named_part(const Sentence& sentence, const MarkdownLine& line) {
    for (const std::span<const PartName> names :
         {std::span<const PartName>(kPartLetters), std::span<const PartName>(kPartNames)}) {
        for (const auto& [name, part] : names) {
            const std::size_t words = words_of_name(name, sentence);
            if (words == 0) continue;
            const bool is_all = words == sentence.words.size() && name.size() > 1;
            if (is_all || begins_with_a_mark(text_behind(sentence.words[words - 1], line))) {
                return NamedPart{part, words};
            }
        }
    }
    return std::nullopt;
}

std::optional<int> whole(std::string_view digits) {
    const auto number = parse_number<int>(digits);
    return number && *number >= 0 ? number : std::nullopt;
}

// "2:05" in seconds.
std::optional<int> clock_seconds(std::string_view word) {
    const auto colon = word.find(':');
    if (colon == word.npos || colon > 2 || word.size() != colon + 3) return std::nullopt;
    const auto minutes = whole(word.substr(0, colon));
    const auto seconds = whole(word.substr(colon + 1));
    if (!minutes || !seconds || *minutes > kMinutesMax || *seconds > 59) return std::nullopt;
    return *minutes * 60 + *seconds;
}

// "2" or "2.5" minutes in seconds.
std::optional<int> minutes_in_seconds(std::string_view word) {
    const auto dot = std::min(word.find('.'), word.size());
    const auto minutes = whole(word.substr(0, dot));
    const auto tenths = dot + 2 == word.size() ? whole(word.substr(dot + 1)) : std::optional(0);
    if (!minutes || !tenths || *minutes > kMinutesMax) return std::nullopt;
    return *minutes * 60 + *tenths * 6;
}

// A line that says how long the answer was: "minutes: 2", "seconds: 130", "time: 2:10".
std::optional<int> time_noted(const Sentence& sentence, const MarkdownLine& line) {
    const std::vector<Word>& words = sentence.words;
    if (words.size() != 2 || !text_behind(words[0], line).starts_with(':')) return std::nullopt;
    if (words[0].text == "minutes") return minutes_in_seconds(words[1].text);
    if (words[0].text == "seconds") return whole(words[1].text);
    return words[0].text == "time" ? clock_seconds(words[1].text) : std::nullopt;
}

class Reader {
public:
    explicit Reader(std::span<const MarkdownLine> lines) : lines_(lines) {}

    Answer read() {
        for (Sentence& sentence : sentences_of(lines_, kAnswerWordsMax)) {
            if (begins_what_was_asked_later(sentence)) break;
            add(std::move(sentence));
        }
        if (!answer_.spoken_seconds && last_stamp_ > first_stamp_) {
            answer_.spoken_seconds = last_stamp_ - first_stamp_;
        }
        settle_names();
        return std::move(answer_);
    }

private:
    // "### Deeper": what follow-up 1 asks for is heard after the story, and no check is about it.
    static bool begins_what_was_asked_later(const Sentence& sentence) {
        return sentence.kind == MarkdownKind::heading && sentence.words.size() == 1 &&
               sentence.words.front().text == "deeper";
    }

    // One name is none. Who names the place and the end only has left it to the words what was
    // done: then a name is about its own sentence. A name that counts is no word of the answer.
    void settle_names() {
        auto& parts = answer_.named_parts;
        const bool is_named = names_ >= kNamedPartsMin;
        const bool goes_on = is_named && std::ranges::find(parts, Part::action) != parts.end();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!is_named || (!goes_on && name_words_[i] == 0)) parts[i].reset();
            if (!is_named) continue;
            auto& words = answer_.sentences[i].words;
            words.erase(words.begin(), words.begin() + name_words_[i]);
        }
    }

    void add(Sentence sentence) {
        if (sentence.kind == MarkdownKind::code) return;
        const MarkdownLine& line = line_of(sentence);
        if (const auto seconds = time_noted(sentence, line)) {
            answer_.spoken_seconds = seconds;
            return;
        }
        take_stamp(sentence);
        if (sentence.words.empty()) return;
        const auto named = named_part(sentence, line_of(sentence));
        if (named) {
            part_ = named->part;
            ++names_;
        }
        const bool is_a_name = named && named->words == sentence.words.size();
        if (is_a_name || sentence.kind == MarkdownKind::heading) return;
        answer_.sentences.push_back(std::move(sentence));
        answer_.named_parts.push_back(part_);
        name_words_.push_back(named ? static_cast<std::ptrdiff_t>(named->words) : 0);
    }

    // A timestamp counts at the front of a line only: elsewhere it is a time of day in the story.
    void take_stamp(Sentence& sentence) {
        const Word& first = sentence.words.front();
        const auto stamp = clock_seconds(first.text);
        const bool is_in_front =
            line_of(sentence).visible.find_first_not_of(" \t[(-*") == first.place.begin;
        if (!stamp || !is_in_front) return;
        if (first_stamp_ < 0) first_stamp_ = *stamp;
        last_stamp_ = std::max(last_stamp_, *stamp);
        sentence.words.erase(sentence.words.begin());
    }

    const MarkdownLine& line_of(const Sentence& sentence) const {
        const int number = sentence.words.front().place.line;
        return lines_[static_cast<std::size_t>(number - lines_.front().number)];
    }

    std::span<const MarkdownLine> lines_;
    Answer answer_;
    std::optional<Part> part_;
    std::vector<std::ptrdiff_t> name_words_;  // One for each sentence.
    std::size_t names_ = 0;
    int first_stamp_ = -1;
    int last_stamp_ = -1;
};

// The questions of the brief, for headings without a number.
constexpr std::string_view kQuestions[] = {"something of yours broke", "you disagreed with",
                                           "the user or the number", "fast, and it moved money",
                                           "somebody got better because"};

// "1" of "1. Something", "Question 1: something", "Story 1", "Q1" or "**1.** Something".
std::string_view from_number(std::string_view title) {
    constexpr std::string_view kWords[] = {"question", "story", "answer", "q"};
    constexpr std::string_view kMarks = " *_#(";
    const auto skip_marks = [&] {
        title.remove_prefix(std::min(title.find_first_not_of(kMarks), title.size()));
    };
    skip_marks();
    const auto word =
        std::ranges::find_if(kWords, [&](std::string_view one) { return title.starts_with(one); });
    if (word != std::end(kWords)) title.remove_prefix(word->size());
    skip_marks();
    return title;
}

// Which answer a heading begins: 0 to 4 for the stories, kStories for "Why Stripe?".
std::optional<std::size_t> answer_number(const MarkdownSection& section) {
    const std::string small = lowered(section.title);
    const std::string_view title = from_number(small);
    const bool is_numbered =
        !title.empty() && title[0] >= '1' && title[0] <= '5' &&
        (title.size() == 1 || std::isdigit(static_cast<unsigned char>(title[1])) == 0);
    if (is_numbered) return static_cast<std::size_t>(title[0] - '1');
    const bool is_why = small.find("why") != small.npos && small.find("stripe") != small.npos;
    if (is_why) return kStories;
    const auto question = std::ranges::find_if(
        kQuestions, [&](std::string_view one) { return title.starts_with(one); });
    if (question == std::end(kQuestions)) return std::nullopt;
    return static_cast<std::size_t>(question - std::begin(kQuestions));
}

}  // namespace

std::string_view to_string(Part part) {
    switch (part) {
        case Part::situation:
            return "situation";
        case Part::task:
            return "task";
        case Part::action:
            return "action";
        case Part::result:
            return "result";
        case Part::learning:
            return "learning";
    }
    std::abort();
}

std::size_t Answer::words() const {
    std::size_t count = 0;
    for (const Sentence& sentence : sentences) count += sentence.words.size();
    return count;
}

Answer answer_in(std::span<const MarkdownLine> lines) { return Reader(lines).read(); }

Answers answers_in(const Markdown& document) {
    Answers answers;
    for (const MarkdownSection& section : document.sections) {
        if (section.level != 2) continue;
        const auto number = answer_number(section);
        if (!number) continue;
        Answer& answer = *number == kStories ? answers.why : answers.stories[*number];
        if (answer.line != 0) continue;
        answer = answer_in(document.lines_below(section).subspan(1));
        answer.line = section.line;
    }
    return answers;
}

}  // namespace onsite::values
