#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/report/renderers.hpp"
#include "harness/report/story.hpp"

namespace onsite {
namespace {

struct Case {
    std::string group;  // The criterion that the check is evidence for.
    const Verdict* verdict;
};

enum class Fate { passed, failed, error, skipped };

// An undecided check is an error and not a pass; one that had no reason to run is skipped.
Fate fate_of(const Verdict& verdict) {
    if (verdict.outcome == Outcome::pass) return Fate::passed;
    if (verdict.outcome == Outcome::fail) return Fate::failed;
    return verdict.cause == Cause::not_run ? Fate::skipped : Fate::error;
}

std::vector<Case> cases_of(const Scorecard& card) {
    std::vector<Case> cases;
    for (const CriterionResult& result : card.criteria) {
        for (const Verdict& verdict : result.evidence) {
            cases.push_back({.group = result.criterion.id, .verdict = &verdict});
        }
    }
    for (const Verdict& verdict : card.other)
        cases.push_back({.group = "other", .verdict = &verdict});
    return cases;
}

std::string problem(std::string_view element, const Verdict& verdict) {
    return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                       to_string(verdict.cause), markup(verdict.message),
                       markup(fmt::format("{}", fmt::join(story_lines(verdict), "\n"))));
}

std::string body_of(const Verdict& verdict) {
    switch (fate_of(verdict)) {
        case Fate::passed:
            return {};
        case Fate::failed:
            return problem("failure", verdict);
        case Fate::error:
            return problem("error", verdict);
        case Fate::skipped:
            return fmt::format("      <skipped message=\"{}\"/>\n", markup(verdict.message));
    }
    std::abort();
}

std::string testcase(const Case& one, const std::string& exercise) {
    const std::string tag =
        fmt::format("    <testcase classname=\"{}.{}\" name=\"{}\"", markup(exercise),
                    markup(one.group), markup(one.verdict->check));
    const std::string body = body_of(*one.verdict);
    return body.empty() ? tag + "/>\n" : tag + ">\n" + body + "    </testcase>\n";
}

std::string property(std::string_view name, std::string_view value) {
    return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, markup(value));
}

// What people said about the attempt; a check's fate stays what it was.
std::string review_properties(const Scorecard& card) {
    std::string text;
    for (const Gate& gate : card.gates) text += property("gate", gate_words(gate, card));
    for (const CriterionResult& result : card.criteria) {
        for (const PersonRating& rating : result.ratings) {
            text += property("rating", result.criterion.id + ": " + rating_words(rating));
        }
    }
    for (const Signal& signal : card.signals) {
        text += property("signal", fmt::format("{}: {}: {}", signal.reviewer,
                                               signal_words(signal.signal), signal.because));
    }
    return text;
}

std::string properties(const Scorecard& card) {
    const GradeFacts& facts = card.facts;
    return "    <properties>\n" + property("seed", std::to_string(facts.seed)) +
           property("attempt", facts.attempt) + property("language", facts.language) +
           property("content_hash", facts.content_hash) +
           property("isolation", to_string(facts.isolation.level)) +
           property("is_grade", card.is_grade ? "true" : "false") +
           property("earned", std::to_string(card.earned)) +
           property("judged", std::to_string(card.judged)) +
           property("possible", std::to_string(card.possible)) +
           property("replay", replay_command(card)) + review_properties(card) +
           "    </properties>\n";
}

struct Counts {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

Counts count(const std::vector<Case>& cases) {
    Counts counts{.tests = cases.size()};
    for (const Case& one : cases) {
        const Fate fate = fate_of(*one.verdict);
        counts.failures += fate == Fate::failed;
        counts.errors += fate == Fate::error;
        counts.skipped += fate == Fate::skipped;
    }
    return counts;
}

}  // namespace

std::string junit_report(const Scorecard& scorecard) {
    const GradeFacts& facts = scorecard.facts;
    const std::vector<Case> cases = cases_of(scorecard);
    const Counts counts = count(cases);
    const std::string seconds =
        fmt::format("{}.{:03}", facts.duration_ms / 1000, facts.duration_ms % 1000);
    const std::string attributes =
        fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\"", counts.tests,
                    counts.failures, counts.errors, seconds);
    std::string xml = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"onsite\" {0}>\n"
        "  <testsuite name=\"{1}\" {0} skipped=\"{2}\" timestamp=\"{3}\">\n",
        attributes, markup(facts.exercise), counts.skipped,
        to_rfc3339(facts.graded_at_ms).substr(0, 19));
    xml += properties(scorecard);
    for (const Case& one : cases) xml += testcase(one, facts.exercise);
    if (!scorecard.is_grade) {
        xml += fmt::format("    <system-err>{}</system-err>\n", markup(scorecard.notice));
    }
    return xml + "  </testsuite>\n</testsuites>\n";
}

}  // namespace onsite
