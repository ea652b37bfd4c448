// The words of a command line, read alike by every program.
#pragma once

#include <optional>

namespace CLI {
class App;
}

namespace onsite {

class Console;

// Reads the words. Nothing when the command can go on; otherwise the exit status: 0 when help or
// the version was asked for and shown, kExitUsage after one line that says what is wrong and where
// help is.
std::optional<int> read_words(CLI::App& cli, int count, const char* const* words,
                              const Console& console);

}  // namespace onsite
