#include "base/command_words.hpp"

#include <sstream>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/console.hpp"
#include "base/error.hpp"

namespace onsite {
namespace {

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
        console.complain(fmt::format("{}; see {} --help", problem.what(), understood(cli)));
        return kExitUsage;
    }
}

}  // namespace onsite
