#include "harness/scoring/scorecard.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/clock.hpp"
#include "harness/scoring/adding_up.hpp"

namespace onsite {
namespace {

// The verdicts by check; there are two of one check only when a grader is broken.
using VerdictsByCheck = std::multimap<std::string_view, const Verdict*>;

Verdict grader_fault(const std::string& check, std::string_view fault) {
    Verdict verdict;
    verdict.check = check;
    verdict.outcome = Outcome::inconclusive;
    verdict.cause = Cause::grader_fault;
    verdict.message = fmt::format("grader fault: check {} {}", check, fault);
    return verdict;
}

Verdict not_revealed(const std::string& check, int followup) {
    Verdict verdict;
    verdict.check = check;
    verdict.outcome = Outcome::inconclusive;
    verdict.cause = Cause::not_run;
    verdict.message = fmt::format("not revealed yet: belongs to follow-up {}", followup);
    return verdict;
}

// The one verdict of a check, or what stands in for it.
Verdict verdict_of(const std::string& check, const VerdictsByCheck& verdicts) {
    const auto [first, last] = verdicts.equal_range(check);
    if (first == last) return grader_fault(check, "gave no verdict");
    if (std::next(first) != last) return grader_fault(check, "gave two verdicts");
    Verdict verdict = *first->second;
    if (verdict.outcome == Outcome::pass && verdict.cases == 0) {
        return grader_fault(check, "passed without judging anything");
    }
    verdict.percent = std::clamp(verdict.percent, 0, 100);
    return verdict;
}

bool is_undecided(const Verdict& verdict) { return verdict.outcome == Outcome::inconclusive; }

// The highest level whose percent is at most the mean; sums, so that nothing is rounded.
int level_of(const Criterion& criterion, int percent_sum) {
    const int count = static_cast<int>(criterion.checks.size());
    int reached = 1;
    for (const Level& level : criterion.levels) {
        if (level.percent * count <= percent_sum) reached = level.level;
    }
    return reached;
}

CriterionResult leave_open(CriterionResult result, OpenReason reason, std::string why) {
    result.open = reason;
    result.why = std::move(why);
    return result;
}

CriterionResult judge_checks(CriterionResult result, const VerdictsByCheck& verdicts) {
    const Criterion& criterion = result.criterion;
    int sum = 0;
    int best_sum = 0;
    const Verdict* fault = nullptr;
    const Verdict* undecided = nullptr;
    for (const std::string& check : criterion.checks) {
        result.evidence.push_back(verdict_of(check, verdicts));
    }
    for (const Verdict& verdict : result.evidence) {
        const bool is_open = is_undecided(verdict);
        sum += is_open ? 0 : verdict.percent;
        best_sum += is_open ? 100 : verdict.percent;
        if (is_open && undecided == nullptr) undecided = &verdict;
        if (verdict.cause == Cause::grader_fault && fault == nullptr) fault = &verdict;
    }
    if (fault != nullptr) {
        std::string why = fault->message;
        return leave_open(std::move(result), OpenReason::grader_fault, std::move(why));
    }
    if (undecided != nullptr && level_of(criterion, best_sum) > 1) {
        std::string why = fmt::format("{}: {}", undecided->check, undecided->message);
        return leave_open(std::move(result), OpenReason::inconclusive, std::move(why));
    }
    const int level = level_of(criterion, sum);
    result.level = level;
    result.percent = sum / static_cast<int>(criterion.checks.size());
    result.points = points_of(criterion.weight, level);
    result.why = criterion.levels[static_cast<std::size_t>(level - 1)].behaviour;
    return result;
}

CriterionResult judge(const Criterion& criterion, const VerdictsByCheck& verdicts,
                      int followups_revealed) {
    CriterionResult result;
    result.criterion = criterion;
    if (criterion.followup > followups_revealed) {
        for (const std::string& check : criterion.checks) {
            result.evidence.push_back(not_revealed(check, criterion.followup));
        }
        return leave_open(std::move(result), OpenReason::not_revealed,
                          fmt::format("not revealed yet: follow-up {}", criterion.followup));
    }
    if (criterion.judge == Judge::person) {
        return leave_open(std::move(result), OpenReason::person,
                          fmt::format("for a person: {}", fmt::join(criterion.evidence, "; ")));
    }
    return judge_checks(std::move(result), verdicts);
}

// By name and then by content, so that the order in which checks ended does not show.
std::vector<Verdict> without_criterion(const Rubric& rubric, std::span<const Verdict> verdicts) {
    std::vector<Verdict> others;
    for (const Verdict& verdict : verdicts) {
        const bool is_evidence = std::ranges::any_of(rubric.criteria, [&](const Criterion& one) {
            return std::ranges::find(one.checks, verdict.check) != one.checks.end();
        });
        if (!is_evidence) others.push_back(verdict);
    }
    std::ranges::sort(others, {}, [](const Verdict& one) {
        return std::tuple(one.check, one.outcome, one.cause, one.message, one.cases);
    });
    return others;
}

bool applies(const Gate& gate, const Scorecard& card) {
    return std::ranges::any_of(card.criteria, [&](const CriterionResult& result) {
        return result.criterion.id == gate.when && result.level && *result.level < gate.below;
    });
}

}  // namespace

int points_of(int weight, int level) {
    const int thirds = weight * (level - 1);
    return (2 * thirds + 3) / 6;
}

void add_up(const Rubric& rubric, Scorecard& card) {
    card.possible = card.judged = card.earned = 0;
    for (const CriterionResult& result : card.criteria) {
        card.possible += result.criterion.weight;
        card.judged += result.open ? 0 : result.criterion.weight;
        card.earned += result.points;
    }
    card.earned_before_gates = card.earned;
    card.gates.clear();
    for (const Gate& gate : rubric.gates) {
        if (!applies(gate, card)) continue;
        card.gates.push_back(gate);
        card.earned = std::min(card.earned, gate.cap);
    }
}

std::string_view to_string(OpenReason reason) {
    switch (reason) {
        case OpenReason::person:
            return "person";
        case OpenReason::not_revealed:
            return "not_revealed";
        case OpenReason::inconclusive:
            return "inconclusive";
        case OpenReason::grader_fault:
            return "grader_fault";
    }
    std::abort();
}

std::int64_t GradeFacts::minutes_used() const {
    return used_ms.value_or(std::max<std::int64_t>(0, graded_at_ms - started_at_ms)) / kMsPerMinute;
}

Scorecard score(const Rubric& rubric, std::span<const Verdict> verdicts, GradeFacts facts) {
    VerdictsByCheck by_check;
    for (const Verdict& verdict : verdicts) by_check.emplace(verdict.check, &verdict);

    Scorecard card;
    card.rubric_version = rubric.version;
    for (const Criterion& criterion : rubric.criteria) {
        card.criteria.push_back(judge(criterion, by_check, facts.followups_revealed));
    }
    add_up(rubric, card);
    card.other = without_criterion(rubric, verdicts);
    card.is_grade = facts.isolation.level != IsolationLevel::none;
    if (!card.is_grade) {
        card.notice =
            "not a grade: the submission was not isolated from what judges it; run ./onsite doctor "
            "to see what is missing";
    }
    card.facts = std::move(facts);
    return card;
}

}  // namespace onsite
