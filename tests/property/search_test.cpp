// The plans behind the checks: they must cover what the checks are about, keep what they promise
// about feeds, and shrink to something a person can read.

#include "exercises/1-reconciliation/checks/search.hpp"

#include <map>
#include <optional>
#include <set>

#include <gtest/gtest.h>

#include "exercises/1-reconciliation/checks/model.hpp"
#include "exercises/1-reconciliation/checks/trial.hpp"

namespace onsite::reconciliation {
namespace {

std::vector<Plan> plans_of(const Search& options) {
    std::vector<Plan> plans;
    search(options, [&](const Plan& plan) {
        plans.push_back(plan);
        return true;
    });
    return plans;
}

// The last plan for which the property did not hold.
std::optional<Plan> smallest(const Search& options, const std::function<bool(const Plan&)>& holds) {
    std::optional<Plan> found;
    search(options, [&](const Plan& plan) {
        const bool does_hold = holds(plan);
        if (!does_hold) found = plan;
        return does_hold;
    });
    return found;
}

const Search kUsual{.seed = 7, .cases = 100, .rows_max = 100, .discrepancies = Discrepancies::some};

TEST(SearchProperty, CoversEveryClassOfFeeds) {
    std::map<Fate, int> fates;
    std::set<std::uint32_t> styles;
    int empty = 0, in_order = 0, longer_bank = 0, large = 0, twisted = 0, plain_rows = 0;
    for (const Plan& plan : plans_of(kUsual)) {
        const Feeds feeds = feeds_of(plan);
        empty += plan.rows.empty();
        in_order += plan.order == 0 && plan.rows.size() > 1;
        longer_bank += feeds.bank.size() > feeds.ledger.size();
        large += plan.rows.size() >= 50;
        styles.insert(plan.style);
        for (const PlanRow& row : plan.rows) {
            ++fates[row.fate];
            twisted += row.twist != 0;
            plain_rows += row.twist == 0;
        }
    }
    for (const Fate fate : {Fate::matched, Fate::ledger_only, Fate::bank_only, Fate::amount_differs,
                            Fate::currency_differs, Fate::both_differ}) {
        EXPECT_GE(fates[fate], 50) << static_cast<int>(fate);
    }
    EXPECT_GE(empty, 1);
    EXPECT_GE(in_order, 10);
    EXPECT_GE(longer_bank, 20);
    EXPECT_GE(large, 10);
    EXPECT_GE(styles.size(), 40u);
    EXPECT_GE(twisted, 500);
    EXPECT_GE(plain_rows, 1);
}

TEST(SearchProperty, PlansWithoutDiscrepanciesHaveNone) {
    Search options = kUsual;
    options.discrepancies = Discrepancies::none;
    for (const Plan& plan : plans_of(options)) {
        for (const Finding& finding : truth_of(question_of(Op::reconcile, feeds_of(plan)))) {
            EXPECT_EQ(finding.kind, FindingKind::unmatched);
        }
    }
}

TEST(SearchProperty, FeedsKeepWhatTheContractPromises) {
    for (const Plan& plan : plans_of(kUsual)) {
        const Question question = question_of(Op::reconcile, feeds_of(plan));
        for (const Finding& finding : truth_of(question)) {
            EXPECT_NE(finding.kind, FindingKind::rejected) << "all rows good, all ids unique";
        }
        EXPECT_LE(question.ledger.size(), 100u);
    }
}

TEST(SearchProperty, FindingsAreThoseThatWerePlanned) {
    for (const Plan& plan : plans_of(kUsual)) {
        const auto planned = std::ranges::count_if(
            plan.rows, [](const PlanRow& row) { return row.fate != Fate::matched; });
        EXPECT_EQ(truth_of(question_of(Op::reconcile, feeds_of(plan))).size(),
                  static_cast<std::size_t>(planned));
    }
}

TEST(SearchProperty, SameSeedGivesTheSamePlans) {
    const auto first = plans_of(kUsual);
    const auto again = plans_of(kUsual);
    Search other = kUsual;
    other.seed = 8;
    ASSERT_EQ(first.size(), 100u);
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].rows, again[i].rows);
    EXPECT_NE(first.back().rows, plans_of(other).back().rows);
}

TEST(SearchProperty, ShrinksToOneRow) {
    const auto plan = smallest(kUsual, [](const Plan& candidate) {
        return std::ranges::none_of(candidate.rows, [](const PlanRow& row) {
            return row.fate == Fate::bank_only && row.amount > 5'000;
        });
    });
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->rows.size(), 1u);
    EXPECT_EQ(plan->rows[0].fate, Fate::bank_only);
    EXPECT_LE(plan->rows[0].amount, 10'001u) << "as small as halving gets it";
    EXPECT_EQ(plan->rows[0].twist, 0u);
    EXPECT_EQ(plan->rows[0].currency, 0u);
    EXPECT_EQ(plan->order, 0u);
    EXPECT_EQ(plan->style, 0u);
}

TEST(SearchProperty, ShrinksToThePairThatMatters) {
    const auto plan = smallest(kUsual, [](const Plan& candidate) {
        std::set<std::uint32_t> twists;
        int ledger_rows = 0;
        for (const PlanRow& row : candidate.rows) {
            twists.insert(row.twist % 10);
            ledger_rows += row.fate == Fate::ledger_only;
        }
        return !(twists.contains(3) && ledger_rows >= 2);
    });
    ASSERT_TRUE(plan);
    EXPECT_LE(plan->rows.size(), 3u);
}

}  // namespace
}  // namespace onsite::reconciliation
