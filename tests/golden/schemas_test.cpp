// Goal: what Onsite writes and reads has the form that docs/reference/schemas promises. JSON is
// validated by valijson, JUnit XML by xmllint; a machine without xmllint fails the test.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/report/report.hpp"
#include "harness/review/agreement_report.hpp"
#include "harness/review/calibration.hpp"
#include "tests/golden/sample_scorecards.hpp"
#include "tests/support/command.hpp"
#include "tests/support/schema.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using testing::Sample;

const fs::path kRoot = ONSITE_SOURCE_ROOT;
const fs::path kSchemas = kRoot / "docs" / "reference" / "schemas";

Json read_json(const fs::path& file) {
    return parse_json(testing::read_text(file), file.string(), JsonComments::allowed).value();
}

std::string problems(const std::string& schema, const Json& value) {
    return testing::json_problems(kSchemas / schema, value.dump());
}

TEST(SchemaTest, EveryScorecardHasItsForm) {
    for (const Sample& sample : testing::sample_scorecards()) {
        const Json json = Json::parse(render(sample.scorecard, ReportFormat::json));
        EXPECT_EQ(problems("scorecard.schema.json", json), "") << sample.name;
    }
}

TEST(SchemaTest, AScorecardThatSaysTwoThingsIsRefused) {
    Json json = Json::parse(render(testing::sample_scorecards()[0].scorecard, ReportFormat::json));
    json["criteria"][0]["open"] = "person";
    EXPECT_NE(problems("scorecard.schema.json", json), "");
    json["criteria"][0].erase("open");
    EXPECT_EQ(problems("scorecard.schema.json", json), "");
    json["extra"] = 1;
    EXPECT_NE(problems("scorecard.schema.json", json), "");
}

TEST(SchemaTest, AnOpenCriterionWithPointsIsRefused) {
    Json json = Json::parse(render(testing::sample_scorecards()[0].scorecard, ReportFormat::json));
    ASSERT_EQ(json["criteria"].back()["open"], "person");
    json["criteria"].back()["points"] = 1;
    EXPECT_NE(problems("scorecard.schema.json", json), "");
}

TEST(SchemaTest, EveryGradescopeFileHasItsForm) {
    for (const Sample& sample : testing::sample_scorecards()) {
        const Json json = Json::parse(render(sample.scorecard, ReportFormat::gradescope));
        EXPECT_EQ(problems("gradescope.schema.json", json), "") << sample.name;
    }
    EXPECT_NE(problems("gradescope.schema.json", {{"score", 1}}), "");
}

TEST(SchemaTest, EveryExerciseAndRubricHasItsForm) {
    const auto catalog = load_catalog(kRoot).value();
    for (const Exercise& exercise : catalog) {
        EXPECT_EQ(problems("exercise.schema.json", read_json(exercise.folder / "exercise.json")),
                  "");
        EXPECT_EQ(problems("rubric.schema.json", read_json(exercise.folder / "rubric.json")), "");
    }
    EXPECT_NE(problems("rubric.schema.json", {{"exercise", "x"}}), "");
}

TEST(SchemaTest, EveryEventOfAReviewHasItsForm) {
    using enum ReviewEventKind;
    for (const ReviewEventKind kind : {began, rated, signalled, completed, revealed}) {
        ReviewEvent event{.kind = kind, .criterion = "clarity", .level = 3, .anchors = {"a.cpp:1"}};
        event.because = "why";
        Json json = to_json(event);
        json["after"] = std::string(64, '0');
        EXPECT_EQ(problems("review-event.schema.json", json), "") << to_string(kind);
        json["extra"] = 1;
        EXPECT_NE(problems("review-event.schema.json", json), "") << to_string(kind);
    }
}

TEST(SchemaTest, EveryCalibrationPackHasItsForm) {
    const std::vector<Exercise> catalog = load_catalog(kRoot).value();
    for (const Exercise& exercise : catalog) {
        const auto entries = load_calibration(exercise, load_rubric(exercise).value());
        ASSERT_TRUE(entries) << entries.error().message;
        for (const CalibrationEntry& entry : *entries) {
            EXPECT_EQ(problems("calibration.schema.json", read_json(entry.folder / "scores.json")),
                      "")
                << entry.folder;
        }
    }
}

TEST(SchemaTest, AgreementHasItsForm) {
    const Json report = to_json(agreement_of({}, 7));
    EXPECT_EQ(problems("agreement.schema.json", {{"seed", "7"}, {"sections", {{"a", report}}}}),
              "");
    EXPECT_NE(problems("agreement.schema.json", {{"sections", {{"a", report}}}}), "");
}

TEST(SchemaTest, EveryEventOfALogHasItsForm) {
    using enum EventKind;
    for (const EventKind kind : {started, hint, followup, checked, graded, solution_viewed, paused,
                                 resumed, sealed, rated}) {
        const Event event{.kind = kind,
                          .at_ms = 1'772'359'872'000,
                          .is_witnessed = true,
                          .number = 1,
                          .proof = {.verdicts_hash = "ab"},
                          .seal = {.files = {{"a.cpp", "cd"}}, .late = {"a.cpp"}},
                          .rating = {.criterion = "clarity", .level = 3, .anchor = "event:1"}};
        EXPECT_EQ(problems("log-event.schema.json", to_json(event)), "") << to_string(kind);
    }
    const Event hint_event{.kind = hint, .at_ms = 0, .number = 1};
    Json edited = to_json(hint_event);
    edited["earned"] = 100;
    EXPECT_NE(problems("log-event.schema.json", edited), "");
}

std::string junit_problems(const std::string& xml) {
    return testing::xml_problems(kSchemas / "junit.xsd", xml);
}

TEST(JunitSchemaTest, EveryJunitFileHasItsForm) {
    for (const Sample& sample : testing::sample_scorecards()) {
        EXPECT_EQ(junit_problems(render(sample.scorecard, ReportFormat::junit)), "") << sample.name;
    }
}

TEST(JunitSchemaTest, AnotherFormIsRefused) {
    std::string xml = render(testing::sample_scorecards()[0].scorecard, ReportFormat::junit);
    xml.replace(xml.find(" failures="), 10, " failed=");
    EXPECT_THAT(junit_problems(xml), ::testing::HasSubstr("xmllint ended with 3"));
}

// Every byte there is, at once and everywhere.
TEST(JunitSchemaTest, NoByteBreaksTheXml) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    bytes += "]]><!--&amp;\u202e\uffff";
    Scorecard card = testing::sample_scorecards()[0].scorecard;
    card.facts.attempt = bytes;
    Verdict& verdict = card.criteria[0].evidence[1];
    verdict.message = verdict.evidence.story = verdict.evidence.stderr_tail = bytes;
    EXPECT_EQ(junit_problems(render(card, ReportFormat::junit)), "");
}

}  // namespace
}  // namespace onsite
