// A grade that is given up stops at once, not when everything that it would need is built.
#include "harness/grading/grader.hpp"

#include <array>

#include "harness/grading/sources.hpp"
#include "tests/support/command.hpp"

namespace onsite {
namespace {

class GraderTest : public ::testing::Test {
protected:
    GraderTest() {
        std::filesystem::create_directory_symlink(ONSITE_SUBJECTS, build_.path() / "subjects");
    }

    // Grades the solution in Python with its own tests. There is no check program to run.
    Result<Grading> grade_solution(const Cancel& cancel, bool tries_mutants) {
        const auto catalog = load_catalog(ONSITE_SOURCE_ROOT);
        const Exercise exercise = *find_exercise(*catalog, "reconciliation");
        const Language python = *find_language(exercise, "python");
        GradeRequest request;
        request.source =
            load_source("answer", python, std::array{exercise.solution_of(python)}).value();
        request.language = python;
        request.tests = load_tests(exercise, std::array{exercise.solution}).value();
        request.tries_mutants = tries_mutants;
        return grade(
            exercise, request,
            {.root = ONSITE_SOURCE_ROOT, .build = build_.path(), .attempts = build_.path()}, cancel,
            [this](const std::string& doing) { done_.push_back(doing); }, clock_);
    }

    testing::TemporaryFolder build_;
    SystemClock clock_;
    std::vector<std::string> done_;
};

TEST_F(GraderTest, GivenUpWhileWrongSolutionsAreBuiltItBuildsNoMore) {
    const Cancel cancel{.is_wanted = [this] {
        return !done_.empty() && done_.back().starts_with("building the wrong solution");
    }};
    const auto grading = grade_solution(cancel, true);
    ASSERT_TRUE(grading.has_value()) << grading.error().message;
    EXPECT_TRUE(grading->run.is_cancelled);
    EXPECT_TRUE(grading->run.verdicts.empty());
    ASSERT_EQ(done_.size(), 3u);
    EXPECT_EQ(done_[1], "building the reference");
}

TEST_F(GraderTest, WithoutItsCheckProgramNothingIsGraded) {
    const auto grading = grade_solution({}, false);
    ASSERT_FALSE(grading.has_value());
    EXPECT_EQ(grading.error().kind, ErrorKind::tool);
    EXPECT_THAT(grading.error().message, ::testing::HasSubstr("onsite-check-reconciliation"));
}

}  // namespace
}  // namespace onsite
