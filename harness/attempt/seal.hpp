// Handing an attempt in: a copy of its files under .onsite/sealed/ that every later grade is made
// of, and the event `sealed` that names each of them by its hash.
//
// The hash of that event's line is the seal. Kept elsewhere (in the log of the whole interview, in
// a mail to the interviewer) it shows any later change of what led to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/attempt/attempt.hpp"

namespace onsite {

inline constexpr std::size_t kSealedFilesMax = 1'000;

struct SealRequest {
    SealReason reason = SealReason::asked;
    std::int64_t allowed_ms = 0;
    std::string rubric;  // The text of rubric.json.
};

// Seals what is in the folder now: its regular files but brief.md, hidden ones and those over
// kAnswerBytesMax. Files that were saved after the time was up are named in the seal as late.
// An attempt that is sealed already is returned as it is. Whatever interrupts this, the attempt is
// sealed as a whole or not at all.
// Errors: usage, when there are too many files; tool, when they cannot be read or copied.
Result<Attempt> seal_attempt(const Attempt& attempt, const SealRequest& request, Clock& clock);

// The hash of the line `sealed`, as the log has it. Empty when there is no seal.
Result<std::string> seal_of(const Attempt& attempt);

// What is not as it was sealed, one sentence each: first of the sealed copy, the rubric and the
// hash kept beside them. REQUIRES: the attempt is sealed. `seal` is seal_of() the attempt.
std::vector<std::string> damage_of_seal(const Attempt& attempt, std::string_view seal);

// The same of the candidate's own files: nothing that counts, but it was not handed in.
std::vector<std::string> changes_since_seal(const Attempt& attempt);

// The rubric as it was sealed. Errors: usage, when it is missing or was changed.
Result<std::string> sealed_rubric(const Attempt& attempt);

}  // namespace onsite
