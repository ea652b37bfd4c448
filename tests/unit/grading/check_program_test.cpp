// What becomes of a check program that lies, dies or never ends: none of it is ever a verdict.
#include "harness/grading/check_program.hpp"

#include <chrono>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/command.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

class CheckProgramTest : public ::testing::Test {
protected:
    // A check program that is this shell script.
    Result<CheckRun> run(const std::string& script, const Cancel& cancel = {}) {
        const auto program = folder_.path() / "onsite-check-fake";
        testing::write_text(program, "#!/bin/sh\ncat >/dev/null\n" + script);
        chmod(program.c_str(), 0755);
        return run_check_program(program, CheckJob{}, cancel,
                                 [this](const std::string& name) { begun_.push_back(name); });
    }

    testing::TemporaryFolder folder_;
    std::vector<std::string> begun_;
};

constexpr const char* kPass =
    "echo '{\"event\":\"verdict\",\"verdict\":{\"check\":\"c\",\"outcome\":\"pass\","
    "\"cause\":\"none\",\"message\":\"ok\",\"cases\":1,\"percent\":100,\"evidence\":{\"story\":"
    "\"\",\"case_json\":\"\",\"growth\":[],\"stderr_tail\":\"\"}}}'\n";
constexpr const char* kEnd =
    "echo "
    "'{\"event\":\"end\",\"verdicts\":1,\"isolation\":{\"level\":\"full\",\"layers\":[\"uid\"],"
    "\"notes\":[]}}'\n";

TEST_F(CheckProgramTest, VerdictsCountOnceTheLastLineIsThere) {
    auto run_result =
        run(std::string("echo '{\"event\":\"check\",\"name\":\"c\"}'\n") + kPass + kEnd);
    ASSERT_TRUE(run_result.has_value()) << run_result.error().message;
    ASSERT_EQ(run_result->verdicts.size(), 1u);
    EXPECT_EQ(run_result->verdicts.front().outcome, Outcome::pass);
    EXPECT_EQ(begun_, std::vector<std::string>{"c"});
}

TEST_F(CheckProgramTest, WithoutTheLastLineNoVerdictCounts) {
    auto run_result = run(std::string(kPass) + "exit 0\n");
    ASSERT_FALSE(run_result.has_value());
    EXPECT_EQ(run_result.error().kind, ErrorKind::tool);
    EXPECT_THAT(run_result.error().message, HasSubstr("ended early"));
}

TEST_F(CheckProgramTest, ALastLineThatCountsOtherVerdictsIsNoEnd) {
    EXPECT_FALSE(run(kEnd).has_value());
}

TEST_F(CheckProgramTest, GarbageIsAnErrorOfTheTool) {
    auto run_result = run("echo garbage\n");
    ASSERT_FALSE(run_result.has_value());
    EXPECT_EQ(run_result.error().kind, ErrorKind::tool);
}

TEST_F(CheckProgramTest, JsonOfAnotherFormIsAnErrorOfTheTool) {
    for (const char* const line :
         {"1", "[]", R"({"event":1})", R"({"event":"verdict"})", R"({"event":"check","name":2})",
          R"({"event":"end","verdicts":"1","isolation":{}})", R"({"event":"end","verdicts":1})",
          R"({"event":"dance"})", R"({"event":"check","name":"c","more":1})"}) {
        const auto run_result = run("echo '" + std::string(line) + "'\n" + kPass + kEnd);
        ASSERT_FALSE(run_result) << line;
        EXPECT_EQ(run_result.error().kind, ErrorKind::tool) << line;
        EXPECT_THAT(run_result.error().message, HasSubstr("expected")) << line;
    }
}

TEST_F(CheckProgramTest, AMissingProgramIsNamed) {
    auto run_result = run_check_program(folder_.path() / "onsite-check-none", CheckJob{}, {},
                                        [](const std::string&) {});
    ASSERT_FALSE(run_result.has_value());
    EXPECT_THAT(run_result.error().message, HasSubstr("onsite-check-none"));
}

TEST_F(CheckProgramTest, ACancelledRunEndsAtOnceAndSaysSo) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    ASSERT_EQ(write(ends[1], "x", 1), 1);  // Cancelled before it begins.
    const auto begin = std::chrono::steady_clock::now();
    auto run_result =
        run("exec sleep 60\n", {.descriptor = ends[0], .is_wanted = [] { return true; }});
    ASSERT_TRUE(run_result.has_value());
    EXPECT_TRUE(run_result->is_cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
    close(ends[0]);
    close(ends[1]);
}

}  // namespace
}  // namespace onsite
