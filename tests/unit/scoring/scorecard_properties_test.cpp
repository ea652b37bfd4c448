// Goal: the laws of scoring hold for every rubric and every set of verdicts. RapidCheck makes both
// and shrinks what breaks a law.
#include <algorithm>

#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "harness/scoring/scorecard.hpp"
#include "harness/scoring/scorecard_json.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite {
namespace {

using rc::gen::arbitrary;
using rc::gen::element;
using rc::gen::inRange;

// A rubric of two to six criteria whose weights sum to 100.
Rubric random_rubric() {
    Rubric rubric{.exercise = "greeting", .version = 1, .criteria = {}};
    const int count = *inRange(2, 7);
    int left = kPointsPossible;
    for (int i = 0; i < count; ++i) {
        const int others = count - i - 1;
        Criterion criterion;
        criterion.id = "criterion_" + std::to_string(i);
        criterion.weight = others == 0 ? left : *inRange(1, left - others + 1);
        criterion.judge = *element(Judge::checks, Judge::checks, Judge::checks, Judge::person);
        criterion.followup = *inRange(0, 3);
        criterion.levels = testing::four_levels();
        const int checks = criterion.judge == Judge::checks ? *inRange(1, 5) : 0;
        for (int k = 0; k < checks; ++k) {
            criterion.checks.push_back(criterion.id + "_check_" + std::to_string(k));
        }
        left -= criterion.weight;
        rubric.criteria.push_back(std::move(criterion));
    }
    return rubric;
}

Verdict random_verdict(const std::string& check) {
    Verdict verdict;
    verdict.check = check;
    verdict.outcome = *element(Outcome::pass, Outcome::fail, Outcome::inconclusive);
    verdict.cause = verdict.outcome == Outcome::pass
                        ? Cause::none
                        : *element(Cause::wrong_answer, Cause::crash, Cause::slow, Cause::not_run,
                                   Cause::grader_fault);
    verdict.message = "because";
    verdict.cases = *inRange<std::uint64_t>(0, 3);
    verdict.percent = verdict.outcome == Outcome::pass ? 100 : *inRange(0, 100);
    return verdict;
}

struct Sample {
    Rubric rubric;
    std::vector<Verdict> verdicts;
    GradeFacts facts;
};

// One verdict for most checks, and one for a check that no criterion knows.
Sample random_sample() {
    Sample sample{.rubric = random_rubric(), .verdicts = {}, .facts = testing::small_facts()};
    for (const Criterion& criterion : sample.rubric.criteria) {
        for (const std::string& check : criterion.checks) {
            if (*inRange(0, 10) > 0) sample.verdicts.push_back(random_verdict(check));
        }
    }
    sample.verdicts.push_back(random_verdict("visible_cases"));
    sample.facts.followups_revealed = *inRange(0, 3);
    return sample;
}

Scorecard score_of(const Sample& sample) {
    return score(sample.rubric, sample.verdicts, sample.facts);
}

RC_GTEST_PROP(ScorecardProperty, PointsNeverExceedTheWeight, ()) {
    for (const CriterionResult& result : score_of(random_sample()).criteria) {
        RC_ASSERT(result.points >= 0);
        RC_ASSERT(result.points <= result.criterion.weight);
    }
}

RC_GTEST_PROP(ScorecardProperty, TotalsAreSums, ()) {
    const Scorecard card = score_of(random_sample());
    int earned = 0, judged = 0;
    for (const CriterionResult& result : card.criteria) {
        earned += result.points;
        judged += result.level ? result.criterion.weight : 0;
    }
    RC_ASSERT(card.earned == earned);
    RC_ASSERT(card.judged == judged);
    RC_ASSERT(card.possible == kPointsPossible);
    RC_ASSERT(card.earned <= card.judged);
}

RC_GTEST_PROP(ScorecardProperty, OpenIsNeverEarned, ()) {
    for (const CriterionResult& result : score_of(random_sample()).criteria) {
        RC_ASSERT(result.open.has_value() != result.level.has_value());
        RC_ASSERT(!result.why.empty() || result.criterion.judge == Judge::person);
        if (result.open) RC_ASSERT(result.points == 0);
        if (result.criterion.judge == Judge::person) RC_ASSERT(result.open.has_value());
    }
}

RC_GTEST_PROP(ScorecardProperty, NothingIsEarnedWithoutADecisionOfEveryCheck, ()) {
    for (const CriterionResult& result : score_of(random_sample()).criteria) {
        RC_ASSERT(result.evidence.size() == result.criterion.checks.size());
        if (result.points == 0) continue;
        for (const Verdict& verdict : result.evidence) {
            RC_ASSERT(verdict.outcome != Outcome::inconclusive);
            RC_ASSERT(verdict.cause != Cause::grader_fault);
        }
    }
}

RC_GTEST_PROP(ScorecardProperty, OneMorePassNeverLowersTheScore, ()) {
    Sample sample = random_sample();
    const int before = score_of(sample).earned;
    Verdict& changed = sample.verdicts[*inRange<std::size_t>(0, sample.verdicts.size())];
    changed = passed(changed.check, 1, "one input");
    RC_ASSERT(score_of(sample).earned >= before);
}

RC_GTEST_PROP(ScorecardProperty, OneVerdictLessNeverRaisesTheScore, ()) {
    Sample sample = random_sample();
    const int before = score_of(sample).earned;
    const auto missing = *inRange<std::size_t>(0, sample.verdicts.size());
    sample.verdicts.erase(sample.verdicts.begin() + static_cast<std::ptrdiff_t>(missing));
    RC_ASSERT(score_of(sample).earned <= before);
}

RC_GTEST_PROP(ScorecardProperty, OneMoreFollowUpNeverLowersTheScore, ()) {
    Sample sample = random_sample();
    const int before = score_of(sample).earned;
    ++sample.facts.followups_revealed;
    RC_ASSERT(score_of(sample).earned >= before);
}

RC_GTEST_PROP(ScorecardProperty, TheOrderOfVerdictsDoesNotMatter, ()) {
    Sample sample = random_sample();
    const std::string before = scorecard_text(score_of(sample));
    for (std::size_t i = sample.verdicts.size(); i > 1; --i) {
        std::swap(sample.verdicts[i - 1], sample.verdicts[*inRange<std::size_t>(0, i)]);
    }
    RC_ASSERT(scorecard_text(score_of(sample)) == before);
}

RC_GTEST_PROP(ScorecardProperty, AnOldGradeIsScoredAgainToTheByte, ()) {
    Sample sample = random_sample();
    for (Verdict& verdict : sample.verdicts) verdict = random_verdict(verdict.check);
    // A pass without a case is refused when it is read; the check program never gives one.
    std::erase_if(sample.verdicts, [](const Verdict& verdict) {
        return verdict.outcome == Outcome::pass && verdict.cases == 0;
    });
    const std::string before = scorecard_text(score_of(sample));
    for (Verdict& verdict : sample.verdicts) {
        verdict = verdict_from_json(to_json(verdict), "verdicts.jsonl").value();
    }
    sample.facts = grade_facts_from_text(before, "scorecard.json").value();
    RC_ASSERT(scorecard_text(score_of(sample)) == before);
}

RC_GTEST_PROP(ScorecardProperty, PassingEverythingEarnsAllThatChecksJudge, ()) {
    Sample sample = random_sample();
    sample.facts.followups_revealed = 3;
    sample.verdicts.clear();
    int by_checks = 0;
    for (const Criterion& criterion : sample.rubric.criteria) {
        by_checks += criterion.judge == Judge::checks ? criterion.weight : 0;
        for (const std::string& check : criterion.checks) {
            sample.verdicts.push_back(passed(check, 1, "one input"));
        }
    }
    RC_ASSERT(score_of(sample).earned == by_checks);
}

}  // namespace
}  // namespace onsite
