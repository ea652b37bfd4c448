// Goal: a second run has to say the same, byte for byte, except for what no two runs have alike.
#include "harness/verification/reproduction.hpp"

namespace onsite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Verdict kPass = passed("is_exact", 100, "100 cases");

Verdict growth(Outcome outcome, double ms) {
    Verdict verdict = passed("grows_linearly", 3, "1.2 times the reference's time");
    verdict.outcome = outcome;
    if (outcome == Outcome::fail) verdict.cause = Cause::slow;
    verdict.evidence.growth = {{.rows = 1'000, .subject_ms = ms, .reference_ms = 1}};
    return verdict;
}

std::vector<std::string> unlike(const Verdict& stored, const Verdict& again) {
    return unlike_verdicts(std::vector{stored}, std::vector{again});
}

TEST(ReproductionTest, TheSameIsTheSame) { EXPECT_THAT(unlike(kPass, kPass), IsEmpty()); }

TEST(ReproductionTest, EveryMemberCounts) {
    const auto is_found = [](auto change) {
        Verdict changed = kPass;
        change(changed);
        return unlike(kPass, changed).size() == 1;
    };
    EXPECT_TRUE(is_found([](Verdict& one) { one.check = "other"; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.outcome = Outcome::fail; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.cause = Cause::crash; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.message = "101 cases"; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.cases = 101; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.percent = 99; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.evidence.story = "x"; }));
    EXPECT_TRUE(is_found([](Verdict& one) { one.evidence.case_json = "{}"; }));
}

TEST(ReproductionTest, NamesWhatIsNotTheSame) {
    EXPECT_THAT(unlike(kPass, failed("is_exact", Cause::wrong_answer, "1 lost")),
                ElementsAre(HasSubstr("is_exact: pass is stored, a second run with the same seed "
                                      "gives fail")));
}

TEST(ReproductionTest, MeasuredTimesAndStderrAreLeftOut) {
    EXPECT_THAT(unlike(growth(Outcome::pass, 5), growth(Outcome::fail, 900)), IsEmpty());
    Verdict loud = kPass;
    loud.evidence.stderr_tail = "0x7ffd";
    EXPECT_THAT(unlike(kPass, loud), IsEmpty());
    Verdict other_rows = growth(Outcome::pass, 5);
    other_rows.evidence.growth[0].rows = 2'000;
    EXPECT_EQ(unlike(growth(Outcome::pass, 5), other_rows).size(), 1u);
    EXPECT_EQ(count_measured(std::vector{kPass, growth(Outcome::pass, 1)}), 1u);
}

TEST(ReproductionTest, AMissingVerdictIsFound) {
    const std::vector<Verdict> two = {kPass, kPass};
    EXPECT_THAT(unlike_verdicts(two, std::vector{kPass}), ElementsAre(HasSubstr("no verdict")));
    EXPECT_THAT(unlike_verdicts(std::vector{kPass}, two), ElementsAre(HasSubstr("no stored")));
}

const std::vector<Verdict> kPassed = {kPass};
const std::vector<Verdict> kFailed = {failed("is_exact", Cause::wrong_answer, "1 lost")};

TEST(ProveRerunTest, TheSameVerdictsHoldWhateverGaveThem) {
    const auto proof = prove_rerun({kPassed, "g++ 11", "a"}, {kPassed, "g++ 12", "b"}, 7);
    EXPECT_EQ(proof.kind, ProofKind::holds) << proof.sentence;
    EXPECT_THAT(proof.sentence, HasSubstr("1 verdicts again from seed 7"));
}

TEST(ProveRerunTest, OtherVerdictsOfTheSameChecksAreBroken) {
    const auto proof = prove_rerun({kPassed, "g++ 12", "a"}, {kFailed, "g++ 12", "a"}, 7);
    EXPECT_EQ(proof.kind, ProofKind::broken) << proof.sentence;
}

TEST(ProveRerunTest, OtherVerdictsOfOtherChecksAccuseNobody) {
    const auto newer = prove_rerun({kPassed, "g++ 12", "a"}, {kFailed, "g++ 12", "b"}, 7);
    EXPECT_EQ(newer.kind, ProofKind::note) << newer.sentence;
    EXPECT_THAT(newer.sentence, HasSubstr("is_exact: pass is stored"));
    EXPECT_THAT(newer.sentence, HasSubstr("by other checks (a, here are b)"));
    const auto old = prove_rerun({kPassed, "g++ 12", ""}, {kFailed, "g++ 12", "b"}, 7);
    EXPECT_EQ(old.kind, ProofKind::note) << "from before grades named their checks";
}

TEST(ProveRerunTest, AnotherCompilerAccusesNobody) {
    const auto proof = prove_rerun({kPassed, "g++ 11", "a"}, {kFailed, "g++ 12", "a"}, 7);
    EXPECT_EQ(proof.kind, ProofKind::note);
    EXPECT_THAT(proof.sentence, HasSubstr("made with g++ 11, here is g++ 12"));
}

}  // namespace
}  // namespace onsite
