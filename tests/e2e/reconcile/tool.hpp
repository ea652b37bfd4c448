// Types onsite-reconcile as a payments team would, with a folder and a run record of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {

// What the exit status says, besides 2 and 3.
inline constexpr int kEqual = 0;
inline constexpr int kDifferences = 1;
inline constexpr int kRejectedRows = 4;

class ReconcileTest : public ::testing::Test {
protected:
    Command command(std::vector<std::string> words) const {
        words.insert(words.begin(), program("onsite-reconcile").string());
        return {.words = std::move(words),
                .environment = {"ONSITE_RECORD=" + path("runs.sqlite").string()},
                .folder = home_.path()};
    }
    CommandResult reconcile(std::vector<std::string> words) const {
        return run(command(std::move(words)));
    }
    // Words of a shell, with $RECONCILE as the program.
    CommandResult shell(const std::string& script) const {
        Command shell = command({});
        shell.environment.push_back("RECONCILE=" + program("onsite-reconcile").string());
        shell.words = {"bash", "-c", script};
        return run(shell);
    }
    std::filesystem::path path(const std::string& name) const { return home_.path() / name; }
    void write(const std::string& name, const std::string& text) const {
        write_text(path(name), text);
    }
    std::string read(const std::string& name) const { return read_text(path(name)); }
    int recorded_runs() const {
        return count_of("\"run\":", reconcile({"history", "--json"}).output);
    }

    // Two feeds with one of each: matched, only left, only right, discrepant, a duplicate,
    // nonsense.
    void write_small_feeds() const {
        write("ledger.csv",
              "id,amount,currency\nsame,100,USD\nleft,200,USD\nother,300,USD\nsame,100,USD\n"
              "bad,1.5,USD\n");
        write("bank.csv", "id,amount,currency\nother,300,EUR\nright,400,JPY\nsame,100,USD\n");
    }

private:
    TemporaryFolder home_;
};

}  // namespace onsite::testing
