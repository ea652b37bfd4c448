// What a user types and what comes out: every form of input, every exit status, exact results.
#include "tests/e2e/reconcile/tool.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ReconcileTest, EqualFeedsEndWithStatusZero) {
    write("a.csv", "id,amount,currency\nx,1,USD\ny,2,USD\n");
    write("b.csv", "id,amount,currency\ny,2,USD\nx,1,USD\n");
    const CommandResult result = reconcile({"a.csv", "b.csv"});
    EXPECT_EQ(result.status, kEqual) << result.errors;
    EXPECT_THAT(result.output, HasSubstr("equal; no row rejected"));
}

TEST_F(ReconcileTest, DifferencesAndRejectedRowsAreToldApart) {
    write("a.csv", "id,amount,currency\nx,1,USD\n");
    write("b.csv", "id,amount,currency\nx,2,USD\n");
    write("c.csv", "id,amount,currency\nx,1,USD\nx,1,USD\n");
    EXPECT_EQ(reconcile({"a.csv", "b.csv"}).status, kDifferences);
    EXPECT_EQ(reconcile({"a.csv", "c.csv"}).status, kRejectedRows);
    EXPECT_EQ(reconcile({"a.csv", "missing.csv"}).status, 2);
    EXPECT_EQ(reconcile({"a.csv", "b.csv", "--out", "/dev/null/x"}).status, 3);
    EXPECT_EQ(reconcile({"a.csv"}).status, 2);
    EXPECT_EQ(reconcile({"a.csv", "b.csv", "--unknown"}).status, 2);
}

// An export that stopped behind its header is no reason to say "equal" and no more.
TEST_F(ReconcileTest, AFeedWithoutARowIsWarnedOf) {
    write("a.csv", "id,amount,currency\nx,1,USD\n");
    write("none.csv", "id,amount,currency\n");
    write("nothing.csv", "");
    const auto both = reconcile({"none.csv", "nothing.csv", "--out", "r"});
    EXPECT_EQ(both.status, kEqual);
    EXPECT_THAT(both.output, HasSubstr("\nwarning: the ledger has no rows; if it should have some, "
                                       "look at its files\nwarning: the bank has no rows; "));
    EXPECT_THAT(both.output, HasSubstr("\nnothing was compared; no row rejected\n"));
    EXPECT_THAT(read("r/report.html"), HasSubstr("<p class=\"bad\">warning: the bank has no rows"));
    EXPECT_THAT(read("r/summary.json"), HasSubstr("\"ledger_is_empty\",\n      \"bank_is_empty\""));
    EXPECT_EQ(reconcile({"verify", both.output.substr(4, 12)}).status, 0);

    const auto one = reconcile({"a.csv", "none.csv", "--json"});
    EXPECT_EQ(one.status, kDifferences);
    EXPECT_THAT(one.output, HasSubstr("\"warnings\":[\"bank_is_empty\"]"));
    EXPECT_THAT(reconcile({"a.csv", "a.csv", "--json"}).output, HasSubstr("\"warnings\":[]"));
}

TEST_F(ReconcileTest, FeedsWhoseRowsAreAllRejectedAreNotCalledEqual) {
    write("a.csv", "id,amount,currency\nx,1.5,USD\n");
    write("b.csv", "id,amount,currency\nx,1,usd\n");
    const auto result = reconcile({"a.csv", "b.csv"});
    EXPECT_EQ(result.status, kRejectedRows);
    EXPECT_THAT(result.output, HasSubstr("warning: every row of the ledger was rejected; "));
    EXPECT_THAT(result.output, HasSubstr("\nnothing was compared; 2 rows rejected\n"));
}

TEST_F(ReconcileTest, TheResultFilesAreExact) {
    write_small_feeds();
    ASSERT_EQ(reconcile({"ledger.csv", "bank.csv", "--out", "results"}).status, kRejectedRows);
    EXPECT_EQ(read("results/unmatched.csv"),
              "side,id,amount_minor,currency,file,line,byte\n"
              "ledger,left,200,USD,ledger.csv,3,32\n"
              "bank,right,400,JPY,bank.csv,3,33\n");
    EXPECT_EQ(read("results/discrepancies.csv"),
              "id,differs,ledger_amount_minor,ledger_currency,bank_amount_minor,bank_currency,"
              "ledger_file,ledger_line,ledger_byte,bank_file,bank_line,bank_byte\n"
              "other,currency,300,USD,300,EUR,ledger.csv,4,45,bank.csv,2,19\n");
    EXPECT_EQ(read("results/rejected.csv"),
              "side,file,line,byte,reason,id,amount_minor,currency\n"
              "ledger,ledger.csv,5,59,duplicate_id,same,100,USD\n"
              "ledger,ledger.csv,6,72,amount_not_a_number,,,\n");
    EXPECT_THAT(read("results/summary.json"), HasSubstr("\"outcome\": \"rejected_rows\""));
    EXPECT_THAT(read("results/report.html"), HasSubstr("Drift by currency"));
}

TEST_F(ReconcileTest, ResultsInNdjsonKeepEveryByteOfAnId) {
    write("a.csv", "id,amount,currency\n\"q\"\"\n,\",1,USD\n\xff\xfe,2,USD\n");
    write("b.csv", "id,amount,currency\n");
    ASSERT_EQ(reconcile({"a.csv", "b.csv", "--out", "r", "--format", "ndjson"}).status,
              kDifferences);
    EXPECT_EQ(read("r/unmatched.ndjson"),
              "{\"side\":\"ledger\",\"id\":\"q\\\"\\n,\",\"amount_minor\":1,\"currency\":\"USD\","
              "\"file\":\"a.csv\",\"line\":2,\"byte\":19}\n"
              "{\"side\":\"ledger\",\"id_hex\":\"fffe\",\"amount_minor\":2,\"currency\":\"USD\","
              "\"file\":\"a.csv\",\"line\":4,\"byte\":33}\n");
}

TEST_F(ReconcileTest, ASeparatorInsideAnIdIsQuotedInTheResults) {
    write("a.csv", "id,amount,currency\n\"a,b\"\"c\",1,USD\n");
    write("b.csv", "id,amount,currency\n");
    ASSERT_EQ(reconcile({"a.csv", "b.csv", "--out", "r"}).status, kDifferences);
    EXPECT_THAT(read("r/unmatched.csv"), HasSubstr("ledger,\"a,b\"\"c\",1,USD,a.csv"));
}

TEST_F(ReconcileTest, SeveralFilesMakeOneFeed) {
    write("monday.csv", "id,amount,currency\nm,1,USD\n");
    write("tuesday.csv", "currency,id,amount\nUSD,t,2\n");
    write("bank.ndjson",
          "{\"id\":\"t\",\"amount\":2,\"currency\":\"USD\"}\n"
          "{\"currency\":\"USD\",\"amount\":1,\"id\":\"m\"}\n");
    const auto result =
        reconcile({"--ledger", "monday.csv", "--ledger", "tuesday.csv", "--bank", "bank.ndjson"});
    EXPECT_EQ(result.status, kEqual) << result.output << result.errors;
}

TEST_F(ReconcileTest, AFeedMayHaveMoreFilesThanAProcessUsuallyOpens) {
    const auto result = shell(
        "ulimit -Sn 64; words=(); echo id,amount,currency >bank.csv; for n in {1..100}; do "
        "printf 'id,amount,currency\\n%s,1,USD\\n' $n >$n.csv; echo $n,1,USD >>bank.csv; "
        "words+=(--ledger $n.csv); done; $RECONCILE \"${words[@]}\" --bank bank.csv");
    EXPECT_EQ(result.status, kEqual) << result.errors;
}

TEST_F(ReconcileTest, CompressedFilesAndStandardInputAreFeeds) {
    write("a.csv", "id,amount,currency\nx,1,USD\n");
    EXPECT_EQ(shell("gzip -k a.csv && $RECONCILE a.csv a.csv.gz").status, kEqual);
    EXPECT_EQ(shell("$RECONCILE a.csv - <a.csv").status, kEqual);
    EXPECT_EQ(shell("cat a.csv.gz | $RECONCILE - a.csv").status, kEqual);
    EXPECT_EQ(shell("$RECONCILE <(cat a.csv) a.csv").status, kEqual);
    EXPECT_EQ(shell("$RECONCILE - - <a.csv").status, 2);
}

TEST_F(ReconcileTest, ColumnsAreMappedByNameAndByNumber) {
    write("ledger.csv", "ref;x;gross;ccy\nr1;;10.50;USD\nr2;;7;JPY\n");
    write("bank.csv", "USD,1050,r1\nJPY,7,r2\n");
    const auto result =
        reconcile({"ledger.csv", "bank.csv", "--ledger-columns", "id=ref,amount=gross,currency=ccy",
                   "--ledger-delimiter", ";", "--ledger-amounts", "decimal"});
    EXPECT_EQ(result.status, 2);  // The bank's file has no header with an id.
    const auto said =
        reconcile({"ledger.csv", "bank.csv", "--ledger-columns", "id=ref,amount=gross,currency=ccy",
                   "--ledger-delimiter", ";", "--ledger-amounts", "decimal", "--bank-no-header",
                   "--bank-columns", "id=3,amount=2,currency=1"});
    EXPECT_EQ(said.status, kEqual) << said.output << said.errors;
    write("bank.ndjson",
          "{\"ref\":\"r1\",\"amount\":1050,\"currency\":\"USD\"}\n"
          "{\"ref\":\"r2\",\"amount\":7,\"currency\":\"JPY\"}\n");
    EXPECT_EQ(reconcile({"bank.csv", "bank.ndjson", "--no-header", "--ledger-columns",
                         "id=3,amount=2,currency=1", "--bank-columns", "id=ref"})
                  .status,
              kEqual);
    write("numbers.csv", "r1,-,1050,USD\nr2,-,7,JPY\n");
    write("others.csv", "r1,+,1050,USD\nr2,+,7,JPY\n");
    EXPECT_EQ(reconcile({"numbers.csv", "others.csv", "--no-header", "--columns",
                         "id=1,amount=3,currency=4,of=4"})
                  .status,
              kEqual);
    write("named.csv", "id,amount,currency\nr1,1050,USD\nr2,7,JPY\n");
    EXPECT_EQ(reconcile({"ledger.csv", "named.csv", "--ledger-columns",
                         "id=ref,amount=gross,currency=ccy", "--ledger-delimiter", ";",
                         "--ledger-amounts", "decimal"})
                  .status,
              kEqual);
}

// "amount=1" leaves the id in column 1: amounts would be taken for ids, and found equal or not.
TEST_F(ReconcileTest, OneColumnIsOneField) {
    write("a.csv", "1,x,USD\n");
    write("b.csv", "id,amount,currency\nx,1,USD\n");
    write("c.ndjson", "{\"id\":\"x\",\"amount\":1,\"currency\":\"USD\"}\n");
    const auto expect_refused = [&](std::vector<std::string> words, const std::string& text) {
        const auto result = reconcile(std::move(words));
        EXPECT_EQ(result.status, 2) << text << result.output;
        EXPECT_THAT(result.errors, HasSubstr(text));
    };
    expect_refused({"a.csv", "b.csv", "--ledger-no-header", "--ledger-columns", "amount=1"},
                   "the ledger: expected three columns, found id and amount in column 1");
    expect_refused(
        {"b.csv", "b.csv", "--bank-columns", "currency=amount"},
        "the bank: expected three columns, found amount and currency in column 'amount'");
    expect_refused({"b.csv", "c.ndjson", "--bank-columns", "currency=id"},
                   "the bank: expected three columns, found id and currency in column 'id'");
    EXPECT_EQ(
        reconcile({"a.csv", "b.csv", "--ledger-no-header", "--ledger-columns", "amount=1,id=2"})
            .status,
        kEqual);
}

TEST_F(ReconcileTest, AnIdCannotWriteToTheTerminalOrThePage) {
    write("a.csv", "id,amount,currency\n\x1b[31m<script>alert(1)</script>,1,USD\n");
    write("b.csv", "id,amount,currency\n");
    const auto result = reconcile({"a.csv", "b.csv", "--out", "r"});
    EXPECT_THAT(result.output, Not(HasSubstr("\x1b")));
    EXPECT_THAT(read("r/report.html"), Not(HasSubstr("<script")));
    EXPECT_THAT(read("r/report.html"), HasSubstr("&lt;script"));
}

// A '-' for "none in this feed" that touches the next column is a minus.
TEST_F(ReconcileTest, ColumnsOfLargeSumsStayApart) {
    write("a.csv",
          "id,amount,currency\nx,100000000000000,IDR\nz,9000000000000000000,USD\n"
          "y,9000000000000000000,USD\n");
    write("b.csv", "id,amount,currency\nz,9000000000000000000,USD\n");
    const auto result = reconcile({"a.csv", "b.csv"});
    EXPECT_THAT(
        result.output,
        HasSubstr(
            "currency                      ledger                       bank                      "
            "drift\n"
            "IDR             1,000,000,000,000.00                          -       "
            "1,000,000,000,000.00\n"
            "USD       180,000,000,000,000,000.00  90,000,000,000,000,000.00  "
            "90,000,000,000,000,000.00\n"))
        << result.output;
}

TEST_F(ReconcileTest, JsonForMachinesIsOneLineOnStandardOutput) {
    write_small_feeds();
    const auto result = reconcile({"ledger.csv", "bank.csv", "--json"});
    EXPECT_EQ(count_of("\n", result.output), 1);
    EXPECT_THAT(result.output, HasSubstr("\"drift_minor\":{\"EUR\":\"-300\""));
    EXPECT_EQ(result.errors, "");
}

TEST_F(ReconcileTest, WrongWordsAreNamed) {
    write_small_feeds();
    const auto expect_error = [&](std::vector<std::string> more, const std::string& text) {
        more.insert(more.begin(), {"ledger.csv", "bank.csv"});
        const auto result = reconcile(more);
        EXPECT_EQ(result.status, 2) << text;
        EXPECT_THAT(result.errors, HasSubstr(text));
        EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
    };
    expect_error({"--date", "2026-02-30"}, "2026-02-30");
    expect_error({"--memory", "12 potatoes"}, "12 potatoes");
    expect_error({"--strategy", "magic"}, "magic");
    expect_error({"--strategy", "sketch", "--exact"}, "exact");
    expect_error({"--columns", "id"}, "\"id\"");
    expect_error({"--amounts", "float"}, "float");
    expect_error({"--format", "xml"}, "xml");
    expect_error({"--input", "parquet"}, "parquet");
    expect_error({"--delimiter", "::"}, "::");
    expect_error({"--record", "mysql://x"}, "mysql://x");
    expect_error({"--memory", "1MiB"}, "64 MiB");
}

TEST_F(ReconcileTest, NothingOfAWordIsDropped) {
    write_small_feeds();
    const auto expect_refused = [&](std::vector<std::string> words, const std::string& text) {
        const auto result = reconcile(std::move(words));
        EXPECT_EQ(result.status, 2) << text << result.output;
        EXPECT_THAT(result.errors, HasSubstr(text));
    };
    for (const std::string columns :
         {"id=1,amount=2;currency=3", "id=1x", "id=0", "id=-1", "id=1.5", "of=3,,"}) {
        expect_refused({"ledger.csv", "bank.csv", "--no-header", "--columns", columns},
                       "id=1,amount=2,currency=3,of=3; found");
    }
    for (const std::string option : {"--delimiter", "--date", "--out", "--bank-delimiter"}) {
        expect_refused({"ledger.csv", "bank.csv", option, ""}, "expected a value, found an empty");
    }
    expect_refused({"ledger.csv", "history"}, "before history, found LEDGER ledger.csv");
    expect_refused({"--record", "other", "history"}, "before history, found --record other");
    EXPECT_EQ(recorded_runs(), 0);
}

TEST_F(ReconcileTest, StrategyMemoryAndThreadsChangeNothing) {
    write_small_feeds();
    ASSERT_EQ(reconcile({"ledger.csv", "bank.csv", "--no-record", "--out", "auto"}).status,
              kRejectedRows);
    for (const std::string strategy : {"hash", "sort-merge", "sketch"}) {
        ASSERT_EQ(reconcile({"ledger.csv", "bank.csv", "--no-record", "--out", strategy,
                             "--strategy", strategy, "--threads", "1"})
                      .status,
                  kRejectedRows);
        for (const std::string file : {"unmatched.csv", "discrepancies.csv", "rejected.csv",
                                       "summary.json", "report.html"}) {
            EXPECT_EQ(read(strategy + "/" + file), read("auto/" + file)) << strategy << file;
        }
    }
}

}  // namespace
}  // namespace onsite::testing
