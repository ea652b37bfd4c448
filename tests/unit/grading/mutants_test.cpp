// What a mutant.json says is read strictly: a proof that skipped a measurement because of a word
// that nobody knows would prove nothing.
#include "harness/grading/mutants.hpp"

#include <algorithm>

#include "tests/support/command.hpp"

namespace onsite {
namespace {

// What is wrong with the only mutant of an exercise, whose needs are these.
std::string problem_of(const std::string& needs) {
    const testing::TemporaryFolder root;
    const auto folder = root.path() / "tests" / "mutants" / "1-reconciliation" / "odd";
    std::filesystem::create_directories(folder);
    testing::write_text(folder / "mutant.json",
                        R"({"defect": "None.", "criterion": "growth", "language": "python",
                            "followup": 0, "needs": ")" +
                            needs + "\"}");
    const auto catalog = load_catalog(ONSITE_SOURCE_ROOT);
    const auto mutants = load_mutants(root.path(), *find_exercise(*catalog, "reconciliation"));
    return mutants ? "" : mutants.error().message;
}

TEST(MutantsTest, KnowWhatTheyNeed) {
    for (const char* known : {"", "many_cases", "many_rows", "large_feeds"}) {
        EXPECT_EQ(problem_of(known), "") << known;
    }
    EXPECT_THAT(problem_of("many_row"),
                ::testing::HasSubstr("mutant.json: expected needs to be many_cases, many_rows or "
                                     "large_feeds, found \"many_row\""));
}

TEST(MutantsTest, OfTheRepositoryAreReadWithTheirNeeds) {
    const auto catalog = load_catalog(ONSITE_SOURCE_ROOT);
    const auto mutants =
        load_mutants(ONSITE_SOURCE_ROOT, *find_exercise(*catalog, "reconciliation"));
    ASSERT_TRUE(mutants) << mutants.error().message;
    const auto quadratic = std::ranges::find(*mutants, "compares_every_pair", &Mutant::name);
    ASSERT_NE(quadratic, mutants->end());
    EXPECT_EQ(quadratic->needs, MutantNeeds::many_rows);
}

}  // namespace
}  // namespace onsite
