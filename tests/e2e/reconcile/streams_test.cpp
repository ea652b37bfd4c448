// Standard input, output and errors that are closed, full, or gone.
#include "tests/e2e/reconcile/tool.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kClosed = "expected rows on standard input, found that it is closed";

// A descriptor that is free is taken by the next file: the ledger, or the record.
TEST_F(ReconcileTest, ClosedStandardInputIsNoFeed) {
    write_small_feeds();
    for (const std::string words :
         {"ledger.csv -", "- bank.csv", "ledger.csv - --no-record", "ledger.csv - --out results"}) {
        const auto result = shell("$RECONCILE " + words + " <&-");
        EXPECT_EQ(result.status, 2) << words << result.output;
        EXPECT_THAT(result.errors, HasSubstr(kClosed)) << words;
        EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
    }
    EXPECT_EQ(recorded_runs(), 0);
    EXPECT_EQ(shell("$RECONCILE ledger.csv bank.csv <&-").status, kRejectedRows);
}

TEST_F(ReconcileTest, ClosedOutputsAreNotWrittenOverFiles) {
    write_small_feeds();
    const auto silent = shell("$RECONCILE ledger.csv bank.csv --out results >&- 2>&-");
    EXPECT_EQ(silent.status, kRejectedRows);
    const auto again = shell("$RECONCILE ledger.csv bank.csv 2>&-");
    EXPECT_EQ(again.status, kRejectedRows) << again.output;
    EXPECT_THAT(again.output, HasSubstr("2 rows rejected"));
    EXPECT_EQ(reconcile({"verify", again.output.substr(4, 12)}).status, 0);
}

TEST_F(ReconcileTest, WhatCannotBePrintedIsAFailure) {
    write_small_feeds();
    for (const std::string words :
         {"ledger.csv bank.csv --json", "ledger.csv bank.csv", "history", "history --json",
          "ledger.csv bank.csv --plan", "--help", "--version", "history --help"}) {
        const auto result = shell("$RECONCILE " + words + " >/dev/full");
        EXPECT_EQ(result.status, 3) << words;
        EXPECT_THAT(result.errors, HasSubstr("expected to print all of it, found: No space left"));
        EXPECT_EQ(result.errors.substr(result.errors.size() - 1), "\n");
    }
    EXPECT_EQ(recorded_runs(), 1) << "only its report was lost";
}

TEST_F(ReconcileTest, AReaderThatGoesAwayIsNoFailure) {
    write_small_feeds();
    for (const std::string words : {"ledger.csv bank.csv --no-record", "--help"}) {
        const auto result = shell("mkfifo gone; exec 3<>gone 4>gone 3<&-; $RECONCILE " + words +
                                  " >&4; echo $? >status; rm gone");
        EXPECT_EQ(read("status"), words == "--help" ? "0\n" : "4\n") << result.errors;
        EXPECT_EQ(result.errors, "") << words;
    }
}

}  // namespace
}  // namespace onsite::testing
