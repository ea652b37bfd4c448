// Goal: a log and its witness change together or not at all, whatever fails, and what only an
// interruption can leave is not taken for a forgery. The forgeries: unit/verification.
#include "harness/attempt/witness.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/command.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WitnessTest : public ::testing::Test {
protected:
    Result<Chain> append(const std::string& word) {
        auto chain = append_witnessed({folder_.path(), "log.jsonl"},
                                      chained_line({{"word", word}}, chain_), chain_);
        if (chain) chain_ = *chain;
        return chain;
    }
    std::vector<std::string> contradictions(
        Witnessing witnessing = Witnessing::from_the_start) const {
        return contradictions_of_witness(folder_.path(), logs_in(folder_.path()), witnessing)
            .value();
    }
    fs::path log() const { return folder_.path() / "log.jsonl"; }
    fs::path witness() const { return folder_.path() / "witness.jsonl"; }

    testing::TemporaryFolder folder_;
    Chain chain_;
};

TEST_F(WitnessTest, HasEachLine) {
    for (const char* const word : {"one", "two", "three"}) ASSERT_TRUE(append(word));
    EXPECT_EQ(testing::count_of("\n", testing::read_text(witness())), 3u);
    EXPECT_THAT(contradictions(), IsEmpty());
}

// Wherever the witness's last line was torn, and when it was not begun.
TEST_F(WitnessTest, AnInterruptionBetweenTheTwoIsNoForgery) {
    ASSERT_TRUE(append("one"));
    const std::size_t before = testing::read_text(witness()).size();
    ASSERT_TRUE(append("two"));
    const std::string whole = testing::read_text(witness());
    const Chain at_two = chain_;
    const std::string log_at_two = testing::read_text(log());
    for (std::size_t length = before; length <= whole.size(); ++length) {
        testing::write_text(witness(), whole.substr(0, length));
        EXPECT_THAT(contradictions(), IsEmpty()) << "cut at " << length;
        chain_ = at_two;
        ASSERT_TRUE(append("three"));
        EXPECT_THAT(contradictions(), IsEmpty()) << "cut at " << length;
        testing::write_text(log(), log_at_two);
    }
}

TEST_F(WitnessTest, ALineThatCannotBeWitnessedIsNotInTheLog) {
    ASSERT_TRUE(append("one"));
    const std::string before = testing::read_text(log());
    fs::remove(witness());
    fs::create_directory(witness());
    EXPECT_FALSE(append("two"));
    EXPECT_EQ(testing::read_text(log()), before);
}

TEST_F(WitnessTest, TheNameOfALogLeadsNowhereElse) {
    ASSERT_TRUE(witness_line({folder_.path(), "../secrets"}, "line", 1));
    EXPECT_THAT(contradictions(), ElementsAre(HasSubstr("expected log.jsonl or reviews/")));
}

TEST_F(WitnessTest, AnOldLogHasOneFromItsNextLineOn) {
    ASSERT_TRUE(append("one"));
    ASSERT_TRUE(append("two"));
    fs::remove(witness());
    EXPECT_THAT(contradictions(Witnessing::maybe_later), IsEmpty());
    ASSERT_TRUE(append("three"));
    EXPECT_THAT(contradictions(Witnessing::maybe_later), IsEmpty());
}

}  // namespace
}  // namespace onsite
