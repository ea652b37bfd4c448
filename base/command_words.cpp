#include "base/command_words.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/closest_word.hpp"
#include "base/console.hpp"
#include "base/error.hpp"

namespace onsite {
namespace {

constexpr std::size_t kUnknownBytesMax = 80;  // Shown of a word.

const CLI::App& command_of(const CLI::App& cli) {
    const CLI::App* command = &cli;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    return *command;
}

// "./onsite drill logs", as far as the words were understood.
std::string understood(const CLI::App& cli) {
    std::string name = "./" + cli.get_name();
    const CLI::App* command = &cli;
    while (!command->get_subcommands().empty()) {
        command = command->get_subcommands().front();
        name += " " + command->get_name();
    }
    return name;
}

bool is_option(std::string_view word) { return word.starts_with("-"); }

// The first word that was left over, or nothing.
std::string unknown_word(const CLI::App& cli) {
    const std::vector<std::string> left = cli.remaining(true);
    return left.empty() ? "" : left.front();
}

std::vector<std::string> known_words(const CLI::App& command, bool are_options) {
    std::vector<std::string> known;
    if (are_options) {
        for (const CLI::Option* option : command.get_options()) {
            for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
        }
        return known;
    }
    for (const CLI::App* one : command.get_subcommands({})) known.push_back(one->get_name());
    return known;
}

// What is wrong, with the word that was meant where one is close.
std::string sentence_about(const CLI::App& cli, const CLI::ParseError& problem) {
    const CLI::App& command = command_of(cli);
    const std::string unknown = unknown_word(cli);
    const std::vector<std::string> known = known_words(command, is_option(unknown));
    const bool is_no_command = !unknown.empty() && !is_option(unknown) && !known.empty();
    const std::string sentence = is_no_command ? fmt::format("no command is called \"{}\"",
                                                             unknown.substr(0, kUnknownBytesMax))
                                               : std::string(problem.what());
    const std::string closest = closest_word(unknown, known);
    if (closest.empty()) return sentence + ";";
    return fmt::format("{}; did you mean {}?", sentence, closest);
}

}  // namespace

std::optional<int> read_words(CLI::App& cli, int count, const char* const* words,
                              const Console& console) {
    try {
        cli.parse(count, words);
        return std::nullopt;
    } catch (const CLI::Success& shown) {
        std::ostringstream help;
        const int status = cli.exit(shown, help);
        console.print(help.str());
        return console.end_with(status);
    } catch (const CLI::ParseError& problem) {
        console.complain(
            fmt::format("{} see {} --help", sentence_about(cli, problem), understood(cli)));
        return kExitUsage;
    }
}

}  // namespace onsite
