// Goal: a rubric with any mistake is refused by one sentence that names the place. Method: a good
// rubric, and a table of edits of it.
#include "harness/catalog/rubric.hpp"

#include <functional>
#include <map>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/unit/catalog/small_repository.hpp"

namespace onsite {
namespace {

using onsite::testing::SmallRepository;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Json good_rubric() {
    return Json::parse(R"({"exercise":"greeting","version":3,"criteria":[
        {"id":"polite","title":"Is polite","weight":60,"judge":"checks","followup":0,
         "checks":["says_hello","says_goodbye"],
         "levels":[{"level":1,"percent":0,"behaviour":"silent"},
                   {"level":2,"percent":40,"behaviour":"mumbles"},
                   {"level":3,"percent":80,"behaviour":"speaks"},
                   {"level":4,"percent":100,"behaviour":"sings"}]},
        {"id":"clear","title":"Is clear","weight":40,"judge":"person","followup":1,
         "evidence":["the names"],
         "levels":[{"level":1,"behaviour":"a"},{"level":2,"behaviour":"b"},
                   {"level":3,"behaviour":"c"},{"level":4,"behaviour":"d"}]}]})");
}

TEST(RubricTest, IsReadWithCommentsInIt) {
    const auto rubric = parse_rubric("// why\n" + good_rubric().dump(), "rubric.json").value();
    EXPECT_EQ(rubric.version, 3);
    ASSERT_EQ(rubric.criteria.size(), 2u);
    EXPECT_EQ(rubric.criteria[0].judge, Judge::checks);
    EXPECT_EQ(rubric.criteria[0].checks[1], "says_goodbye");
    EXPECT_EQ(rubric.criteria[0].levels[2].percent, 80);
    EXPECT_EQ(rubric.criteria[1].judge, Judge::person);
    EXPECT_EQ(rubric.criteria[1].followup, 1);
    EXPECT_EQ(rubric.criteria[1].levels[3].behaviour, "d");
}

Json good_gate() {
    return {{"when", "polite"}, {"below", 2}, {"cap", 50}, {"because", "rude is rude"}};
}

TEST(RubricTest, HasGates) {
    Json json = good_rubric();
    json["gates"] = Json::array({good_gate()});
    const auto rubric = parse_rubric(json.dump(), "rubric.json").value();
    EXPECT_EQ(
        rubric.gates,
        (std::vector<Gate>{{.when = "polite", .below = 2, .cap = 50, .because = "rude is rude"}}));
    EXPECT_TRUE(parse_rubric(good_rubric().dump(), "rubric.json")->gates.empty());
}

TEST(RubricTest, RefusesAGateThatCannotApply) {
    for (const auto& [key, value] : std::map<std::string, Json>{
             {"when", "nobody"}, {"below", 1}, {"cap", 101}, {"because", ""}, {"colour", 1}}) {
        Json json = good_rubric();
        json["gates"] = Json::array({good_gate()});
        json["gates"][0][key] = value;
        const auto rubric = parse_rubric(json.dump(), "rubric.json");
        ASSERT_FALSE(rubric) << key;
        EXPECT_THAT(rubric.error().message, HasSubstr("rubric.json: gates[0]: "));
    }
}

struct WrongRubric {
    const char* name;
    std::function<void(Json&)> spoil;
    const char* complaint;
};

class WrongRubricTest : public ::testing::TestWithParam<WrongRubric> {};

TEST_P(WrongRubricTest, IsRefusedInOneSentence) {
    Json json = good_rubric();
    GetParam().spoil(json);
    const auto rubric = parse_rubric(json.dump(), "rubric.json");
    ASSERT_FALSE(rubric);
    EXPECT_EQ(rubric.error().kind, ErrorKind::usage);
    EXPECT_THAT(rubric.error().message, StartsWith("rubric.json: "));
    EXPECT_THAT(rubric.error().message, HasSubstr(GetParam().complaint));
}

Json& first(Json& json) { return json["criteria"][0]; }
Json& second(Json& json) { return json["criteria"][1]; }

INSTANTIATE_TEST_SUITE_P(
    Rubric, WrongRubricTest,
    ::testing::Values(
        WrongRubric{"UnknownKey", [](Json& r) { r["colour"] = 1; }, R"(unknown key "colour")"},
        WrongRubric{"UnknownKeyInACriterion", [](Json& r) { second(r)["wieght"] = 1; },
                    R"(criteria[1]: unknown key "wieght")"},
        WrongRubric{"UnknownKeyInALevel", [](Json& r) { first(r)["levels"][2]["points"] = 1; },
                    R"(criteria[0].levels[2]: unknown key "points")"},
        WrongRubric{"WeightsOver100", [](Json& r) { first(r)["weight"] = 61; },
                    "expected the weights to sum to 100, found 101"},
        WrongRubric{"WeightsUnder100", [](Json& r) { second(r)["weight"] = 39; }, "found 99"},
        WrongRubric{"WeightOfNothing", [](Json& r) { first(r)["weight"] = 0; },
                    R"(criteria[0]: "weight": expected a whole number from 1 to 100)"},
        WrongRubric{"NoCriteria", [](Json& r) { r["criteria"] = Json::array(); }, "found 0"},
        WrongRubric{"LevelMissing", [](Json& r) { first(r)["levels"].erase(3); },
                    "criteria[0]: expected levels 1 to 4, found 3 of them"},
        WrongRubric{"LevelOutOfOrder",
                    [](Json& r) { std::swap(second(r)["levels"][0], second(r)["levels"][1]); },
                    "criteria[1].levels[0]: expected level 1, found level 2"},
        WrongRubric{"FiveLevels",
                    [](Json& r) {
                        second(r)["levels"].push_back({{"level", 5}, {"behaviour", ""}});
                    },
                    R"(levels[4]: "level": expected a whole number from 1 to 4)"},
        WrongRubric{"LevelWithoutWords", [](Json& r) { first(r)["levels"][0]["behaviour"] = ""; },
                    R"(levels[0]: "behaviour": expected a sentence)"},
        WrongRubric{"FirstLevelAboveZero", [](Json& r) { first(r)["levels"][0]["percent"] = 1; },
                    "expected level 1 to begin at 0 percent, found 1"},
        WrongRubric{"PercentsDoNotRise", [](Json& r) { first(r)["levels"][2]["percent"] = 40; },
                    "expected more than the 40 percent of level 2, found 40"},
        WrongRubric{"PercentAPersonCannotGive",
                    [](Json& r) { second(r)["levels"][1]["percent"] = 50; },
                    R"(criteria[1].levels[1]: unknown key "percent")"},
        WrongRubric{"DuplicateId", [](Json& r) { second(r)["id"] = "polite"; },
                    R"(found "polite" twice)"},
        WrongRubric{"CheckNamedTwice", [](Json& r) { first(r)["checks"][1] = "says_hello"; },
                    R"(found "says_hello" twice)"},
        WrongRubric{"NoChecks", [](Json& r) { first(r)["checks"] = Json::array(); },
                    "expected at least one check"},
        WrongRubric{"UnknownJudge", [](Json& r) { first(r)["judge"] = "dice"; },
                    R"("judge": expected checks or person, found "dice")"},
        WrongRubric{"ChecksForAPerson", [](Json& r) { second(r)["checks"] = {"x"}; },
                    R"(unknown key "checks")"},
        WrongRubric{"NegativeFollowUp", [](Json& r) { first(r)["followup"] = -1; },
                    R"("followup": expected a whole number)"}),
    [](const auto& wrong) { return wrong.param.name; });

TEST(LoadRubricTest, RefusesTheRubricOfAnotherExercise) {
    const SmallRepository repository;
    Json json = good_rubric();
    json["exercise"] = "farewell";
    repository.write("exercises/1-greeting/rubric.json", json.dump());
    const auto rubric = load_rubric(repository.exercise());
    ASSERT_FALSE(rubric);
    EXPECT_THAT(rubric.error().message, HasSubstr("expected the exercise greeting"));
}

TEST(LoadRubricTest, RefusesAFollowUpThatDoesNotExist) {
    const SmallRepository repository;
    repository.write("exercises/1-greeting/rubric.json", good_rubric().dump());
    const auto rubric = load_rubric(repository.exercise());
    ASSERT_FALSE(rubric);
    EXPECT_THAT(rubric.error().message, HasSubstr("the exercise has only 0"));

    repository.write("exercises/1-greeting/followups/1-more.md", "More.");
    EXPECT_TRUE(load_rubric(repository.exercise()));
}

TEST(LoadRubricTest, SaysThatTheFileIsMissing) {
    const SmallRepository repository;
    const auto rubric = load_rubric(repository.exercise());
    ASSERT_FALSE(rubric);
    EXPECT_THAT(rubric.error().message, HasSubstr("rubric.json"));
}

}  // namespace
}  // namespace onsite
