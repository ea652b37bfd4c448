// Answers: what is taken, what is refused, and what is locked.
#include "exercises/4-idempotency/drill/diagnosis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace onsite::drill {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string problem(const Result<Json>& answer) {
    return answer ? "taken" : answer.error().message;
}

TEST(DiagnosisTest, IsAFoldOverItsAnswers) {
    std::vector<Json> entries = {{{"event", "started"}, {"ms", 1000}},
                                 {{"event", "command"}, {"ms", 2000}}};
    const auto add = [&](const Result<Json>& answer, std::int64_t ms) {
        ASSERT_TRUE(answer) << answer.error().message;
        entries.push_back(*answer);
        entries.back()["ms"] = ms;
    };
    add(answer_violated({}, "no", ""), 3000);
    add(answer_violated({}, "yes", "no_double_charge"), 4000);
    add(answer_at({}, "e12", "checkout"), 5000);
    add(answer_because({}, "Two clicks."), 6000);
    add(answer_cause(fold(entries), "payment-per-click"), 7000);
    add(answer_affected({}, {"order-1.pay", "order-2"}), 8000);
    const Diagnosis diagnosis = fold(entries);
    EXPECT_EQ(diagnosis.is_violated, true);
    EXPECT_EQ(diagnosis.invariant, "no_double_charge");
    EXPECT_EQ(diagnosis.at, "e12");
    EXPECT_EQ(diagnosis.cause, "payment-per-click");
    EXPECT_THAT(*diagnosis.affected, ElementsAre("order-1", "order-2"));
    EXPECT_EQ(diagnosis.started_ms, 1000);
    EXPECT_EQ(diagnosis.answered_ms.at("violated"), 4000);
    EXPECT_EQ(diagnosis.commands, 1);
    entries.push_back({{"event", "patched"}, {"points", 21}, {"hints", 2}, {"ms", 9000}});
    entries.push_back({{"event", "graded"}, {"points", 60}, {"ms", 9001}});
    entries.push_back({{"event", "patched"}, {"points", "?"}, {"hints", "?"}, {"ms", 9500}});
    EXPECT_EQ(fold(entries).first_points, 60);
    EXPECT_EQ(fold(entries).hints, 0) << "a log that somebody wrote";
    EXPECT_EQ(fold(entries).answered_ms.at("patched"), 9500);
    EXPECT_THAT(status_text("d", diagnosis),
                AllOf(HasSubstr("yes, no_double_charge"), HasSubstr("alert      open"),
                      HasSubstr("./onsite diagnose alert")));
}

TEST(DiagnosisTest, TheCausesComeAfterTheCandidatesOwnWords) {
    EXPECT_THAT(problem(answer_cause({}, "payment-per-click")), HasSubstr("own words first"));
    const Diagnosis locked{.because = "Two clicks."};
    EXPECT_EQ(problem(answer_cause(locked, "payment-per-click")), "taken");
    EXPECT_THAT(problem(answer_cause(locked, "gremlins")), HasSubstr("\"gremlins\""));
    EXPECT_THAT(problem(answer_because(locked, "Something else.")), HasSubstr("locked"));
}

TEST(DiagnosisTest, NothingIsTakenAfterTheGrade) {
    const Diagnosis graded{.because = "a", .is_graded = true};
    for (const auto& answer :
         {answer_violated(graded, "no", ""), answer_at(graded, "e1", "network"),
          answer_because(graded, "b"), answer_cause(graded, "slow-provider"),
          answer_affected(graded, {}), answer_alert(graded, "p95_ms > 1")}) {
        EXPECT_THAT(problem(answer), HasSubstr("graded"));
    }
}

TEST(DiagnosisTest, RefusesWhatMakesNoSense) {
    EXPECT_THAT(problem(answer_violated({}, "maybe", "")), HasSubstr("yes or no"));
    EXPECT_THAT(problem(answer_violated({}, "yes", "")), HasSubstr("no_lost_charge"));
    EXPECT_THAT(problem(answer_violated({}, "no", "no_lost_charge")), HasSubstr("found one"));
    EXPECT_THAT(problem(answer_at({}, "line 7", "network")), HasSubstr("e1234"));
    EXPECT_THAT(problem(answer_at({}, "e7", "moon")), HasSubstr("webhook_handler"));
    EXPECT_THAT(problem(answer_alert({}, "often")), HasSubstr("rate(...)"));
}

TEST(DiagnosisTest, GiantAndHostileAnswersAreRefused) {
    EXPECT_THAT(problem(answer_because({}, "")), HasSubstr("1 to 4000"));
    EXPECT_THAT(problem(answer_because({}, std::string(kBecauseBytesMax + 1, 'a'))),
                HasSubstr("4001"));
    EXPECT_THAT(problem(answer_because({}, "\xff\xfe")), HasSubstr("UTF-8"));
    EXPECT_THAT(problem(answer_at({}, std::string(1 << 20, 'e'), "network")), HasSubstr("1048576"));
    EXPECT_THAT(problem(answer_cause({.because = "a"}, "\x1b[2J")), Not(HasSubstr("\x1b")));
    std::set<std::string> orders;
    for (std::size_t i = 0; i <= kAffectedMax; ++i) orders.insert(std::to_string(i));
    EXPECT_THAT(problem(answer_affected({}, orders)), HasSubstr("10001"));
    EXPECT_FALSE(answer_affected({}, {std::string(200, 'o')}));
    EXPECT_THAT(status_text("d", {.because = "a\x1b[2J"}), Not(HasSubstr("\x1b")));
}

TEST(DiagnosisTest, EntriesOfAnotherShapeAreNoAnswers) {
    const std::vector<Json> entries = {{{"event", "violated"}, {"answer", 7}, {"ms", 1}},
                                       {{"event", "affected"}, {"orders", "all"}, {"ms", 1}},
                                       {{"event", "because"}, {"text", Json::array()}, {"ms", 1}}};
    const Diagnosis diagnosis = fold(entries);
    EXPECT_EQ(diagnosis.is_violated, false);
    EXPECT_EQ(diagnosis.because, "");
    EXPECT_TRUE(diagnosis.affected->empty());
}

}  // namespace
}  // namespace onsite::drill
