// What every command is given, and what they share.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/console.hpp"
#include "base/error.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/cli/watcher.hpp"
#include "harness/grading/grader.hpp"
#include "harness/report/report.hpp"

namespace onsite {

struct App {
    Places places;
    Console console;
    Clock& clock;
    Interrupts& interrupts;
    std::vector<Exercise> catalog;

    TextStyle style() const;
    // What can make a grading give up: Ctrl-C.
    Cancel cancel_on_interrupt() const;
    Progress show_progress() const;
};

// An attempt together with the exercise and language it is of.
struct OpenedAttempt {
    Exercise exercise;
    Language language;
    Attempt attempt;
};

// The folder that `which` names, whatever is in it: by its path, its name ("reconciliation-2") or a
// slug, whose latest attempt it is.
std::optional<std::filesystem::path> find_attempt_folder(const App& app, const std::string& which);

// `which` is as there, or empty: the latest attempt of all.
Result<OpenedAttempt> open_which(const App& app, const std::string& which);

// Reads the answer as it is now, or as it was sealed, and makes the request to judge it.
// Errors: usage, when a file is missing, or the sealed copy is not what was sealed.
Result<GradeRequest> request_for(const OpenedAttempt& opened);

// What an attempt is called in a command that can be pasted: "reconciliation-2", and by its folder
// where it lies elsewhere.
std::string word_for(const App& app, const Attempt& attempt);

// One line for each file that the candidate writes: a terminal makes links of whole paths.
std::string files_to_edit(const OpenedAttempt& opened);

// "12 of 45 minutes"; "12:05 of 45:00" in a whole interview.
std::string clock_words(const OpenedAttempt& opened, Clock& clock);

// The command to go on with after these verdicts of a check: work on what fails, then the next
// follow-up, then the grade.
std::string next_command(const App& app, const OpenedAttempt& opened,
                         std::span<const Verdict> verdicts);

std::unexpected<Error> interrupted(const OpenedAttempt& opened);

}  // namespace onsite
