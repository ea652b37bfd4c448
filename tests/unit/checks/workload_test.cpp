// The large feeds of growth and memory claim to know their right answer; the model checks it.

#include "exercises/1-reconciliation/checks/workload.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/model.hpp"

namespace onsite::reconciliation {
namespace {

std::vector<Row> rows_of(const std::string& feed) {
    return Json::parse("[" + feed + "]").get<std::vector<Row>>();
}

TEST(WorkloadTest, TruthIsWhatTheModelSays) {
    for (const auto discrepancies : {Discrepancies::none, Discrepancies::some}) {
        const Workload workload = make_workload(
            {.rows = 1'000, .id_bytes = 40, .seed = 5, .discrepancies = discrepancies}, ',');
        const auto ledger = rows_of(workload.ledger);
        const auto bank = rows_of(workload.bank);
        EXPECT_EQ(ledger.size(), 1'000u);
        EXPECT_EQ(bank.size(), 1'000u);
        EXPECT_EQ(ledger[0][0].size(), 40u);
        EXPECT_EQ(workload.truth, findings_of(model_reconcile_feeds(ledger, bank)));
        EXPECT_EQ(workload.truth.size(), discrepancies == Discrepancies::some ? 30u : 20u);
    }
}

TEST(WorkloadTest, TruthIsEveryRowWhenNothingMatches) {
    const Workload workload = make_workload({.rows = 1'000, .seed = 5, .has_matches = false}, ',');
    const auto ledger = rows_of(workload.ledger);
    const auto bank = rows_of(workload.bank);
    EXPECT_EQ(workload.truth, findings_of(model_reconcile_feeds(ledger, bank)));
    EXPECT_EQ(workload.truth.size(), 2'000u);
}

TEST(WorkloadTest, SameSpecGivesTheSameFeeds) {
    const WorkloadSpec spec{.rows = 300, .id_bytes = 16, .seed = 9};
    EXPECT_EQ(make_workload(spec, '\n').bank, make_workload(spec, '\n').bank);
    WorkloadSpec other = spec;
    other.seed = 10;
    EXPECT_NE(make_workload(spec, '\n').bank, make_workload(other, '\n').bank);
}

TEST(WorkloadTest, LazyAnswersShowNoWork) {
    const Workload workload = make_workload({.rows = 1'000, .id_bytes = 16, .seed = 1}, ',');
    EXPECT_TRUE(shows_work(workload.truth, workload.truth));
    EXPECT_FALSE(shows_work(workload.truth, {})) << "nothing";
    Findings everything;
    for (const Row& row : rows_of(workload.ledger)) {
        everything.push_back(unmatched(Side::ledger, to_transaction(row)));
    }
    EXPECT_FALSE(shows_work(workload.truth, sorted(everything))) << "everything";
    Findings one_side = workload.truth;
    std::erase_if(one_side, [](const Finding& one) { return one.side == Side::bank; });
    EXPECT_TRUE(shows_work(workload.truth, one_side)) << "half of it is another criterion's loss";
}

}  // namespace
}  // namespace onsite::reconciliation
