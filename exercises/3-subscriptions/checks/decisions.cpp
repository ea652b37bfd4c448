#include "exercises/3-subscriptions/checks/decisions.hpp"

#include <array>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/json.hpp"

namespace onsite::subscriptions {
namespace {

constexpr auto kRecords =
    std::to_array<std::string_view>({"Trials", "Cancellation", "Failed payments", "Proration",
                                     "Versioning", "Developer experience"});
constexpr auto kParts =
    std::to_array<std::string_view>({"Context", "Decision", "Rejected", "Cost of reversal"});
constexpr std::size_t kSumsMax = 100;

const Section* titled(std::span<const Section* const> sections, int level, std::string_view title) {
    const std::string wanted = lowered(title);
    for (const Section* section : sections) {
        if (section->level == level && lowered(section->title) == wanted) return section;
    }
    return nullptr;
}

// The words of a section, in small letters and without what is not a letter or a digit.
std::vector<std::string> words_of(const Section& section) {
    std::vector<std::string> words(1);
    for (const PageLine& line : section.lines) {
        for (const char letter : lowered(line.text) + "\n") {
            const bool is_part = (letter >= 'a' && letter <= 'z') ||
                                 (letter >= '0' && letter <= '9') ||
                                 static_cast<unsigned char>(letter) >= 0x80;
            if (is_part) {
                words.back().push_back(letter);
            } else if (!words.back().empty()) {
                words.emplace_back();
            }
        }
    }
    words.pop_back();
    return words;
}

// Looks at the parts one after the other and remembers their texts.
class Records {
public:
    explicit Records(const Page& page) {
        for (const Section& section : page.sections) all_.push_back(&section);
        for (const std::string_view record : kRecords) look(page, record);
    }
    std::size_t complete() const { return complete_; }
    const std::string& story() const { return story_; }

private:
    void look(const Page& page, std::string_view title) {
        const Section* record = titled(all_, 2, title);
        if (record == nullptr) {
            story_ +=
                fmt::format("decisions.md: expected the record \"## {}\", found none\n", title);
            return;
        }
        const auto below = sections_below(page, *record);
        for (const std::string_view part : kParts) look_at_part(*record, below, part);
    }

    void look_at_part(const Section& record, std::span<const Section* const> below,
                      std::string_view title) {
        const Section* part = titled(below, 3, title);
        if (part == nullptr) {
            note(record, fmt::format("expected \"### {}\" in this record", title));
            return;
        }
        const auto words = words_of(*part);
        const std::set<std::string> distinct(words.begin(), words.end());
        if (words.size() < kPartWordsMin || distinct.size() < kPartDistinctWordsMin) {
            note(*part,
                 fmt::format("expected {} words or more, {} of them different; found {} "
                             "and {}",
                             kPartWordsMin, kPartDistinctWordsMin, words.size(), distinct.size()));
        } else if (const auto [first, is_new] = lines_.emplace(words, part->line); !is_new) {
            note(*part,
                 fmt::format("expected a text of its own, found that of line {}", first->second));
        } else {
            ++complete_;
        }
    }

    void note(const Section& section, std::string_view problem) {
        story_ += quoted_line(
            "decisions.md", section.line,
            std::string(static_cast<std::size_t>(section.level), '#') + " " + section.title);
        story_ += fmt::format("\n    {}\n", problem);
    }

    std::vector<const Section*> all_;
    std::map<std::vector<std::string>, int> lines_;  // Where a text was seen first.
    std::size_t complete_ = 0;
    std::string story_;
};

struct Answer {
    int line = 0;
    std::string text;  // The whole line.
    std::string value;
};

// The answers of the block by name; the first of several counts.
std::map<std::string, Answer, std::less<>> answers_of(const FencedBlock& block) {
    std::map<std::string, Answer, std::less<>> answers;
    for (const PageLine& line : block.lines) {
        const std::string_view text = std::string_view(line.text).substr(0, line.text.find('#'));
        const std::size_t equals = text.find('=');
        if (equals == text.npos) continue;
        answers.emplace(
            trimmed(text.substr(0, equals)),
            Answer{line.number, line.text, std::string(trimmed(text.substr(equals + 1)))});
    }
    return answers;
}

std::string wrong_sum(const Sum& sum, const Answer* answer) {
    const std::string place = answer == nullptr
                                  ? fmt::format("decisions.md: no line begins with {} =", sum.name)
                                  : quoted_line("decisions.md", answer->line, answer->text);
    return fmt::format("{}\n    expected {}, because {}\n", place, sum.value, sum.because);
}

}  // namespace

std::span<const std::string_view> record_titles() { return kRecords; }
std::span<const std::string_view> part_titles() { return kParts; }

Verdict judge_records(const std::string& check, const Page& page) {
    constexpr std::size_t kAll = kRecords.size() * kParts.size();
    const Records records(page);
    if (records.complete() == kAll) {
        return passed(check, kAll, "six decision records, each with its four parts");
    }
    Verdict verdict =
        failed(check, Cause::wrong_answer,
               fmt::format("expected six records of four parts, found {} of {} parts complete",
                           records.complete(), kAll));
    verdict.cases = kAll;
    verdict.percent = static_cast<int>(100 * records.complete() / kAll);
    verdict.evidence.story = records.story();
    return verdict;
}

Result<std::vector<Sum>> sums_from_json(std::string_view text, std::string_view what) {
    auto value = parse_json(text, what, JsonComments::allowed);
    if (!value) return pass_on(value);
    JsonReader reader(*value, std::string(what));
    const Json& list = reader.array("sums");
    reader.array("cases");
    if (list.empty() || list.size() > kSumsMax) {
        reader.complain("sums", fmt::format("expected 1 to {} sums", kSumsMax));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    std::vector<Sum> sums;
    for (std::size_t i = 0; i < list.size(); ++i) {
        JsonReader entry(list[i], fmt::format("{}: sums[{}]", what, i));
        Sum sum;
        sum.name = entry.text("name");
        sum.value = entry.text("value");
        sum.because = entry.text("because");
        if (auto done = entry.finish(); !done) return pass_on(done);
        sums.push_back(std::move(sum));
    }
    return sums;
}

Verdict judge_sums(const std::string& check, const Page& page, std::span<const Sum> sums) {
    const FencedBlock* block = find_block(page, "proration");
    if (block == nullptr) {
        Verdict missing = failed(check, Cause::wrong_answer,
                                 "expected the block ```proration in decisions.md, found none");
        missing.cases = 1;
        return missing;
    }
    const auto answers = answers_of(*block);
    std::size_t right = 0;
    std::string story;
    for (const Sum& sum : sums) {
        const auto found = answers.find(sum.name);
        const Answer* answer = found == answers.end() ? nullptr : &found->second;
        if (answer != nullptr && answer->value == sum.value) {
            ++right;
        } else {
            story += wrong_sum(sum, answer);
        }
    }
    if (right == sums.size()) return passed(check, right, fmt::format("{} sums are right", right));
    Verdict verdict = failed(check, Cause::wrong_answer,
                             fmt::format("{} of {} sums are right", right, sums.size()));
    verdict.cases = sums.size();
    verdict.percent = static_cast<int>(100 * right / sums.size());
    verdict.evidence.story = std::move(story);
    return verdict;
}

}  // namespace onsite::subscriptions
