// The run record: processed once, shown, listed, verified; and never half written.
#include "tests/e2e/reconcile/tool.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

TEST_F(ReconcileTest, TheSameSnapshotsAndDateAreProcessedOnce) {
    write_small_feeds();
    const auto first = reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-23"});
    const auto again = reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-23"});
    EXPECT_EQ(again.status, first.status);
    EXPECT_EQ(again.output, first.output);  // Duration and time too: it is the stored record.
    EXPECT_THAT(again.errors, HasSubstr("nothing was processed again"));
    EXPECT_EQ(recorded_runs(), 1);
    reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-24"});
    EXPECT_EQ(recorded_runs(), 2);
}

TEST_F(ReconcileTest, OtherBytesOfTheSameSizeAreAnotherRun) {
    write_small_feeds();
    reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-23"});
    write("bank.csv", "id,amount,currency\nother,300,EUR\nright,400,JPY\nsame,101,USD\n");
    const auto changed = reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-23"});
    EXPECT_THAT(changed.output, HasSubstr("1.00 USD is 1.01 USD"));
    EXPECT_EQ(recorded_runs(), 2);
}

TEST_F(ReconcileTest, TheSameBytesUnderAnotherNameAreTheSameRun) {
    write_small_feeds();
    reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-23"});
    fs::copy_file(path("bank.csv"), path("copy.csv"));
    reconcile({"ledger.csv", "copy.csv", "--date", "2026-11-23"});
    EXPECT_EQ(recorded_runs(), 1);
    // Other words for the feeds make another question.
    reconcile({"ledger.csv", "copy.csv", "--date", "2026-11-23", "--amounts", "decimal"});
    EXPECT_EQ(recorded_runs(), 2);
}

TEST_F(ReconcileTest, ResultsAskedForLaterAreThoseOfTheRecordedRun) {
    write_small_feeds();
    reconcile({"ledger.csv", "bank.csv", "--out", "first"});
    const auto later = reconcile({"ledger.csv", "bank.csv", "--out", "later"});
    EXPECT_EQ(later.status, kRejectedRows);
    EXPECT_EQ(recorded_runs(), 1);
    for (const std::string file :
         {"unmatched.csv", "discrepancies.csv", "rejected.csv", "summary.json", "report.html"}) {
        EXPECT_EQ(read("later/" + file), read("first/" + file)) << file;
    }
}

TEST_F(ReconcileTest, AFolderWithSomethingElseInItIsLeftAlone) {
    write_small_feeds();
    fs::create_directory(path("mine"));
    write("mine/notes.txt", "keep me");
    const auto result = reconcile({"ledger.csv", "bank.csv", "--out", "mine"});
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("mine"));
    EXPECT_EQ(read("mine/notes.txt"), "keep me");
    EXPECT_EQ(recorded_runs(), 0);
}

TEST_F(ReconcileTest, ARecordIsShownByTheBeginningOfItsName) {
    write_small_feeds();
    const auto made = reconcile({"ledger.csv", "bank.csv"});
    const std::string name = made.output.substr(4, 12);
    EXPECT_EQ(reconcile({"show", name}).output, made.output);
    EXPECT_THAT(reconcile({"history"}).output, HasSubstr(name));
    EXPECT_EQ(reconcile({"show", "ffffffff"}).status, 2);
    EXPECT_EQ(reconcile({"show", "%"}).status, 2);
}

// A database of a team is written by others, too.
TEST_F(ReconcileTest, ARecordCannotDriveTheTerminal) {
    write_small_feeds();
    const std::string name = reconcile({"ledger.csv", "bank.csv"}).output.substr(4, 12);
    shell(R"sh(sqlite3 runs.sqlite "update reconcile_runs set run_date = char(27) || '[2J',
        document = replace(document, 'ledger.csv:', 'ledger.csv\u001b[2J:')")sh");
    for (const auto& said : {reconcile({"show", name}), reconcile({"history"})}) {
        EXPECT_EQ(said.status, 0) << said.errors;
        EXPECT_THAT(said.output, HasSubstr("\\x1b[2J"));
        EXPECT_EQ(said.output.find('\x1b'), std::string::npos) << said.output;
    }
}

TEST_F(ReconcileTest, RunsOfOneSecondAreListedNewestLast) {
    write_small_feeds();
    shell("for day in {11..24}; do $RECONCILE ledger.csv bank.csv --date 2026-11-$day; done");
    const std::string history = reconcile({"history"}).output;
    std::size_t at = 0;
    for (int day = 11; day <= 24; ++day) {
        const std::size_t found = history.find("2026-11-" + std::to_string(day) + "  ");
        ASSERT_NE(found, std::string::npos) << history;
        EXPECT_GT(found, at) << history;
        at = found;
    }
    EXPECT_EQ(count_of("2026-11-24 ", reconcile({"history", "--limit", "1"}).output), 1);
}

TEST_F(ReconcileTest, AClockThatWasSetBackLeavesTheNewestLast) {
    write_small_feeds();
    reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-11"});
    shell("sqlite3 runs.sqlite \"update reconcile_runs set recorded_at = '2999-01-01T00:00:00Z'\"");
    reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-12"});
    EXPECT_THAT(reconcile({"history", "--limit", "1"}).output, HasSubstr("2026-11-12 "));
    const std::string all = reconcile({"history"}).output;
    EXPECT_LT(all.find("2026-11-11 "), all.find("2026-11-12 ")) << all;
}

// As a service of the system: the root folder is nobody's home.
TEST_F(ReconcileTest, WithoutAHomeTheRecordHasToBeNamed) {
    write_small_feeds();
    const auto result = shell("env -i $RECONCILE ledger.csv bank.csv");
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("found \"\"; name one with --record or ONSITE_RECORD"));
    EXPECT_EQ(shell("env -i $RECONCILE ledger.csv bank.csv --no-record").status, kRejectedRows);
    EXPECT_EQ(shell("env -i XDG_STATE_HOME=$PWD/state $RECONCILE ledger.csv bank.csv").status,
              kRejectedRows);
    EXPECT_TRUE(fs::exists(path("state/onsite/reconcile.sqlite")));
}

TEST_F(ReconcileTest, APasswordOfTheRecordIsNotPrinted) {
    write_small_feeds();
    for (const std::string where :
         {"postgresql://joe:s3cret@127.0.0.1:1/x", "mysql://joe:s3cret@host/x",
          "postgres:/joe:s3cret@host/x", "postgresql:joe:s3cret@host",
          "postgresql://joe:s3cret@[::1/x", "postgresql://joe:s3cret%zz@host/x",
          "postgresql://joe:s3cret/more@host/x", "postgresql://joe:s3cret?more@host/x",
          "postgresql://joe:s3cret?more=1@host/x", "postgresql://joe:s3cret@more@host:1/x"}) {
        for (const std::string words :
             {"ledger.csv bank.csv", "history", "--help", "show --help"}) {
            const auto result = shell("ONSITE_RECORD='" + where + "' $RECONCILE " + words);
            EXPECT_THAT(result.output + result.errors, Not(HasSubstr("s3cret"))) << words;
            EXPECT_EQ(result.status == 0, words.ends_with("--help")) << where << words;
        }
    }
    EXPECT_FALSE(fs::exists(path("postgres:"))) << "a URL with one slash is no file";
}

TEST_F(ReconcileTest, WhoOnlyReadsMakesNoRecord) {
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"history"}, {"show", "3f2a"}, {"verify", "3f2a"}}) {
        auto typo = words;
        typo.insert(typo.end(), {"--record", "typo.sqlite"});
        const auto result = reconcile(typo);
        EXPECT_EQ(result.status, 2) << words[0];
        EXPECT_THAT(result.errors, HasSubstr("typo.sqlite: expected a run record, found nothing"));
        EXPECT_FALSE(fs::exists(path("typo.sqlite"))) << words[0];
    }
    const auto first =
        shell("unset ONSITE_RECORD; HOME=$PWD/home XDG_STATE_HOME= $RECONCILE history");
    EXPECT_EQ(first.status, 0) << "nobody named one";
    EXPECT_THAT(first.output, HasSubstr("no runs are recorded yet"));
    EXPECT_FALSE(fs::exists(path("home")));
}

TEST_F(ReconcileTest, VerifyReadsEverythingAgain) {
    write_small_feeds();
    const std::string name =
        reconcile({"ledger.csv", "bank.csv", "--out", "results"}).output.substr(4, 12);
    const auto good = reconcile({"verify", name});
    EXPECT_EQ(good.status, 0) << good.output << good.errors;
    EXPECT_THAT(good.output, HasSubstr("verified: the record is true"));

    write("results/unmatched.csv", "tampered");
    EXPECT_EQ(reconcile({"verify", name}).status, 1);
    fs::remove(path("bank.csv"));
    const auto gone = reconcile({"verify", name});
    EXPECT_EQ(gone.status, 1);
    EXPECT_THAT(gone.output, HasSubstr("WRONG  bank"));
}

TEST_F(ReconcileTest, VerifyFindsARecordThatWasChanged) {
    write_small_feeds();
    const std::string name = reconcile({"ledger.csv", "bank.csv"}).output.substr(4, 12);
    shell(R"sh(sqlite3 runs.sqlite "update reconcile_runs set document =
               replace(document, '\"matched\":1,', '\"matched\":2,')")sh");
    const auto result = reconcile({"verify", name});
    EXPECT_EQ(result.status, 1) << result.output;
    EXPECT_THAT(result.output, HasSubstr("WRONG  counts and sums"));
}

// What an editor of the database writes, and where verify finds it.
std::vector<std::pair<std::string, std::string>> falsifications() {
    const auto in_document = [](const std::string& where, const std::string& value) {
        return "document = json_set(document, '$." + where + "', " + value + ")";
    };
    const std::string number = "'ffffffffffffffffffffffffffffffff'";
    return {{in_document("date", "'2020-02-29'"), "name of the run"},
            {in_document("exact", "json('true')"), "name of the run"},
            {in_document("run", number), "name of the run"},
            {in_document("key", number), "key"},
            {in_document("samples.ledger_only[0].id", "'innocent'"), "samples"},
            {in_document("samples.discrepancies", "json('[]')"), "samples"},
            {in_document("making.sketch_confidence_bits", "100"), "chance of the sketch"},
            {in_document("making.recorded_at", "'2020-02-29T00:00:00Z'"), "history"},
            {in_document("summary.ledger.files[0].bytes", "5"), "ledger"},
            {in_document("summary.ledger.files[0].path", "'other.csv'"), "ledger"},
            {in_document("summary.drift_minor.USD", "'0'"), "drift"},
            {in_document("summary.outcome", "'equal'"), "outcome"},
            {in_document("findings_hash", number), "findings"},
            {in_document("out_files", "json('[]')"), "results"},
            {in_document("out_files[0].bytes", "1"), "result"},
            {in_document("ledger.files[1]", "'/dev/null'"), "ledger files"},
            {"document = json_remove(document, '$.summary.bank.files[0]')", "bank files"},
            {"run_date = '2020-02-29'", "history"},
            {"recorded_at = '2020-02-29T00:00:00Z'", "history"},
            {"outcome = 'equal'", "history"},
            {"ledger_rows = 0", "history"},
            {"differences = 0", "history"},
            {"rejected = 0", "history"},
            {"run_key = " + number, "history"}};
}

TEST_F(ReconcileTest, VerifyFindsWhateverWasFalsified) {
    write_small_feeds();
    const std::string name =
        reconcile({"ledger.csv", "bank.csv", "--out", "results"}).output.substr(4, 12);
    fs::copy_file(path("runs.sqlite"), path("true.sqlite"));
    ASSERT_EQ(reconcile({"verify", name}).status, 0);
    for (const auto& [set, where] : falsifications()) {
        fs::copy_file(path("true.sqlite"), path("runs.sqlite"),
                      fs::copy_options::overwrite_existing);
        const auto edited = shell("sqlite3 runs.sqlite \"update reconcile_runs set " + set + "\"");
        ASSERT_EQ(edited.status, 0) << edited.errors;
        const auto result = reconcile({"verify", name});
        EXPECT_EQ(result.status, 1) << set << "\n" << result.output << result.errors;
        EXPECT_THAT(result.output, HasSubstr("WRONG  " + where)) << set;
    }
}

TEST_F(ReconcileTest, VerifySaysWhatNobodyCanReadAgain) {
    write_small_feeds();
    const std::string name = shell("cat bank.csv | $RECONCILE ledger.csv -").output.substr(4, 12);
    const auto result = reconcile({"verify", name});
    EXPECT_EQ(result.status, 1);
    EXPECT_THAT(result.output, HasSubstr("ok     ledger"));
    EXPECT_THAT(result.output, HasSubstr("?      bank standard input: it came through a pipe"));
}

TEST_F(ReconcileTest, WhatCameThroughAPipeIsRecordedOnce) {
    write_small_feeds();
    const std::string words = "cat bank.csv | $RECONCILE ledger.csv - --date 2026-11-23";
    const auto first = shell(words);
    const auto again = shell(words + " --out results");
    EXPECT_EQ(again.status, first.status);
    EXPECT_EQ(again.output, first.output) << "the stored record, time and duration too";
    EXPECT_EQ(recorded_runs(), 1);
    EXPECT_THAT(read("results/unmatched.csv"), HasSubstr("left"));
    // As a file it is known before it is read.
    EXPECT_THAT(reconcile({"ledger.csv", "bank.csv", "--date", "2026-11-23"}).output,
                HasSubstr(first.output.substr(0, 16)));
    EXPECT_EQ(recorded_runs(), 1);
}

TEST_F(ReconcileTest, WrongWordsAreWrongForARecordedRunToo) {
    write_small_feeds();
    ASSERT_EQ(reconcile({"ledger.csv", "bank.csv"}).status, kRejectedRows);
    EXPECT_EQ(reconcile({"ledger.csv", "bank.csv", "--threads", "0"}).status, 2);
    EXPECT_EQ(reconcile({"ledger.csv", "bank.csv", "--memory", "1MiB"}).status, 2);
    EXPECT_EQ(reconcile({"ledger.csv", "bank.csv", "--tasks", "501"}).status, 2);
    EXPECT_EQ(reconcile({"ledger.csv", "bank.csv", "--tasks", "-1"}).status, 2);
    EXPECT_EQ(
        reconcile({"ledger.csv", "bank.csv", "--tasks", "2", "--strategy", "sort-merge"}).status,
        2);
    EXPECT_EQ(reconcile({"history", "--limit", "0"}).status, 2);
    EXPECT_EQ(reconcile({"history", "--limit", "-1"}).status, 2);
}

TEST_F(ReconcileTest, ADamagedRecordIsAClearError) {
    write_small_feeds();
    const std::string name = reconcile({"ledger.csv", "bank.csv"}).output.substr(4, 12);
    shell(R"sh(sqlite3 runs.sqlite "update reconcile_runs set document = '{}'")sh");
    const auto result = reconcile({"show", name});
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("damaged"));
    write("runs.sqlite", "this is no database");
    EXPECT_EQ(reconcile({"ledger.csv", "bank.csv"}).status, 3);
}

// Its samples have ids of customers, and whoever reads the log of a night need not see them.
TEST_F(ReconcileTest, ADatabaseThatTakesNoRecordSaysWhyAndNotWhat) {
    write_small_feeds();
    ASSERT_EQ(reconcile({"ledger.csv", "bank.csv"}).status, kRejectedRows);
    shell(
        "sqlite3 runs.sqlite \"create trigger full before insert on reconcile_runs begin select "
        "raise(abort, 'database or disk is full'); end\"");
    write("bank.csv", "id,amount,currency\ncustomer-4711,300,EUR\n");
    const auto result = reconcile({"ledger.csv", "bank.csv"});
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors,
                HasSubstr("expected to add a run in the run record, found: database or disk is "
                          "full; check"));
    EXPECT_THAT(result.errors, Not(HasSubstr("customer-4711")));
    EXPECT_THAT(result.errors, Not(HasSubstr("insert into")));
    EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
}

TEST_F(ReconcileTest, OfManyThatStartTogetherOneProcesses) {
    write_small_feeds();
    const auto result = shell(
        "for n in 1 2 3 4 5 6; do $RECONCILE ledger.csv bank.csv --date 2026-11-23 "
        ">out.$n 2>err.$n & done; wait; cat err.*");
    EXPECT_EQ(count_of("nothing was processed again", result.output), 5) << result.output;
    EXPECT_EQ(recorded_runs(), 1);
    for (const std::string n : {"2", "3", "4", "5", "6"}) {
        EXPECT_EQ(read("out." + n), read("out.1"));
    }
}

}  // namespace
}  // namespace onsite::testing
