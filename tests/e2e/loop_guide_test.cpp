// docs/guides/loop.md as it is written, on the whole catalogue.
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words(1);
    bool is_quoted = false;
    for (const char c : line.substr(0, line.find(" #"))) {
        if (c == '"') is_quoted = !is_quoted;
        if (c == '"') continue;
        if (c == ' ' && !is_quoted) {
            if (!words.back().empty()) words.emplace_back();
        } else {
            words.back() += c;
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

// The commands of the guide, without "./onsite" and without what a shell makes of them.
std::vector<std::vector<std::string>> commands_of_the_guide() {
    std::istringstream guide(read_text(root() / "docs" / "guides" / "loop.md"));
    std::vector<std::vector<std::string>> commands;
    bool is_shell = false;
    for (std::string line; std::getline(guide, line);) {
        if (line.starts_with("```")) is_shell = line == "```sh";
        if (!is_shell || !line.starts_with("./onsite")) continue;
        auto words = words_of(line.substr(0, line.find(" > ")));
        words.erase(words.begin());
        commands.push_back(std::move(words));
    }
    return commands;
}

TEST(GuideTest, EveryCommandWorksInTheOrderOfTheGuide) {
    const Practice practice;
    // Longer than other commands: one of them grades every section that there is.
    const auto run_patiently = [&](const std::vector<std::string>& words) {
        return Running(practice.command(words)).finish(std::chrono::seconds(240));
    };
    const auto commands = commands_of_the_guide();
    ASSERT_GE(commands.size(), 14u);
    for (std::vector<std::string> words : commands) {
        const bool ends_sections = words == std::vector<std::string>{"loop", "next"};
        if (words == std::vector<std::string>{"loop", "grade"}) {
            words.insert(words.end(), {"--growth-rows", "300"});
        }
        CommandResult done = run_patiently(words);
        for (int section = 1; ends_sections && section < 20; ++section) {
            if (done.output.find("All sections are over") != std::string::npos) break;
            done = run_patiently(words);
        }
        std::string typed;
        for (const std::string& word : words) typed += word + ' ';
        ASSERT_EQ(done.status, 0) << typed << '\n' << done.output << done.errors;
    }
}

}  // namespace
}  // namespace onsite::testing
