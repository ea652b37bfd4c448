// A candidate's path through the debugging section: the incident is there, the reference ends it.
#include <nlohmann/json.hpp>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DebuggingTest : public ::testing::TestWithParam<std::string> {
protected:
    // The reference in the place of the answer, whose name is the section's own.
    void solve() const {
        const std::string extension = GetParam() == "python"       ? "py"
                                      : GetParam() == "typescript" ? "ts"
                                                                   : "cpp";
        const std::string name = "payments." + extension;
        write_text(practice_.attempt("idempotency-1") / name,
                   read_text(root() / "solutions/4-idempotency" / GetParam() / name));
    }
    Practice practice_;
};

TEST_P(DebuggingTest, TheIncidentIsSeenAndMended) {
    const auto started = practice_.onsite({"start", "idempotency", "--lang", GetParam()});
    EXPECT_EQ(started.status, 0) << started.errors;
    EXPECT_THAT(started.output, HasSubstr("# Payments fail: idempotency key reused"));
    const auto before = practice_.onsite({"check", "idempotency"});
    EXPECT_THAT(before.output, HasSubstr("told that the payment failed"));
    EXPECT_THAT(before.output, HasSubstr("incident_is_gone"));
    solve();
    const auto after = practice_.onsite({"check", "idempotency"});
    EXPECT_THAT(after.output, Not(HasSubstr("FAIL"))) << after.output;
}

TEST_P(DebuggingTest, TheReferenceLeavesOnlyWhatAPersonJudges) {
    practice_.onsite({"start", "idempotency", "--lang", GetParam()});
    solve();
    const auto graded =
        practice_.onsite({"grade", "idempotency", "--format", "json", "--seed", "7"});
    ASSERT_EQ(graded.status, 0) << graded.errors;
    const auto card = nlohmann::json::parse(graded.output);
    EXPECT_EQ(card.at("earned"), card.at("judged")) << graded.output;
    EXPECT_EQ(card.at("judged"), 70);
}

// The card of a grade with another payment client in the place of the answer.
nlohmann::json graded_with(const std::string& language, const std::string& name,
                           const std::string& client) {
    Practice practice;
    practice.onsite({"start", "idempotency", "--lang", language});
    write_text(practice.attempt("idempotency-1") / name, client);
    const auto graded =
        practice.onsite({"grade", "idempotency", "--format", "json", "--seed", "7"});
    EXPECT_EQ(graded.status, 0) << graded.errors;
    return nlohmann::json::parse(graded.output);
}

TEST(PatchTest, ACauseThatGoesOnAndADoubleChargeCapTheWhole) {
    const auto gate_of = [](const std::string& mutant) {
        const auto file = root() / "tests/mutants/4-idempotency" / mutant / "payments.py";
        const auto card = graded_with("python", "payments.py", read_text(file));
        EXPECT_GT(card.at("earned_before_gates"), 50) << card;
        EXPECT_EQ(card.at("earned"), 50) << card;
        return card.at("gates").at(0).at("when").get<std::string>();
    };
    // In one half of the runs, and in both.
    EXPECT_EQ(gate_of("hashes_the_body_into_the_key"), "once");
    EXPECT_EQ(gate_of("second_card_under_the_old_key"), "keys");
}

TEST(PatchTest, ATypeScriptClientMayBeAsync) {
    const std::string solution =
        read_text(root() / "solutions/4-idempotency/typescript/payments.ts");
    const std::string before = "export function work(job: Job, world: World): Result {";
    const std::size_t at = solution.find(before);
    ASSERT_NE(at, solution.npos);
    const auto card =
        graded_with("typescript", "payments.ts",
                    std::string(solution).replace(
                        at, before.size(),
                        "export async function work(job: Job, world: World): Promise<Result> {"));
    EXPECT_EQ(card.at("earned"), 70) << card;
}

INSTANTIATE_TEST_SUITE_P(Languages, DebuggingTest, ::testing::Values("cpp", "python", "typescript"),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace onsite::testing
