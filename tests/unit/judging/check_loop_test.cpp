// The main loop of a check program decides which checks run and says so line by line. Here with
// checks that only report that they ran.

#include "harness/judging/check_loop.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Check check_named(const std::string& name, int followup, CheckScope scope) {
    return {.name = name, .followup = followup, .scope = scope, .run = [name] {
                return Result<Verdict>(passed(name, 1, "fine"));
            }};
}

std::vector<Check> some_checks() {
    return {check_named("quick", 0, CheckScope::every_save),
            check_named("slow", 0, CheckScope::grade),
            check_named("later", 1, CheckScope::every_save)};
}

std::vector<Json> lines_of(const CheckJob& job, const std::vector<Check>& checks) {
    std::ostringstream out;
    run_checks(
        job, checks, [] { return IsolationReport{.level = IsolationLevel::full}; }, out);
    std::vector<Json> lines;
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
    return lines;
}

// "quick: pass none", in the order of the verdicts.
std::vector<std::string> verdicts_of(const CheckJob& job, const std::vector<Check>& checks) {
    std::vector<std::string> verdicts;
    for (const Json& line : lines_of(job, checks)) {
        if (line.at("event") != "verdict") continue;
        const Json& verdict = line.at("verdict");
        verdicts.push_back(verdict.at("check").get<std::string>() + ": " +
                           verdict.at("outcome").get<std::string>() + " " +
                           verdict.at("cause").get<std::string>());
    }
    return verdicts;
}

TEST(CheckLoopTest, SaysWhatItDoesLineByLine) {
    CheckJob job;
    job.is_full = true;
    const auto lines = lines_of(job, {check_named("quick", 0, CheckScope::grade)});
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0], Json({{"event", "check"}, {"name", "quick"}}));
    EXPECT_EQ(lines[1].at("verdict").at("check"), "quick");
    EXPECT_EQ(lines[2].at("event"), "end");
    EXPECT_EQ(lines[2].at("verdicts"), 1);
    EXPECT_EQ(lines[2].at("isolation").at("level"), "full");
}

TEST(CheckLoopTest, GradeRunsAllAndNamesWhatIsNotRevealed) {
    CheckJob job;
    job.is_full = true;
    EXPECT_THAT(verdicts_of(job, some_checks()),
                ElementsAre("quick: pass none", "slow: pass none", "later: inconclusive not_run"));
    job.followups = 1;
    EXPECT_THAT(verdicts_of(job, some_checks()),
                ElementsAre("quick: pass none", "slow: pass none", "later: pass none"));
}

TEST(CheckLoopTest, SaveRunsWhatIsQuickAndRevealed) {
    CheckJob job;
    EXPECT_THAT(verdicts_of(job, some_checks()), ElementsAre("quick: pass none"));
    job.followups = 1;
    EXPECT_THAT(verdicts_of(job, some_checks()),
                ElementsAre("quick: pass none", "later: pass none"));
}

TEST(CheckLoopTest, OnlyTheNamedCheckRuns) {
    CheckJob job;
    job.only = "slow";
    EXPECT_THAT(verdicts_of(job, some_checks()), ElementsAre("slow: pass none"));
    job.only = "slwo";
    EXPECT_THAT(verdicts_of(job, some_checks()), ElementsAre("slwo: inconclusive not_run"));
}

TEST(CheckLoopTest, FaultOfTheGraderIsNotTheCandidates) {
    CheckJob job;
    const Check broken{.name = "broken", .followup = 0, .scope = CheckScope::every_save, .run = [] {
                           return Result<Verdict>(tool_error("the box could not be built"));
                       }};
    EXPECT_THAT(verdicts_of(job, {broken, check_named("quick", 0, CheckScope::every_save)}),
                ElementsAre("broken: inconclusive grader_fault", "quick: pass none"));
}

TEST(CheckLoopTest, JobThatIsNoJsonIsRefused) {
    std::istringstream in("{");
    const auto job = read_check_job(in);
    ASSERT_FALSE(job);
    EXPECT_EQ(job.error().kind, ErrorKind::usage);
    EXPECT_THAT(job.error().message, HasSubstr("check job"));
}

}  // namespace
}  // namespace onsite
