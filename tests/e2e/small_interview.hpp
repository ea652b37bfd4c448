// An interview of two sections of a small catalogue, with minutes that pass in milliseconds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "harness/attempt/chain.hpp"
#include "tests/e2e/onsite.hpp"

namespace onsite::testing {

namespace fs = std::filesystem;

// The coding section, and one of documents that nothing checks.
class SmallInterview {
public:
    SmallInterview() {
        for (const char* const house : {"exercises", "solutions"}) {
            fs::create_directories(home_.path() / house);
            fs::create_directory_symlink(root() / house / "1-reconciliation",
                                         home_.path() / house / "1-reconciliation");
        }
        write("2-letter/exercise.json",
              R"({"slug": "letter", "number": 2, "section": "Writing", "title": "A letter",
                  "minutes": 10, "contract": "document", "documents": ["letter.md"]})");
        write("2-letter/brief.md", "# Write a letter\n");
        write("2-letter/starter/letter.md", "# Dear\n");
        write("2-letter/followups/1-shorter.md", "Can you say it in one sentence?\n");
        write("2-letter/rubric.json", rubric());
    }

    CommandResult onsite(std::vector<std::string> words) const {
        words.insert(words.begin(), program("onsite").string());
        return run_words(std::move(words));
    }
    CommandResult on_a_terminal(const std::string& words) const {
        const std::string command = program("onsite").string() + " " + words;
        return run_words({"script", "-qec", command, "/dev/null"});
    }
    CommandResult run_words(std::vector<std::string> words) const {
        return run({.words = std::move(words),
                    .environment = {"ONSITE_ROOT=" + home_.path().string(),
                                    "ONSITE_ATTEMPTS=" + attempts().string()},
                    .folder = home_.path()});
    }
    fs::path attempts() const { return home_.path() / "attempts"; }
    std::string log(const std::string& attempt) const {
        return read_text(attempts() / attempt / ".onsite" / "log.jsonl");
    }

    // As if an attempt that was just begun had been begun earlier: its log is its clock.
    void begin_earlier(const std::string& attempt, std::int64_t by_ms) const {
        auto started = nlohmann::json::parse(log(attempt));
        const std::int64_t at_ms = started["at_ms"].get<std::int64_t>() - by_ms;
        started["at_ms"] = at_ms;
        started["at"] = to_rfc3339(at_ms);
        started.erase("prev");
        started.erase("sum");
        started.erase("witness");
        fs::remove(attempts() / attempt / ".onsite" / "witness.jsonl");
        write_text(attempts() / attempt / ".onsite" / "log.jsonl",
                   chained_line(started, Chain{}) + "\n");
    }

private:
    static std::string rubric() {
        std::string levels;
        for (int level = 1; level <= 4; ++level) {
            levels += std::string(level > 1 ? "," : "") + R"({"level": )" + std::to_string(level) +
                      R"(, "behaviour": "reads well"})";
        }
        return R"({"exercise": "letter", "version": 1, "criteria": [{"id": "warmth",
                   "title": "Is warm", "weight": 100, "judge": "person", "followup": 0,
                   "evidence": ["the words"], "levels": [)" +
               levels + "]}]}";
    }
    void write(const std::string& name, const std::string& text) const {
        const fs::path file = home_.path() / "exercises" / name;
        fs::create_directories(file.parent_path());
        write_text(file, text);
    }
    TemporaryFolder home_;
};

}  // namespace onsite::testing
