// Goal: what Onsite writes and reads has the form that docs/reference/schemas promises. JSON is
// validated by valijson, JUnit XML by xmllint; a machine without xmllint fails the test.
#include <filesystem>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/report/report.hpp"
#include "tests/golden/sample_scorecards.hpp"
#include "tests/support/command.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using testing::Sample;
using valijson::adapters::NlohmannJsonAdapter;

const fs::path kRoot = ONSITE_SOURCE_ROOT;
const fs::path kSchemas = kRoot / "docs" / "reference" / "schemas";

Json read_json(const fs::path& file) {
    return parse_json(testing::read_text(file), file.string(), JsonComments::allowed).value();
}

// What is wrong with the value; empty when it has the form of the schema.
std::string problems(const std::string& schema_file, const Json& value) {
    const Json schema_json = read_json(kSchemas / schema_file);
    valijson::Schema schema;
    valijson::SchemaParser().populateSchema(NlohmannJsonAdapter(schema_json), schema);
    valijson::ValidationResults results;
    valijson::Validator validator;
    if (validator.validate(schema, NlohmannJsonAdapter(value), &results)) return "";
    std::string text = "does not have the form of " + schema_file + ":";
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        for (const std::string& part : error.context) text += part;
        text += ": " + error.description + "\n";
    }
    return text;
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

TEST(SchemaTest, EveryEventOfALogHasItsForm) {
    using enum EventKind;
    for (const EventKind kind : {started, hint, followup, checked, graded, solution_viewed}) {
        const Event event{.kind = kind, .at_ms = 1'772'359'872'000, .number = 1};
        EXPECT_EQ(problems("log-event.schema.json", to_json(event)), "") << to_string(kind);
    }
    const Event hint_event{.kind = hint, .at_ms = 0, .number = 1};
    Json edited = to_json(hint_event);
    edited["earned"] = 100;
    EXPECT_NE(problems("log-event.schema.json", edited), "");
}

class JunitSchemaTest : public ::testing::Test {
protected:
    testing::CommandResult lint(const std::string& xml) const {
        testing::write_text(folder_.path() / "report.xml", xml);
        return testing::run({.words = {"xmllint", "--nonet", "--noout", "--schema",
                                       kSchemas / "junit.xsd", folder_.path() / "report.xml"}});
    }
    testing::TemporaryFolder folder_;
};

TEST_F(JunitSchemaTest, EveryJunitFileHasItsForm) {
    for (const Sample& sample : testing::sample_scorecards()) {
        const auto linted = lint(render(sample.scorecard, ReportFormat::junit));
        EXPECT_EQ(linted.status, 0)
            << sample.name << ": " << linted.errors << "(127: install libxml2-utils)";
    }
}

TEST_F(JunitSchemaTest, AnotherFormIsRefused) {
    std::string xml = render(testing::sample_scorecards()[0].scorecard, ReportFormat::junit);
    xml.replace(xml.find(" failures="), 10, " failed=");
    EXPECT_EQ(lint(xml).status, 3);  // xmllint: validation error.
}

// Every byte there is, at once and everywhere.
TEST_F(JunitSchemaTest, NoByteBreaksTheXml) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    bytes += "]]><!--&amp;\u202e\uffff";
    Scorecard card = testing::sample_scorecards()[0].scorecard;
    card.facts.attempt = bytes;
    Verdict& verdict = card.criteria[0].evidence[1];
    verdict.message = verdict.evidence.story = verdict.evidence.stderr_tail = bytes;
    const auto linted = lint(render(card, ReportFormat::junit));
    EXPECT_EQ(linted.status, 0) << linted.errors;
}

}  // namespace
}  // namespace onsite
