#include "exercises/1-reconciliation/checks/case_checks.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/cases.hpp"
#include "exercises/1-reconciliation/checks/words.hpp"

namespace onsite::reconciliation {
namespace {

// What a case says must be answered, to the last finding: it knows better than a model.
void case_law(Trial& trial, const TestCase& test) {
    const Findings found = trial.ask(test.question);
    if (trial.is_over() || found == test.expected) return;
    trial.blame({.question = test.question,
                 .found = found,
                 .expected = test.expected,
                 .because = "case " + shown(test.name)},
                difference(test.expected, found));
}

void keep_revealed(std::vector<TestCase>& cases, int followups) {
    std::erase_if(cases, [&](const TestCase& test) { return test.followup > followups; });
}

int percent_of(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<int>(part * 100 / whole);
}

// ---- The candidate's tests

constexpr std::int64_t kTestsMsMax = 20'000;
constexpr std::size_t kNamesShown = 8;

// The first test that a subject fails, with why; nothing when all hold.
struct FailedTest {
    std::string name;
    Fault fault;
};
Result<std::optional<FailedTest>> first_failure(Examiner& examiner,
                                                const std::vector<TestCase>& tests) {
    for (const TestCase& test : tests) {
        Proof ignored;
        Trial trial(examiner, ignored);
        case_law(trial, test);
        if (trial.error()) return std::unexpected(*trial.error());
        if (trial.fault()) return FailedTest{test.name, *trial.fault()};
    }
    return std::nullopt;
}

Verdict contradiction(const std::string& check, const FailedTest& test) {
    Verdict verdict = failed(check, Cause::wrong_answer,
                             fmt::format("expected every test of tests.json to hold on the "
                                         "reference solution, found one that does not: {}",
                                         test.fault.message));
    verdict.evidence = test.fault.evidence;
    return verdict;
}

Verdict no_tests(const std::string& check) {
    return failed(check, Cause::wrong_answer,
                  "expected tests in tests.json, found none that hold yet: no wrong solution is "
                  "told from a right one");
}

struct Killing {
    std::uint64_t tried = 0;
    std::vector<std::string> survivors;
};

Verdict verdict_of(const std::string& check, std::size_t tests, const Killing& killing) {
    const std::uint64_t killed = killing.tried - killing.survivors.size();
    const int percent = percent_of(killed, killing.tried);
    std::string message = fmt::format("{} tests tell {} of {} wrong solutions from a right one",
                                      tests, killed, killing.tried);
    if (!killing.survivors.empty()) {
        std::vector<std::string> names = killing.survivors;
        const std::size_t more = names.size() - std::min(names.size(), kNamesShown);
        names.resize(names.size() - more);
        message += fmt::format("; not these: {}", fmt::join(names, ", "));
        if (more > 0) message += fmt::format(" and {} more", more);
    }
    Verdict verdict = percent >= kKilledPercentEnough
                          ? passed(check, killing.tried, std::move(message))
                          : failed(check, Cause::wrong_answer, std::move(message));
    verdict.cases = killing.tried;
    verdict.percent = percent;
    return verdict;
}

// A mutant is killed when a test fails on it in any way. Only as many as the time allows are tried.
Result<Killing> try_mutants(const Context& context, const std::vector<TestCase>& tests) {
    Killing killing;
    const std::int64_t start_ns = context.clock.monotonic_ns();
    for (const MutantSubject& mutant : context.job.mutants) {
        if (mutant.followups > context.job.followups) continue;
        if (context.clock.monotonic_ns() - start_ns > kTestsMsMax * kNsPerMs) break;
        Examiner examiner = context.examiner_of(mutant.subject);
        auto failure = first_failure(examiner, tests);
        if (!failure) return pass_on(failure);
        ++killing.tried;
        if (!*failure) killing.survivors.push_back(mutant.name);
    }
    return killing;
}

}  // namespace

Result<Verdict> visible_cases(const Context& context, const std::string& check) {
    auto cases = parse_cases(context.job.visible_cases, "cases.json");
    if (!cases) return pass_on(cases);
    keep_revealed(*cases, context.job.followups);
    Proof ignored;
    std::uint64_t held = 0;
    std::optional<Fault> first;
    for (const TestCase& test : *cases) {
        Trial trial(context.examiner, ignored);
        case_law(trial, test);
        if (trial.error()) return std::unexpected(*trial.error());
        held += !trial.fault();
        if (trial.fault() && !first) first = trial.fault();
        if (first && first->cause == Cause::time) break;
    }
    const std::string share = fmt::format("{} of {} visible cases hold", held, cases->size());
    if (!first) return passed(check, held, share);
    Verdict verdict = failed(check, first->cause, fmt::format("{}; {}", share, first->message));
    verdict.cases = cases->size();
    verdict.percent = percent_of(held, cases->size());
    verdict.evidence = first->evidence;
    return verdict;
}

Result<Verdict> replayed_case(const Context& context, const std::string& check) {
    auto value = parse_json(context.job.only_case, "the case to replay", JsonComments::allowed);
    if (!value) return pass_on(value);
    auto test = parse_case(*value, "the case to replay");
    if (!test) return pass_on(test);
    Inquiry inquiry = context.inquire(check);
    inquiry.holds([&](Trial& trial) { case_law(trial, *test); });
    return inquiry.conclude("the case holds");
}

Result<Verdict> own_tests_kill_mutants(const Context& context, const std::string& check) {
    if (context.job.tests.empty()) return no_tests(check);
    auto tests = parse_cases(context.job.tests, "tests.json");
    if (!tests) return failed(check, Cause::protocol, tests.error().message);
    keep_revealed(*tests, context.job.followups);
    if (tests->empty()) return no_tests(check);
    if (!context.job.reference || context.job.mutants.empty()) {
        return not_run(check, "no wrong solutions were given to try the tests on");
    }
    Examiner reference = context.examiner_of(*context.job.reference);
    auto failure = first_failure(reference, *tests);
    if (!failure) return pass_on(failure);
    if (*failure) return contradiction(check, **failure);
    auto killing = try_mutants(context, *tests);
    if (!killing) return pass_on(killing);
    return verdict_of(check, tests->size(), *killing);
}

}  // namespace onsite::reconciliation
