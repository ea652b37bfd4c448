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

INSTANTIATE_TEST_SUITE_P(Languages, DebuggingTest, ::testing::Values("cpp", "python", "typescript"),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace onsite::testing
