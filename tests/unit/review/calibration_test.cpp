// Goal: a calibration attempt has all the files that a reviewer is to look at, also when the work
// is several documents, and a pack that lacks one is refused with the file's name.
#include "harness/review/calibration.hpp"

#include "tests/support/command.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kScores = R"({
    "exercise": "plan", "rubric_version": 1, "language": "documents", "made_from": "a test",
    "agreed": {"clear": {"level": 2, "because": "why", "anchors": ["plan.md:1", "api.yaml:2"]}}
})";

class CalibrationPackTest : public ::testing::Test {
protected:
    CalibrationPackTest() {
        write("starter/api.yaml", "openapi: 3.0.3\npaths: {}\n");
        write("calibration/01/plan.md", "# Plan\n");
        fs::copy_file(folder_.path() / "starter/api.yaml",
                      folder_.path() / "calibration/01/api.yaml");
        write("calibration/01/scores.json", kScores);
    }

    void write(const std::string& name, const std::string& content) const {
        fs::create_directories((folder_.path() / name).parent_path());
        write_text(folder_.path() / name, content);
    }
    void remove(const std::string& name) const { fs::remove(folder_.path() / name); }

    // The pack, or why it was refused.
    Result<std::vector<CalibrationEntry>> load() const {
        const Exercise exercise{.slug = "plan",
                                .contract = ContractKind::document,
                                .languages = {{kDocuments, "plan.md", "", {"plan.md", "api.yaml"}}},
                                .folder = folder_.path()};
        const Rubric rubric{.exercise = "plan", .criteria = {{.id = "clear"}}};
        return load_calibration(exercise, rubric);
    }
    std::string refusal() const {
        const auto entries = load();
        return entries ? "taken" : entries.error().message;
    }

private:
    TemporaryFolder folder_;
};

TEST_F(CalibrationPackTest, KnowsEveryDocumentOfAnAttempt) {
    const auto entries = load();
    ASSERT_TRUE(entries) << entries.error().message;
    ASSERT_EQ(entries->size(), 1u);
    EXPECT_THAT(entries->front().files, ElementsAre("plan.md", "api.yaml"));
    EXPECT_THAT(entries->front().agreed.at("clear").anchors,
                ElementsAre("plan.md:1", "api.yaml:2"));
}

TEST_F(CalibrationPackTest, RefusesAnAttemptThatLacksADocument) {
    remove("calibration/01/api.yaml");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("scores.json"), HasSubstr("expected api.yaml beside it"),
                                 HasSubstr("copy the starter's")));
}

TEST_F(CalibrationPackTest, RefusesALanguageThatTheExerciseDoesNotHave) {
    std::string scores = kScores;
    scores.replace(scores.find("documents"), 9, "markdown!");
    write("calibration/01/scores.json", scores);
    EXPECT_THAT(refusal(), AllOf(HasSubstr("language"), HasSubstr("markdown!")));
}

TEST_F(CalibrationPackTest, RefusesAnAnchorBehindTheEndOfADocument) {
    write("calibration/01/api.yaml", "openapi: 3.0.3\n");
    EXPECT_THAT(refusal(), AllOf(HasSubstr("api.yaml:2"), HasSubstr("1 lines")));
}

TEST(CalibrationAnswerTest, KeepsTheColumnsWhenANameIsLong) {
    const CalibrationEntry entry{
        .name = "01", .agreed = {{"clear", {.level = 2}}, {"failed_payments", {.level = 3}}}};
    EXPECT_THAT(calibration_answer(entry, {}), AllOf(HasSubstr("  clear           agreed 2"),
                                                     HasSubstr("  failed_payments agreed 3")));
}

}  // namespace
}  // namespace onsite::testing
