// Bad input of every kind: one clear line, the right exit status, and no attempt lost or half
// written.
#include <signal.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

int lines_in(const std::string& text) { return count_of("\n", text); }

class BadInputTest : public ::testing::Test {
protected:
    void start(const std::string& language = "python") {
        ASSERT_EQ(practice_.onsite({"start", "reconciliation", "--lang", language}).status, 0);
        attempt_ = practice_.attempt("reconciliation-1");
    }
    // One line on stderr that says this, and this exit status.
    static void expect_error(const CommandResult& result, int status, const std::string& words) {
        EXPECT_EQ(result.status, status) << result.output << result.errors;
        EXPECT_THAT(result.errors, HasSubstr(words));
        EXPECT_LE(lines_in(result.errors), 2) << result.errors;
    }

    Practice practice_;
    std::filesystem::path attempt_;
};

TEST_F(BadInputTest, AnUnknownSlugNamesTheKnownOnes) {
    expect_error(practice_.onsite({"start", "reconcilation"}), 2, "reconciliation");
    EXPECT_FALSE(std::filesystem::exists(practice_.attempts() / "reconcilation-1"));
}

TEST_F(BadInputTest, AnAttemptThatIsNotThereIsNotTakenForASlug) {
    start();
    expect_error(practice_.onsite({"check", "reconciliation-7"}), 2,
                 "no attempt is called \"reconciliation-7\"");
}

TEST_F(BadInputTest, ANameThatNoFolderCanHaveIsNoAttempt) {
    start();
    expect_error(practice_.onsite({"check", std::string(5'000, 'a')}), 2, "no exercise is called");
}

TEST_F(BadInputTest, AMistypedCommandIsNamed) {
    expect_error(practice_.onsite({"chekc"}), 2, "did you mean check?");
    expect_error(practice_.onsite({"reveiw"}), 2, "did you mean review?");
}

TEST_F(BadInputTest, HelpIsHelpWithoutDashesToo) {
    const auto help = practice_.onsite({"help"});
    EXPECT_EQ(help.status, 0) << help.errors;
    EXPECT_EQ(help.output, practice_.onsite({"--help"}).output);
    EXPECT_EQ(practice_.onsite({"help", "check"}).output,
              practice_.onsite({"check", "--help"}).output);
}

TEST_F(BadInputTest, AnUnknownCommandOrFlagIsAUsageError) {
    EXPECT_EQ(practice_.onsite({"grdae"}).status, 2);
    EXPECT_EQ(practice_.onsite({"grade", "--sed", "1"}).status, 2);
    EXPECT_EQ(practice_.onsite({"grade", "--format", "pdf"}).status, 2);
}

TEST_F(BadInputTest, ANumberIsAllOfItsWord) {
    for (const char* seed : {"-1", "", "18446744073709551616", "0x10"}) {
        expect_error(practice_.onsite({"grade", "--seed", seed}), 2,
                     "--seed: expected a whole number from 0 to 18446744073709551615");
    }
    for (const char* rows : {"0", "100000001"}) {
        expect_error(practice_.onsite({"grade", "--growth-rows", rows}), 2,
                     "--growth-rows: expected a whole number from 1 to 100000000");
    }
}

TEST_F(BadInputTest, AnUnknownLanguageNamesTheKnownOnes) {
    expect_error(practice_.onsite({"start", "reconciliation", "--lang", "cobol"}), 2, "typescript");
}

TEST_F(BadInputTest, WithoutAnAttemptTheErrorSaysHowToStart) {
    expect_error(practice_.onsite({"grade"}), 2, "start");
}

TEST_F(BadInputTest, AMissingAnswerIsNamed) {
    start();
    std::filesystem::remove(attempt_ / "reconcile.py");
    expect_error(practice_.onsite({"grade"}), 2, "reconcile.py");
}

TEST_F(BadInputTest, AnAnswerThatIsALinkIsRefused) {
    start();
    std::filesystem::remove(attempt_ / "reconcile.py");
    std::filesystem::create_symlink("/etc/passwd", attempt_ / "reconcile.py");
    expect_error(practice_.onsite({"grade"}), 2, "link");
}

TEST_F(BadInputTest, AnAnswerLargerThanTheLimitIsRefused) {
    start();
    write_text(attempt_ / "reconcile.py", std::string((1 << 20) + 1, '#'));
    expect_error(practice_.onsite({"grade"}), 2, "at most");
}

TEST_F(BadInputTest, ALogEditedByHandIsReportedAndLeftAlone) {
    start();
    const auto log = attempt_ / ".onsite" / "log.jsonl";
    const std::string damaged = read_text(log) + "{\"event\":\"hnt\"}\n";
    write_text(log, damaged);
    expect_error(practice_.onsite({"grade", "reconciliation-1"}), 2, "log.jsonl");
    EXPECT_EQ(read_text(log), damaged);
}

TEST_F(BadInputTest, ATornLastLineOfTheLogIsForgiven) {
    start();
    const auto log = attempt_ / ".onsite" / "log.jsonl";
    write_text(log, read_text(log) + "{\"event\":\"hi");
    EXPECT_EQ(practice_.onsite({"hint"}).status, 0);
    EXPECT_EQ(practice_.onsite({"hint"}).status, 0);
}

// The tool's fault and not the candidate's, so it is no verdict.
TEST_F(BadInputTest, AMissingCompilerIsNamedWithItsPackage) {
    start("typescript");
    write_text(attempt_ / "reconcile.ts", "// Not built before.\n");
    Command check = practice_.command({"check"});
    const std::vector<std::string> without_esbuild = {
        "/usr/bin/bwrap", "--dev-bind", "/", "/", "--ro-bind", "/dev/null", "/usr/bin/esbuild"};
    check.words.insert(check.words.begin(), without_esbuild.begin(), without_esbuild.end());
    expect_error(run(check), 3, "apt-get install esbuild");
}

TEST_F(BadInputTest, AnAnswerThatDoesNotCompileSaysWhere) {
    start("cpp");
    write_text(attempt_ / "reconcile.cpp", "int main( {}\n");
    const auto checked = practice_.onsite({"check"});
    EXPECT_EQ(checked.status, 0) << checked.errors;
    EXPECT_THAT(checked.output, HasSubstr("reconcile.cpp:1"));
    EXPECT_THAT(checked.output, HasSubstr("compile"));
}

TEST_F(BadInputTest, ASubjectThatPrintsGarbageIsAProtocolFailure) {
    start();
    write_text(attempt_ / "main.py",
               "import sys\nfor line in sys.stdin: print('garbage', flush=True)\n");
    const auto checked = practice_.onsite({"check"});
    EXPECT_EQ(checked.status, 0) << checked.errors;
    EXPECT_THAT(checked.output, HasSubstr("protocol"));
}

TEST_F(BadInputTest, ABrokenTestsFileIsNamedAndCostsOnlyItsCriterion) {
    start();
    write_text(attempt_ / "tests.json", "{\"cases\": [{\"nmae\": 1}]}");
    const auto graded = practice_.onsite({"grade", "--only", "own_tests_kill_mutants"});
    EXPECT_EQ(graded.status, 0) << graded.errors;
    EXPECT_THAT(graded.output, HasSubstr("cases[0]: \"name\": expected this key"));
}

TEST_F(BadInputTest, AGradeInterruptedByCtrlCRecordsNothing) {
    start("cpp");
    practice_.solve("reconciliation-1", "cpp");
    const std::string log = read_text(attempt_ / ".onsite" / "log.jsonl");
    Running grade(practice_.command({"grade"}));
    std::this_thread::sleep_for(std::chrono::seconds(3));
    grade.send(SIGINT);
    const auto result = grade.finish(std::chrono::seconds(30));
    EXPECT_EQ(result.status, 3) << result.output;
    EXPECT_THAT(result.errors, HasSubstr("interrupted"));
    EXPECT_EQ(read_text(attempt_ / ".onsite" / "log.jsonl"), log);
    EXPECT_FALSE(std::filesystem::exists(attempt_ / ".onsite" / "grades" / "1"));
}

// A disk without room: a small tmpfs where we may mount one.
TEST_F(BadInputTest, AFullDiskLosesNoAttempt) {
    const TemporaryFolder disk;
    const std::string mount = "mount -t tmpfs -o size=64k tmpfs " + disk.path().string();
    if (run({.words = {"sh", "-c", mount}, .environment = {}}).status != 0) {
        GTEST_SKIP() << "needs the right to mount a small tmpfs";
    }
    Command command = practice_.command({"start", "reconciliation", "--lang", "python"});
    command.environment.push_back("ONSITE_ATTEMPTS=" + (disk.path() / "attempts").string());
    write_text(disk.path() / "filler", std::string(56 * 1024, 'x'));
    const auto full = run(command);
    EXPECT_EQ(full.status, 3) << full.errors;
    EXPECT_THAT(full.errors, HasSubstr("space"));
    EXPECT_FALSE(std::filesystem::exists(disk.path() / "attempts" / "reconciliation-1"));
    std::filesystem::remove(disk.path() / "filler");
    EXPECT_EQ(run(command).status, 0);
    run({.words = {"umount", disk.path().string()}, .environment = {}});
}

}  // namespace
}  // namespace onsite::testing
