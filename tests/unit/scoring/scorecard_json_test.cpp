// Goal: a scorecard as JSON says everything, is plain ASCII, and its facts are read back to the
// bit.
#include "harness/scoring/scorecard_json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite {
namespace {

using onsite::testing::small_facts;
using onsite::testing::small_rubric;
using ::testing::HasSubstr;

Scorecard small_card() {
    const std::vector<Verdict> verdicts = {
        passed("says_hello", 100, "100 inputs agree"),
        failed("says_goodbye", Cause::crash, "ended with signal 11 \x1b[31m \u202e end \xff")};
    return score(small_rubric(), verdicts, small_facts());
}

TEST(ScorecardJsonTest, TellsLevelsAndWhatIsOpen) {
    const Json json = to_json(small_card());
    EXPECT_EQ(json["scorecard_version"], kScorecardVersion);
    EXPECT_EQ(json["earned"], 20);
    EXPECT_EQ(json["judged"], 60);
    EXPECT_EQ(json["criteria"][0]["level"], 2);
    EXPECT_FALSE(json["criteria"][0].contains("open"));
    EXPECT_EQ(json["criteria"][1]["open"], "not_revealed");
    EXPECT_FALSE(json["criteria"][1].contains("level"));
    EXPECT_EQ(json["criteria"][2]["open"], "person");
    EXPECT_EQ(json["criteria"][0]["verdicts"][1]["cause"], "crash");
}

TEST(ScorecardJsonTest, HoldsNothingThatATerminalActsOn) {
    const std::string text = scorecard_text(small_card());
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) {
        return c == '\n' || (c >= ' ' && static_cast<signed char>(c) < 0x7F);
    }));
    EXPECT_THAT(text, HasSubstr("\\u001b[31m \\u202e end \\ufffd"));
}

TEST(ScorecardJsonTest, FactsAreReadBackToTheBit) {
    const Scorecard card = small_card();
    const auto facts = grade_facts_from_text(scorecard_text(card), "scorecard.json");
    ASSERT_TRUE(facts) << facts.error().message;
    EXPECT_EQ(facts->seed, 18'446'744'073'709'551'615u);
    EXPECT_EQ(facts->isolation.layers, LayerSet::all());
    EXPECT_EQ(facts->checks_hash, card.facts.checks_hash);
    Scorecard same = card;
    same.facts = *facts;
    EXPECT_EQ(scorecard_text(same), scorecard_text(card));
}

TEST(ScorecardJsonTest, RefusesFactsThatWereEdited) {
    const std::string good = scorecard_text(small_card());
    const auto complaint = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto facts = grade_facts_from_text(text, "scorecard.json");
        return facts ? "none" : facts.error().message;
    };
    EXPECT_THAT(complaint("\"scorecard_version\": 1", "\"scorecard_version\": 2"),
                HasSubstr("expected scorecard_version 1"));
    EXPECT_THAT(complaint("\"seed\": \"18", "\"seed\": \"x"), HasSubstr("\"seed\": expected"));
    EXPECT_THAT(complaint("\"hints_used\"", "\"hints\""), HasSubstr("hints_used"));
    EXPECT_THAT(complaint("\"full\"", "\"perfect\""), HasSubstr("expected full, reduced or none"));
    EXPECT_THAT(complaint("{", "["), HasSubstr("is not JSON"));
}

}  // namespace
}  // namespace onsite
