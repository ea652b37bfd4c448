#include "harness/selftest/selftest.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/catalog/texts.hpp"
#include "harness/grading/mutants.hpp"
#include "harness/grading/sources.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// Rows per feed whose growth is measured: enough to tell a square from a line, even one that moves
// memory and is quick, on a machine that is busy.
constexpr std::uint64_t kManyRows = 100'000;
// Rows of 8 KB per feed that meet little memory: more than any language is given.
constexpr std::uint64_t kLargeFeedRows = 1'000'000;
// Of each property: as many as a grade tries, and what shows all but the rarest defects.
constexpr int kManyCases = 100;
constexpr int kFewCases = 60;
// A starter may stumble into a few points, never into a pass.
constexpr int kStarterPointsMax = 10;

Result<GradeRequest> request_of(const SelftestWork& work, const std::string& name,
                                const Language& language, const fs::path& folder) {
    auto source = load_source(name, language, std::array{folder});
    if (!source) return pass_on(source);
    auto tests = load_tests(work.exercise, std::array{folder.parent_path(), folder});
    if (!tests) return pass_on(tests);
    GradeRequest request;
    request.source = std::move(*source);
    request.language = language;
    request.tests = std::move(*tests);
    return request;
}

bool is_of_own_tests(const Criterion& criterion) {
    return criterion.checks == std::vector<std::string>{kOwnTestsCheck};
}

std::string what_was_lost(const Scorecard& card) {
    std::string words;
    for (const CriterionResult& result : card.criteria) {
        if (result.criterion.judge == Judge::person || result.level == kLevelMax) continue;
        words += words.empty() ? "" : "; ";
        words += result.criterion.id;
        for (const Verdict& verdict : result.evidence) {
            if (verdict.outcome == Outcome::pass) continue;
            words += fmt::format(" [{} {}: {}]", verdict.check, to_string(verdict.cause),
                                 verdict.message);
        }
    }
    return words.empty() ? "nothing lost" : "lost " + words;
}

}  // namespace

bool is_wanted(const SelftestWork& work, const std::string& name) {
    return name.find(work.only) != std::string::npos;
}

Result<Graded> grade_for_proof(const SelftestWork& work, GradeRequest request) {
    auto followups = load_followups(work.exercise);
    if (!followups) return pass_on(followups);
    auto rubric = load_rubric(work.exercise);
    if (!rubric) return pass_on(rubric);
    request.followups = static_cast<int>(followups->size());
    auto grading = grade(
        work.exercise, request, work.places, work.cancel, [](const std::string&) {}, work.clock);
    if (!grading) return pass_on(grading);
    if (grading->run.is_cancelled) return tool_error("interrupted; nothing is proven");
    GradeFacts facts;
    facts.exercise = work.exercise.slug;
    facts.isolation = grading->run.isolation;
    facts.followups_revealed = request.followups;
    Scorecard card = score(*rubric, grading->run.verdicts, std::move(facts));
    return Graded{std::move(*grading), std::move(card)};
}

std::vector<std::string> lost_criteria(const Scorecard& card, OwnTests own_tests) {
    std::vector<std::string> lost;
    for (const CriterionResult& result : card.criteria) {
        if (result.criterion.judge == Judge::person || result.level == kLevelMax) continue;
        if (own_tests == OwnTests::skipped && is_of_own_tests(result.criterion)) continue;
        lost.push_back(result.criterion.id);
    }
    return lost;
}

Result<void> prove_references(const SelftestWork& work, std::uint64_t first_seed, int seeds) {
    for (const Language& language : work.exercise.languages) {
        if (!is_wanted(work, language.name)) continue;
        auto request = request_of(work, "reference", language, work.exercise.solution_of(language));
        if (!request) return pass_on(request);
        for (int i = 0; i < seeds; ++i) {
            request->seed = first_seed + static_cast<std::uint64_t>(i);
            const OwnTests own_tests = i == 0 ? OwnTests::tried : OwnTests::skipped;
            request->tries_mutants = own_tests == OwnTests::tried;
            // Growth and memory hardly depend on the seed either.
            request->growth_rows_max = i == 0 ? kGrowthRowsUsual : kFewRows;
            request->memory_rows_max = i == 0 ? kLargeFeedRows : kSmallFeedRows;
            auto graded = grade_for_proof(work, *request);
            if (!graded) return pass_on(graded);
            const bool is_full = lost_criteria(graded->card, own_tests).empty();
            work.on_proof(
                {"references", fmt::format("{}, seed {}", language.name, request->seed), is_full,
                 is_full ? fmt::format("{} of {}", graded->card.earned, graded->card.judged)
                         : what_was_lost(graded->card)});
        }
    }
    return {};
}

Result<void> prove_starters(const SelftestWork& work) {
    for (const Language& language : work.exercise.languages) {
        if (!is_wanted(work, language.name)) continue;
        auto request = request_of(work, "starter", language, work.exercise.starter_of(language));
        if (!request) return pass_on(request);
        request->growth_rows_max = kFewRows;
        request->memory_rows_max = kSmallFeedRows;
        auto graded = grade_for_proof(work, *request);
        if (!graded) return pass_on(graded);
        bool has_crashed = !graded->grading.is_built;
        for (const Verdict& verdict : graded->grading.run.verdicts) {
            has_crashed = has_crashed || verdict.cause == Cause::crash;
        }
        const int earned = graded->card.earned;
        work.on_proof({"starters", language.name, !has_crashed && earned <= kStarterPointsMax,
                       fmt::format("{} points{}", earned, has_crashed ? ", crashed" : "")});
    }
    return {};
}

Result<void> prove_mutants(const SelftestWork& work) {
    auto mutants = load_mutants(work.places.root, work.exercise);
    if (!mutants) return pass_on(mutants);
    auto rubric = load_rubric(work.exercise);
    if (!rubric) return pass_on(rubric);
    const auto of_tests = std::ranges::find_if(rubric->criteria, is_of_own_tests);
    const std::string tests_criterion = of_tests == rubric->criteria.end() ? "" : of_tests->id;
    for (const Mutant& mutant : *mutants) {
        if (!is_wanted(work, mutant.name)) continue;
        GradeRequest request;
        request.source = mutant.source;
        request.language = mutant.language;
        request.tests = mutant.tests;
        request.seed = 1;
        request.property_cases = mutant.needs == MutantNeeds::many_cases ? kManyCases : kFewCases;
        request.growth_rows_max = mutant.needs == MutantNeeds::many_rows ? kManyRows : kFewRows;
        request.memory_rows_max =
            mutant.needs == MutantNeeds::large_feeds ? kLargeFeedRows : kSmallFeedRows;
        const OwnTests own_tests =
            mutant.criterion == tests_criterion ? OwnTests::tried : OwnTests::skipped;
        request.tries_mutants = own_tests == OwnTests::tried;
        auto graded = grade_for_proof(work, std::move(request));
        if (!graded) return pass_on(graded);
        const auto lost = lost_criteria(graded->card, own_tests);
        const bool is_exact = lost == std::vector{mutant.criterion};
        work.on_proof({"mutants", mutant.name, is_exact,
                       is_exact ? "lost " + mutant.criterion
                                : fmt::format("expected to lose {}, {}", mutant.criterion,
                                              what_was_lost(graded->card))});
    }
    return {};
}

}  // namespace onsite
