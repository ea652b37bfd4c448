// An attempt is a folder attempts/<slug>-<n>: the starter's files of one language, which belong to
// the candidate, and .onsite/, which belongs to the tool.
//
// Whatever is interrupted, by Ctrl-C, a full disk or a crash, an attempt is there as a whole or not
// at all, and its log never tells of something that is not on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/attempt/attempt_state.hpp"
#include "harness/attempt/chain.hpp"
#include "harness/attempt/event.hpp"
#include "harness/catalog/exercise.hpp"

namespace onsite {

struct Attempt {
    std::filesystem::path folder;
    AttemptState state;
    Chain chain = {};  // Of its log.

    std::string name() const { return folder.filename().string(); }  // "reconciliation-2"
};

struct NewAttempt {
    std::filesystem::path attempts_root;  // Created when it is missing.
    Language language;
    Rules rules = Rules::practice;
    std::string loop = {};        // The whole interview that it is a section of: "loop-1".
    std::int64_t allowed_ms = 0;  // 0: the minutes of the exercise.
};

// Makes attempts/<slug>-<n> with the next free n, also when several are started at once, and starts
// the clock. Errors: tool, and then no attempt exists.
Result<Attempt> create_attempt(const Exercise& exercise, const NewAttempt& options, Clock& clock);

// In the error about a log that was damaged by something else than a crash.
inline constexpr std::string_view kEditedLog = "the log is not meant to be edited";

// Errors: usage, when the folder is no attempt or its log was damaged (with the line and what to
// do); nothing is changed.
Result<Attempt> open_attempt(const std::filesystem::path& folder);

struct AttemptList {
    std::vector<Attempt> attempts;  // By the time they were started.
    std::vector<Error> problems;    // Of the folders that could not be read.
};
// Errors: tool, when the folder itself cannot be read; it may be missing.
Result<AttemptList> list_attempts(const std::filesystem::path& attempts_root);

// The attempt of this exercise with the highest number; of any exercise, the one started last, when
// the slug is empty. Errors: usage, when there is none, or that one is damaged.
Result<Attempt> latest_attempt(const std::filesystem::path& attempts_root, std::string_view slug);

// Appends the event with the time of now and returns the attempt as it is then. Other commands may
// record events of the same attempt at the same time.
// Errors: usage, when the event cannot follow the ones in the log; tool; the log is unchanged.
Result<Attempt> record(const Attempt& attempt, Event event, Clock& clock);

// A line of the log, and the hash by which the next one names it.
struct LoggedEvent {
    Event event;
    std::string line_hash;
};
// Errors: as open_attempt.
Result<std::vector<LoggedEvent>> read_logged_events(const Attempt& attempt);

// What the attempt's clock shows: without pauses, and it stops at the seal. Wall time from the log,
// so that it outlives a crash and a reboot; a clock that was set back takes nothing away.
std::int64_t elapsed_ms(const AttemptState& state, Clock& clock);

// How long the attempt may take: its own limit, or the minutes of the exercise.
std::int64_t allowed_ms(const AttemptState& state, const Exercise& exercise);

// Where the files are that count: the sealed copy once there is one, else the attempt's own.
std::filesystem::path answer_folder(const Attempt& attempt);

inline constexpr std::uint64_t kAnswerBytesMax = 1 << 20;

// The source that the candidate wrote, from answer_folder(). Errors: usage, when it is missing, is
// not a regular file (a link is not) or is larger than kAnswerBytesMax.
Result<std::string> read_answer(const Attempt& attempt, const Language& language);

// The candidate's tests as text; empty when there is no such file. Errors: as read_answer.
Result<std::string> read_own_tests(const Attempt& attempt, const Exercise& exercise);

}  // namespace onsite
