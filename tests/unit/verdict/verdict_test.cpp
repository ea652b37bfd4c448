// Verdicts travel as JSON between the check program and the harness: what is written must be read
// back the same, and what was tampered with must not be read at all.

#include "harness/verdict/verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {
namespace {

using testing::HasSubstr;

Verdict failure_with_everything() {
    Verdict verdict = failed("grows_linearly", Cause::slow, "expected O(n), found O(n^2)");
    verdict.cases = 12;
    verdict.percent = 40;
    verdict.evidence = {.story = "two\nlines",
                        .case_json = R"({"cases":[]})",
                        .growth = {{.rows = 1000, .subject_ms = 1.25, .reference_ms = 0.000001}},
                        .stderr_tail = "boom"};
    return verdict;
}

// The JSON of a valid verdict with one member replaced.
Result<Verdict> read_with(const char* key, const Json& value) {
    Json json = to_json(failure_with_everything());
    json[key] = value;
    return verdict_from_json(json, "verdict");
}

TEST(VerdictTest, IsReadBackAsItWasWritten) {
    const Verdict written = failure_with_everything();
    const auto read = verdict_from_json(Json::parse(to_text(to_json(written))), "verdict");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->check, "grows_linearly");
    EXPECT_EQ(read->outcome, Outcome::fail);
    EXPECT_EQ(read->cause, Cause::slow);
    EXPECT_EQ(read->message, written.message);
    EXPECT_EQ(read->cases, 12u);
    EXPECT_EQ(read->percent, 40);
    EXPECT_EQ(read->evidence.story, "two\nlines");
    EXPECT_EQ(read->evidence.case_json, written.evidence.case_json);
    EXPECT_EQ(read->evidence.stderr_tail, "boom");
    ASSERT_EQ(read->evidence.growth.size(), 1u);
    EXPECT_EQ(read->evidence.growth[0].rows, 1000u);
    EXPECT_DOUBLE_EQ(read->evidence.growth[0].subject_ms, 1.25);
    EXPECT_DOUBLE_EQ(read->evidence.growth[0].reference_ms, 0.000001);
}

TEST(VerdictTest, PassOnNothingIsNoPass) {
    EXPECT_EQ(passed("a", 1, "").outcome, Outcome::pass);
    EXPECT_EQ(passed("a", 1, "").percent, 100);
    EXPECT_EQ(passed("a", 0, "").outcome, Outcome::inconclusive);
    EXPECT_EQ(passed("a", 0, "").cause, Cause::not_run);
    EXPECT_EQ(passed("a", 0, "").percent, 0);
}

TEST(VerdictTest, ForgedPassIsRefused) {
    EXPECT_FALSE(read_with("outcome", "pass")) << "a pass with the cause slow";
    Json json = to_json(passed("a", 1, ""));
    EXPECT_TRUE(verdict_from_json(json, "verdict"));
    json["cases"] = 0;
    EXPECT_FALSE(verdict_from_json(json, "verdict")) << "a pass on nothing";
}

TEST(VerdictTest, NamesWhatIsWrong) {
    const auto message = [](const Result<Verdict>& read) { return read.error().message; };
    const auto outcome = read_with("outcome", "good");
    ASSERT_FALSE(outcome);
    EXPECT_THAT(message(outcome), HasSubstr("\"outcome\""));
    EXPECT_THAT(message(outcome), HasSubstr("pass, fail, inconclusive"));
    EXPECT_THAT(message(outcome), HasSubstr("found \"good\""));
    const auto unknown = read_with("colour", 1);
    ASSERT_FALSE(unknown);
    EXPECT_THAT(message(unknown), HasSubstr("unknown key \"colour\""));
    EXPECT_FALSE(read_with("percent", 101));
    EXPECT_FALSE(read_with("cases", -1));
    EXPECT_FALSE(read_with("evidence", Json::array()));
    EXPECT_FALSE(verdict_from_json(Json(3), "verdict"));
}

TEST(VerdictTest, WordsAreReadBack) {
    for (const char* const word :
         {"none", "wrong_answer", "protocol", "forged", "crash", "compile", "time", "memory",
          "output", "slow", "flaky", "not_run", "grader_fault"}) {
        const auto cause = cause_from(word);
        ASSERT_TRUE(cause) << word;
        EXPECT_EQ(to_string(*cause), word);
    }
    EXPECT_FALSE(cause_from("unlucky"));
}

}  // namespace
}  // namespace onsite
