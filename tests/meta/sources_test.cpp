// The rules about source files: first each one on a small tree that breaks it, then all of them on
// the repository.
#include "tests/meta/sources.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::meta {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const Tree& repository() {
    static const Tree tree = read_tree(ONSITE_ROOT);
    return tree;
}

std::string include(const std::string& path) { return "#include \"" + path + "\"\n"; }

TEST(TreeTest, HoldsWhatIsInTheRepositoryAndNothingElse) {
    EXPECT_NE(find(repository(), "base/cmake/onsite.cmake"), nullptr);
    EXPECT_TRUE(has_folder(repository(), "harness/isolation"));
    EXPECT_FALSE(has_folder(repository(), "build"));
    EXPECT_FALSE(has_folder(repository(), ".git"));
}

TEST(IncludeRuleTest, FindsAnIncludeThatGoesUphill) {
    const Tree tree = {{"base/a.hpp", include("harness/verdict/b.hpp")},
                       {"harness/verdict/b.hpp", include("base/a.hpp")}};
    EXPECT_THAT(breaks_the_include_rule(tree),
                ElementsAre("base/a.hpp may not include harness/verdict/b.hpp"));
}

TEST(IncludeRuleTest, FindsATestInTheProduct) {
    const Tree tree = {{"harness/a.cpp", include("tests/support/b.hpp")},
                       {"tests/support/b.hpp", include("harness/a.cpp")}};
    EXPECT_THAT(breaks_the_include_rule(tree),
                ElementsAre("harness/a.cpp may not include tests/support/b.hpp"));
}

TEST(IncludeRuleTest, FindsAnExerciseInTheHarness) {
    const Tree tree = {{"exercises/1-a/contract/c.hpp", ""},
                       {"exercises/1-a/checks/check.cpp", include("harness/h.hpp")},
                       {"harness/h.hpp", include("exercises/1-a/contract/c.hpp")}};
    EXPECT_THAT(breaks_the_include_rule(tree),
                ElementsAre("harness/h.hpp may not include exercises/1-a/contract/c.hpp"));
}

TEST(IncludeRuleTest, FindsASolutionInAStarterAndTheOtherWayRound) {
    const Tree tree = {
        {"exercises/1-a/starter/cpp/a.cpp",
         include("contract/c.hpp") + include("solutions/1-a/cpp/a.cpp")},
        {"solutions/1-a/cpp/a.cpp",
         include("contract/c.hpp") + include("exercises/1-a/starter/cpp/a.cpp")},
    };
    EXPECT_THAT(
        breaks_the_include_rule(tree),
        ElementsAre("exercises/1-a/starter/cpp/a.cpp may not include solutions/1-a/cpp/a.cpp",
                    "solutions/1-a/cpp/a.cpp may not include exercises/1-a/starter/cpp/a.cpp"));
}

TEST(IncludeRuleTest, FindsAnotherExercisesChecks) {
    const Tree tree = {{"exercises/1-a/checks/a.cpp", include("exercises/2-b/checks/b.hpp")},
                       {"exercises/2-b/checks/b.hpp", ""}};
    EXPECT_THAT(
        breaks_the_include_rule(tree),
        ElementsAre("exercises/1-a/checks/a.cpp may not include exercises/2-b/checks/b.hpp"));
}

TEST(IncludeRuleTest, FindsAPathThatIsNotFromTheRoot) {
    const Tree tree = {{"base/a.cpp", "  #  include \"a.hpp\" // here\n"}, {"base/a.hpp", ""}};
    EXPECT_THAT(breaks_the_include_rule(tree),
                ElementsAre("base/a.cpp includes \"a.hpp\", which is no path from the root"));
}

TEST(IncludeRuleTest, HoldsInTheRepository) {
    EXPECT_THAT(breaks_the_include_rule(repository()), IsEmpty());
}

TEST(RoomOrderTest, FindsAnEarlierRoomThatUsesALaterOne) {
    const Tree tree = {{"harness/CMakeLists.txt", "foreach(room isolation subject\n cli)\n"},
                       {"harness/cli/main.cpp", include("harness/isolation/box.hpp")},
                       {"harness/isolation/box.hpp", include("harness/subject/session.hpp")},
                       {"harness/unlisted/a.hpp", include("harness/cli/main.cpp")}};
    EXPECT_THAT(uses_a_later_room(tree), ElementsAre(StartsWith("harness/isolation/box.hpp"),
                                                     StartsWith("harness/unlisted/a.hpp")));
}

TEST(RoomOrderTest, HoldsInTheRepository) {
    EXPECT_THAT(uses_a_later_room(repository()), IsEmpty());
}

TEST(HeavyHeaderTest, FindsOneInAHeaderOnly) {
    const Tree tree = {{"base/a.cpp", "#include <nlohmann/json.hpp>\n"},
                       {"base/a.hpp", "#include <nlohmann/json_fwd.hpp>\n"},
                       {"base/b.hpp", "#include <nlohmann/json.hpp>\n"},
                       {"tests/c.hpp", "#include \"gtest/gtest.h\"\n"}};
    EXPECT_THAT(has_a_heavy_header(tree), ElementsAre(StartsWith("base/b.hpp")));
}

TEST(HeavyHeaderTest, HoldsInTheRepository) {
    EXPECT_THAT(has_a_heavy_header(repository()), IsEmpty());
}

TEST(SizeTest, FindsALongFileAndAWideLine) {
    std::string wide_umlauts;
    for (int i = 0; i < 100; ++i) wide_umlauts += "ü";
    std::string long_text;
    for (int i = 0; i < 401; ++i) long_text += "\n";
    const Tree tree = {{"base/a.cpp", "\n" + std::string(101, 'x') + "\n"},
                       {"base/b.cpp", wide_umlauts},
                       {"base/c.hpp", long_text}};
    EXPECT_THAT(is_too_large(tree),
                ElementsAre("base/a.cpp:2 has 101 columns, expected at most 100",
                            "base/c.hpp has 401 lines, expected at most 400"));
}

TEST(SizeTest, HoldsInTheRepository) { EXPECT_THAT(is_too_large(repository()), IsEmpty()); }

TEST(HeaderCommentTest, FindsAHeaderThatStartsWithCode) {
    const Tree tree = {{"base/a.hpp", "#pragma once\n"}, {"base/b.hpp", "// What it is.\n"}};
    EXPECT_THAT(opens_without_a_comment(tree),
                ElementsAre("base/a.hpp does not open with what it is"));
}

TEST(HeaderCommentTest, HoldsInTheRepository) {
    EXPECT_THAT(opens_without_a_comment(repository()), IsEmpty());
}

TEST(UnfinishedWorkTest, AllowsTheCandidatesMarkInStartersOnly) {
    const std::string mark = std::string("TO") + "DO";
    const Tree tree = {{"base/a.cpp", "// " + mark + "(candidate): solve\n"},
                       {"docs/a.md", "Look for `" + mark + "(candidate):` in the file.\n"},
                       {"docs/b.md", mark + ": write this\n"},
                       {"exercises/1-a/starter/cpp/a.cpp", "// " + mark + "(candidate): solve\n"},
                       {"exercises/1-a/starter/cpp/b.cpp", "// " + mark + ": later\n"},
                       {"tests/unit/a.cpp", "// " + mark + "(candidate): solve\n"},
                       {"tests/unit/b.cpp", "// " + mark + ": later\n"}};
    EXPECT_THAT(
        has_unfinished_work(tree),
        ElementsAre(StartsWith("base/a.cpp"), StartsWith("docs/b.md"),
                    StartsWith("exercises/1-a/starter/cpp/b.cpp"), StartsWith("tests/unit/b.cpp")));
}

TEST(UnfinishedWorkTest, HoldsInTheRepository) {
    EXPECT_THAT(has_unfinished_work(repository()), IsEmpty());
}

TEST(MachinePathTest, FindsThePathOfAMachine) {
    const Tree tree = {{"docs/a.md", std::string("see /wor") + "k/main\n"},
                       {"docs/b.md", "see /tmp/elsewhere\n"}};
    EXPECT_THAT(names_a_machine(tree), ElementsAre(HasSubstr("docs/a.md")));
}

TEST(MachinePathTest, HoldsInTheRepository) {
    EXPECT_THAT(names_a_machine(repository()), IsEmpty());
}

}  // namespace
}  // namespace onsite::meta
