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
#include "harness/attempt/event.hpp"
#include "harness/catalog/exercise.hpp"

namespace onsite {

struct Attempt {
    std::filesystem::path folder;
    AttemptState state;

    std::string name() const { return folder.filename().string(); }  // "reconciliation-2"
};

struct NewAttempt {
    std::filesystem::path attempts_root;  // Created when it is missing.
    Language language;
    Rules rules = Rules::practice;
};

// Makes attempts/<slug>-<n> with the next free n, also when several are started at once, and starts
// the clock. Errors: tool, and then no attempt exists.
Result<Attempt> create_attempt(const Exercise& exercise, const NewAttempt& options, Clock& clock);

// Errors: usage, when the folder is no attempt or its log was damaged (with the line and what to
// do); nothing is changed.
Result<Attempt> open_attempt(const std::filesystem::path& folder);

struct AttemptList {
    std::vector<Attempt> attempts;  // By the time they were started.
    std::vector<Error> problems;    // Of the folders that could not be read.
};
Result<AttemptList> list_attempts(const std::filesystem::path& attempts_root);

// The attempt of this exercise with the highest number; of any exercise, the one started last, when
// the slug is empty. Errors: usage, when there is none, or that one is damaged.
Result<Attempt> latest_attempt(const std::filesystem::path& attempts_root, std::string_view slug);

// Appends the event with the time of now and returns the attempt as it is then. Other commands may
// record events of the same attempt at the same time.
// Errors: usage, when the event cannot follow the ones in the log; tool; the log is unchanged.
Result<Attempt> record(const Attempt& attempt, Event event, Clock& clock);

// Since the attempt was started; never negative.
std::int64_t elapsed_ms(const AttemptState& state, Clock& clock);

inline constexpr std::uint64_t kAnswerBytesMax = 1 << 20;

// The source that the candidate wrote. Errors: usage, when it is missing, is not a regular file
// (a link is not) or is larger than kAnswerBytesMax.
Result<std::string> read_answer(const Attempt& attempt, const Language& language);

// The candidate's tests as text; empty when there is no such file. Errors: as read_answer.
Result<std::string> read_own_tests(const Attempt& attempt, const Exercise& exercise);

}  // namespace onsite
