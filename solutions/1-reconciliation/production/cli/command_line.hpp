// The words of the command line: its options, its help, and which command they are.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/console.hpp"
#include "base/error.hpp"
#include "solutions/1-reconciliation/production/cli/commands.hpp"

namespace CLI {
class App;
}

namespace onsite::reconcile {

class CommandLine {
public:
    explicit CommandLine(const char* version);
    ~CommandLine();

    // The exit status when that was all: help was asked for, or a word is wrong.
    std::optional<int> read(int count, char** words, const Console& console);

    // Runs the command that was read, and gives its exit status.
    // Errors: usage, when the words do not fit together; whatever the command fails with.
    Result<int> run(const Machine& machine);

    // What CLI11 writes into.
    struct Words {
        RunWords run;
        RecordWords record;
        std::string positional[kSides];
        std::string task[3];
        std::function<Result<int>(const Machine&)> command;
    };

private:
    std::unique_ptr<CLI::App> cli_;
    Words words_;
};

}  // namespace onsite::reconcile
