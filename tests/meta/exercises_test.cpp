// The rules about exercises, mutants and hostile submissions: first each one on a small tree that
// breaks it, then all of them on the repository.
#include "tests/meta/exercises.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/command.hpp"

namespace onsite::meta {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const Tree& repository() {
    static const Tree tree = read_tree(ONSITE_ROOT);
    return tree;
}

const std::string kMark = std::string("TO") + "DO(candidate): solve\n";

// One exercise in two languages that breaks no rule but the ones about numbers.
Tree small_tree() {
    return {
        {"exercises/1-a/exercise.json",
         R"({"slug":"a","languages":{"cpp":{"answer":"a.cpp"},"python":{"answer":"a.py"}}})"},
        {"exercises/1-a/rubric.json",
         R"({"criteria":[{"id":"money","judge":"checks","checks":["is_exact"]},
                         {"id":"clarity","judge":"person"}]})"},
        {"exercises/1-a/starter/cpp/a.cpp", kMark},
        {"exercises/1-a/starter/python/a.py", kMark},
        {"solutions/1-a/NOTES.md", ""},
        {"solutions/1-a/cpp/a.cpp", ""},
        {"solutions/1-a/python/a.py", ""},
        {"tests/mutants/1-a/floats/a.cpp", ""},
        {"tests/mutants/1-a/floats/mutant.json",
         R"({"defect":"Uses floats.","criterion":"money","language":"cpp","followup":0})"},
    };
}

File& at(Tree& tree, std::string_view path) { return const_cast<File&>(*find(tree, path)); }

TEST(TwinTest, FindsAFileOnOneSideOnly) {
    Tree tree = small_tree();
    EXPECT_THAT(has_no_twin(tree), IsEmpty());
    tree.push_back({"exercises/1-a/starter/cpp/extra.txt", ""});
    tree.push_back({"solutions/1-a/python/helper.py", ""});
    EXPECT_THAT(has_no_twin(tree),
                ElementsAre("exercises/1-a/starter/cpp/extra.txt is missing in the solution",
                            "solutions/1-a/python/helper.py is missing in the starter"));
}

TEST(TwinTest, LeavesTheCompleteSystemBehindAnAnswerAlone) {
    Tree tree = small_tree();
    tree.push_back({"solutions/1-a/production/engine.cpp", ""});
    EXPECT_THAT(has_no_twin(tree), IsEmpty());
}

TEST(TwinTest, HoldsInTheRepository) { EXPECT_THAT(has_no_twin(repository()), IsEmpty()); }

TEST(UnsolvedTest, FindsAStarterWithoutTheMark) {
    Tree tree = small_tree();
    EXPECT_THAT(is_already_solved(tree), IsEmpty());
    at(tree, "exercises/1-a/starter/cpp/a.cpp").text = "solved();\n";
    at(tree, "exercises/1-a/starter/python/a.py").path = "elsewhere";
    EXPECT_THAT(is_already_solved(tree),
                ElementsAre(StartsWith("exercises/1-a/starter/cpp/a.cpp has no "),
                            "exercises/1-a/starter/python/a.py is missing"));
}

TEST(UnsolvedTest, HoldsInTheRepository) {
    EXPECT_THAT(is_already_solved(repository()), IsEmpty());
}

std::string first_problem(const std::string& name, const std::string& line) {
    const Problems problems =
        hides_what_to_expect({{"tests/hostile/submissions/1-reconciliation/" + name, line}});
    return problems.empty() ? "" : problems.front();
}

TEST(ExpectationTest, FindsALineThatSaysNothing) {
    EXPECT_THAT(first_problem("H01-a.cpp", "// exits\n"), HasSubstr("does not begin with"));
    EXPECT_THAT(first_problem("H01-a.cpp", "// expect: crash, exits.\n"),
                HasSubstr("does not begin with"));
    EXPECT_THAT(first_problem("H01-a.cpp", "// expect: crash - exits\n"), HasSubstr("period"));
    EXPECT_THAT(first_problem("H01-a.cpp", "// expect: crash or bang - exits.\n"),
                HasSubstr("'bang'"));
    EXPECT_THAT(first_problem("H01-a.cpp", "// expect: none - exits.\n"), HasSubstr("'none'"));
    EXPECT_THAT(first_problem("H01-a.cpp", "// expect: grader_fault - exits.\n"),
                HasSubstr("'grader_fault'"));
    EXPECT_THAT(first_problem("H01-a.py", "# expect: crash or time - exits.\n"),
                HasSubstr("C26 is missing"));
}

TEST(ExpectationTest, FindsANameThatSaysNothing) {
    const std::string good = "// expect: crash - exits.\n";
    for (const char* name : {"H01.cpp", "H99-a.cpp", "H01-A.cpp", "H01-a.rs", ".clang-format"}) {
        EXPECT_THAT(first_problem(name, good), HasSubstr("is not named")) << name;
    }
}

TEST(ExpectationTest, FindsAnAttackThatNobodyWrote) {
    EXPECT_THAT(hides_what_to_expect({}), SizeIs(30));
}

TEST(ExpectationTest, HoldsInTheRepository) {
    EXPECT_THAT(hides_what_to_expect(repository()), IsEmpty());
}

TEST(RightAnswerTest, FindsOneThatWasChanged) {
    const std::string text = "\nReconciliation right_answer(a) {\n    return 1;\n}\n";
    const std::string other = "\nReconciliation right_answer(a) {\n    return 2;\n}\n";
    EXPECT_THAT(has_another_right_answer(
                    {{"tests/hostile/submissions/1-reconciliation/H01-a.cpp", text + "x"},
                     {"tests/hostile/submissions/1-reconciliation/H02-b.cpp", "nothing"},
                     {"tests/hostile/submissions/1-reconciliation/H03-c.cpp", text + "y"},
                     {"tests/hostile/submissions/1-reconciliation/H04-d.cpp", other}}),
                ElementsAre(StartsWith("tests/hostile/submissions/1-reconciliation/H04-d.cpp")));
}

TEST(RightAnswerTest, HoldsInTheRepository) {
    EXPECT_THAT(has_another_right_answer(repository()), IsEmpty());
}

TEST(MutantTest, FindsAManifestThatSaysTooLittle) {
    const std::string path = "tests/mutants/1-a/floats/mutant.json";
    Tree tree = small_tree();
    EXPECT_THAT(is_no_mutant(tree), IsEmpty());
    at(tree, path).text = "{";
    EXPECT_THAT(is_no_mutant(tree), ElementsAre(HasSubstr("does not name its defect")));
    at(tree, path).text = R"({"defect":"Floats.","criterion":"clarity","language":"cpp"})";
    EXPECT_THAT(is_no_mutant(tree), ElementsAre(HasSubstr("'clarity', which no checks decide")));
    at(tree, path).text = R"({"defect":"Floats.","criterion":"money","language":"rust"})";
    EXPECT_THAT(is_no_mutant(tree), ElementsAre(HasSubstr("is written in 'rust'")));
    at(tree, path).text = R"({"defect":"Floats.","criterion":"money","language":"python"})";
    EXPECT_THAT(is_no_mutant(tree), ElementsAre(HasSubstr("a.cpp, which the solution has not")));
}

TEST(MutantTest, FindsAMutantWithoutADefect) {
    Tree tree = small_tree();
    std::erase_if(tree,
                  [](const File& file) { return file.path == "tests/mutants/1-a/floats/a.cpp"; });
    EXPECT_THAT(is_no_mutant(tree), ElementsAre("tests/mutants/1-a/floats changes no file"));
}

TEST(MutantTest, HoldsInTheRepository) { EXPECT_THAT(is_no_mutant(repository()), IsEmpty()); }

TEST(EnoughMutantsTest, FindsThatThereAreTooFew) {
    Tree tree = small_tree();
    EXPECT_THAT(lacks_mutants(tree),
                ElementsAre("1-a has 1 mutants, expected at least 8",
                            "1-a has mutants in 1 languages, expected 2 or more"));
    at(tree, "exercises/1-a/rubric.json").text =
        R"({"criteria":[{"id":"growth","judge":"checks"}]})";
    EXPECT_THAT(lacks_mutants(tree), Contains("1-a has no mutant that loses growth"));
}

// What the coding section promises of itself.
TEST(EnoughMutantsTest, TheCodingSectionHasTwenty) {
    std::set<std::string_view> names;
    for (const File& file : repository()) {
        if (!file.path.starts_with("tests/mutants/1-reconciliation/")) continue;
        names.insert(part(file.path, 3));
    }
    EXPECT_GE(names.size(), 20U);
}

TEST(EnoughMutantsTest, HoldsInTheRepository) {
    EXPECT_THAT(lacks_mutants(repository()), IsEmpty());
}

TEST(RubricTest, FindsACheckThatDoesNotExist) {
    const auto known = [](const std::string& slug) {
        return slug == "a" ? std::set<std::string>{"is_exact"} : std::set<std::string>{};
    };
    Tree tree = small_tree();
    EXPECT_THAT(names_an_unknown_check(tree, known), IsEmpty());
    at(tree, "exercises/1-a/rubric.json").text =
        R"({"criteria":[{"id":"money","judge":"checks","checks":["is_exact","is_fast"]}]})";
    EXPECT_THAT(names_an_unknown_check(tree, known),
                ElementsAre("exercises/1-a/rubric.json: money names the check \"is_fast\""));
    at(tree, "exercises/1-a/rubric.json").text = "{}";
    EXPECT_THAT(names_an_unknown_check(tree, known), ElementsAre(HasSubstr("has no criteria")));
}

}  // namespace
}  // namespace onsite::meta
