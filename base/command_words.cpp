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

// Whether a command was named that there is not: where there are none, words have other meanings.
bool names_no_command(const CLI::App& cli) {
    const std::string unknown = unknown_word(cli);
    return !unknown.empty() && !is_option(unknown) && !known_words(command_of(cli), false).empty();
}

// What is wrong, with the word that was meant where one is close.
std::string sentence_about(const CLI::App& cli, const CLI::ParseError& problem) {
    const std::string unknown = unknown_word(cli);
    const std::string sentence =
        names_no_command(cli)
            ? fmt::format("no command is called \"{}\"", unknown.substr(0, kUnknownBytesMax))
            : std::string(problem.what());
    const std::string closest =
        closest_word(unknown, known_words(command_of(cli), is_option(unknown)));
    if (closest.empty()) return sentence + ";";
    return fmt::format("{}; did you mean {}?", sentence, closest);
}

}  // namespace

std::optional<int> read_words(CLI::App& cli, int count, const char* const* words,
                              const Console& console) {
    try {
        cli.parse(count, words);
        return std::nullopt;
    } catch (const CLI::ParseError& problem) {
        // Help and the version come as problems as well. Help with a command that is none is not
        // help with all of them.
        const bool is_shown = problem.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        if (is_shown && !names_no_command(cli)) {
            std::ostringstream text;
            const int status = cli.exit(problem, text);
            console.print(text.str());
            return console.end_with(status);
        }
        console.complain(
            fmt::format("{} see {} --help", sentence_about(cli, problem), understood(cli)));
        return kExitUsage;
    }
}

}  // namespace onsite
