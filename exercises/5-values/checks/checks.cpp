#include "exercises/5-values/checks/checks.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "exercises/5-values/checks/advice.hpp"
#include "exercises/5-values/checks/answers.hpp"
#include "exercises/5-values/checks/repetition.hpp"
#include "exercises/5-values/checks/why.hpp"
#include "harness/documents/honesty.hpp"
#include "harness/documents/phrases.hpp"
#include "harness/documents/trickery.hpp"

namespace onsite::values {
namespace {

// What somebody might heap up who has read about these checks.
constexpr std::string_view kKeywords[] = {
    "situation", "task",          "action",     "result",     "results",
    "star",      "outcome",       "impact",     "metric",     "metrics",
    "baseline",  "ownership",     "leadership", "i",          "learned",
    "learning",  "trade-off",     "tradeoff",   "trade-offs", "measurable",
    "percent",   "reduced",       "increased",  "improved",   "led",
    "built",     "because",       "conflict",   "customer",   "customers",
    "users",     "first",         "urgency",    "rigor",      "rigour",
    "stripe",    "idempotency",   "payments",   "values",     "mentoring",
    "mentored",  "disagree",      "commit",     "quality",    "correctness",
    "incident",  "collaboration", "growth",     "%"};

using StoryAdvice = std::optional<Advice> (*)(const Story&);
using WhyAdvice = std::optional<Advice> (*)(const Answer&);

struct StoryCheck {
    const char* name;
    StoryAdvice advise;
    const char* expected;
    std::string (*describe)(const Story&) = nullptr;  // Shown of every story, good or not.
};
constexpr StoryCheck kStoryChecks[] = {
    {"begins_with_situation_and_task", lacks_a_beginning, "a situation, a task and an action"},
    {"tells_what_happened", is_no_story, "something that happened once"},
    {"has_a_time_or_a_place", is_nowhere, "a time or a place"},
    {"action_is_half_of_it", has_little_action, "action in at least half of the words", shares_of},
    {"says_i_in_the_action", says_we_for_i, "\"I\" at least as often as \"we\" in the action"},
    {"ends_in_a_result", lacks_a_result, "a result"},
    {"measures_the_result", has_no_number, "a number with its unit in the result"},
    {"gives_a_baseline", has_no_baseline, "what a number is compared with"},
    {"names_a_trade_off", names_no_trade_off, "a trade-off or another opinion"},
    {"names_a_learning", names_no_learning, "what was learned"},
    {"fits_the_time", takes_too_long, "90 to 180 seconds"},
    {"hardly_hedges", hedges, "two hedges at most"},
    {"blames_nobody", blames, "nobody to be blamed"}};

struct WhyCheck {
    const char* name;
    WhyAdvice advise;
    const char* expected;
};
constexpr WhyCheck kWhyChecks[] = {
    {"why_is_tight", why_is_not_tight, "15 to 60 seconds"},
    {"why_names_a_fact", why_names_no_fact, "a fact that one can look up"},
    {"why_is_about_you", why_is_not_about_you, "a link to something of your own"},
    {"why_is_not_flattery", why_is_flattery, "a reason rather than praise"}};

// A submission, read: what every check shares.
struct Read {
    Read() = default;
    Read(const Read&) = delete;
    Read& operator=(const Read&) = delete;

    Markdown document;
    std::vector<TrickFound> tricks;
    Markdown honest;  // Without what talks to a grader: this is judged.
    Answers answers;
    std::vector<Story> stories;  // They refer to the answers: a Read is never copied.
};

// The line of a place; of the answer's heading when it is about the whole.
std::string quoted(const Read& read, const Answer& answer, const Advice& advice) {
    const int number = advice.place.line == 0 ? answer.line : advice.place.line;
    if (number == 0) return fmt::format("{}: {}\n", kAnswersFile, advice.note);
    const MarkdownLine& line = read.honest.lines[static_cast<std::size_t>(number - 1)];
    const Span place = advice.place.line == 0 ? Span{number, 0, line.visible.size()} : advice.place;
    return quote({.file = kAnswersFile, .line = line, .place = place, .note = advice.note});
}

// Answers of which some need advice.
class Tally {
public:
    explicit Tally(const Read& read) : read_(read) {}

    void count(const Answer& answer, const std::string& title,
               const std::function<std::optional<Advice>()>& advise) {
        ++all_;
        if (answer.sentences.empty()) {
            const int line = answer.line;
            story_ += line == 0
                          ? fmt::format("{}: expected the heading \"## {}\", found none\n",
                                        kAnswersFile, title)
                          : quoted(read_, answer, {{}, "expected an answer here, found none"});
        } else if (repeats_itself(answer)) {
            story_ += quoted(read_, answer,
                             {{},
                              "expected something new in each sentence, found that most of the "
                              "answer was said before in the same words"});
        } else if (const auto advice = advise()) {
            story_ += quoted(read_, answer, *advice);
        } else {
            ++good_;
        }
    }

    void note(const std::string& line) { story_ += line; }

    Verdict verdict(const char* name, const char* expected, const char* unit) const {
        const std::string message =
            fmt::format("expected {} in {} {}, found it in {}", expected, all_, unit, good_);
        Verdict verdict = good_ == all_ ? passed(name, all_, message)
                                        : failed(name, Cause::wrong_answer, message);
        verdict.cases = all_;
        verdict.percent = static_cast<int>(good_ * 100 / all_);
        verdict.evidence.story = story_;
        return verdict;
    }

private:
    const Read& read_;
    std::uint64_t all_ = 0;
    std::uint64_t good_ = 0;
    std::string story_;
};

Verdict judge_stories(const Read& read, const StoryCheck& check) {
    Tally tally(read);
    for (std::size_t i = 0; i < kStories; ++i) {
        const Story& story = read.stories[i];
        const Answer& answer = story.answer;
        tally.count(answer, fmt::format("{}. ...", i + 1), [&] { return check.advise(story); });
        if (check.describe != nullptr && !answer.sentences.empty()) {
            tally.note(
                fmt::format("{}:{}: {}\n", kAnswersFile, answer.line, check.describe(story)));
        }
    }
    return tally.verdict(check.name, check.expected, "stories");
}

Verdict judge_why(const Read& read, const WhyCheck& check) {
    Tally tally(read);
    tally.count(read.answers.why, "Why Stripe?", [&] { return check.advise(read.answers.why); });
    return tally.verdict(check.name, check.expected, "answer");
}

Verdict judge_honesty(const Read& read) {
    const DocumentTricks tricks[] = {
        {.name = kAnswersFile, .document = read.document, .found = read.tricks}};
    return reads_honestly(tricks);
}

Result<std::shared_ptr<const Read>> read_submission(const Submission& submission) {
    auto document = read_markdown(submission.answers, kAnswersFile);
    if (!document) return pass_on(document);
    auto model = read_markdown(submission.model_answer, "the model answer");
    if (!model) return pass_on(model);
    auto read = std::make_shared<Read>();
    read->document = std::move(*document);
    read->tricks = find_trickery({.document = read->document,
                                  .model_answer = model->lines.empty() ? nullptr : &*model,
                                  .keywords = kKeywords});
    read->honest = without_trickery(read->document, read->tricks);
    read->answers = answers_in(read->honest);
    for (const Answer& answer : read->answers.stories) read->stories.push_back(story_of(answer));
    return read;
}

}  // namespace

Result<std::vector<Check>> all_checks(const Submission& submission) {
    auto shared = read_submission(submission);
    if (!shared) return pass_on(shared);
    const std::shared_ptr<const Read> read = *shared;
    std::vector<Check> checks;
    const auto add = [&](const char* name, std::function<Result<Verdict>()> run) {
        checks.push_back(
            {.name = name, .followup = 0, .scope = CheckScope::every_save, .run = std::move(run)});
    };
    add(kHonestyCheck, [read] { return judge_honesty(*read); });
    for (const StoryCheck& check : kStoryChecks) {
        add(check.name, [read, check] { return judge_stories(*read, check); });
    }
    for (const WhyCheck& check : kWhyChecks) {
        add(check.name, [read, check] { return judge_why(*read, check); });
    }
    return checks;
}

}  // namespace onsite::values
