// The rules about what people read: first each one on a small tree that breaks it, then all of them
// on the repository and on the program as it was built.
#include "tests/meta/documents.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/command.hpp"

namespace onsite::meta {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Tree& repository() {
    static const Tree tree = read_tree(ONSITE_ROOT);
    return tree;
}

TEST(JsonTest, FindsAFileThatDoesNotParse) {
    const Tree tree = {{"a.json", "{\"a\": 1} // why\n"}, {"b.json", "{\"a\": 1,}"}};
    EXPECT_THAT(is_no_json(tree), ElementsAre(HasSubstr("b.json is not JSON")));
}

TEST(JsonTest, HoldsInTheRepository) { EXPECT_THAT(is_no_json(repository()), IsEmpty()); }

TEST(LinkTest, FindsALinkThatLeadsNowhere) {
    const Tree tree = {
        {"README.md",
         "# Top\n[a](docs/a.md) [b](docs/b.md) ![picture](docs/c.svg)\n"
         "[top](#top) [other](#other) [web](https://example.org/x)\n"
         "`[code](nowhere.md)`\n```sh\n[code](nowhere.md)\n```\n"},
        {"docs/a.md",
         "## Who may, and why\n[up](../README.md#top) [up](../README.md#down)\n"
         "[here](#who-may-and-why) [folder](../docs/) [folder](../src)\n"},
    };
    EXPECT_THAT(leads_nowhere(tree),
                ElementsAre("README.md links to docs/b.md", "README.md links to docs/c.svg",
                            "README.md links to #other", "docs/a.md links to ../README.md#down",
                            "docs/a.md links to ../src"));
}

TEST(LinkTest, HoldsInTheRepository) { EXPECT_THAT(leads_nowhere(repository()), IsEmpty()); }

TEST(ReadmeTest, FindsALongOneAndNone) {
    std::string text;
    for (int line = 0; line < 100; ++line) text += "line\n";
    EXPECT_THAT(is_a_long_readme({{"README.md", text}}),
                ElementsAre("README.md has 100 lines, expected at most 99"));
    EXPECT_THAT(is_a_long_readme({}), ElementsAre("README.md is missing"));
}

TEST(ReadmeTest, HoldsInTheRepository) { EXPECT_THAT(is_a_long_readme(repository()), IsEmpty()); }

TEST(DocumentedCommandTest, FindsACommandAndAFlagThatDoNotExist) {
    const auto help = [](const std::string& command) -> std::string {
        if (command == "grade") return "  --seed INT   repeat\n  --growth-rows UINT\n";
        return command.empty() ? "--version" : "";
    };
    const Tree tree = {
        {"README.md",
         "```sh\n./onsite grade --seed=1   # --no-flag\n$ A=1 onsite grade --growth\n"
         "./onsite explode | head --lines 3\n./onsite\n./onsite --version\n"
         "./onsite --loud\ncmake --build x\n```\n```\n./onsite nothing\n```\n"},
        {"notes.md", "```sh\n./onsite nothing\n```\n"},
    };
    EXPECT_THAT(documents_an_unknown_command(tree, help),
                ElementsAre("README.md has the flag --growth in '$ A=1 onsite grade --growth'",
                            "README.md has the command './onsite explode | head --lines 3'",
                            "README.md has the flag --loud in './onsite --loud'"));
}

TEST(DocumentedCommandTest, HoldsInTheRepository) {
    const auto help = [](const std::string& command) -> std::string {
        // The script itself answers to this word; its options are ctest's.
        if (command == "test") return "-R --output-on-failure";
        std::vector<std::string> words = {ONSITE_PROGRAM, command, "--help"};
        if (command.empty()) words.erase(words.begin() + 1);
        const auto shown = onsite::testing::run({.words = words, .environment = {}});
        const bool is_known = shown.output.find("Usage: onsite " + command) != std::string::npos;
        return is_known ? shown.output : "";
    };
    ASSERT_THAT(help("grade"), HasSubstr("--format"));
    ASSERT_THAT(help("explode"), IsEmpty());
    EXPECT_THAT(documents_an_unknown_command(repository(), help), IsEmpty());
}

}  // namespace
}  // namespace onsite::meta
