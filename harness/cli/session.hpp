// What the clock of a section brings by itself: the interviewer's follow-ups when they are due, and
// the end of the time. There is no process that waits for it, so that it outlives a crash: each
// command first brings the attempt up to now.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/catalog/texts.hpp"
#include "harness/cli/app.hpp"

namespace onsite {

struct Settled {
    std::vector<FollowUp> revealed;
    bool is_sealed_now = false;
};

// Reveals what is due and seals the attempt when its time is up; does nothing to an attempt that is
// in no interview. A follow-up that nobody asked for before the end stays unrevealed: it could not
// have been read.
Result<Settled> settle(App& app, OpenedAttempt& opened);

// The follow-ups as the interviewer would say them, then what became of the time.
std::string settled_text(const Settled& settled, const OpenedAttempt& opened);

// Settles and tells it on stdout, for the commands whose answer is text.
Result<void> settle_and_tell(App& app, OpenedAttempt& opened);

// Hands the attempt in as it is now. Late are files of an attempt that has a limit: of an
// interview, or a strict one.
Result<void> seal_now(App& app, OpenedAttempt& opened, SealReason reason);

// Errors: usage, when the attempt is sealed: there is nothing left to `what`.
Result<void> expect_unsealed(const OpenedAttempt& opened, const char* what);

std::int64_t left_ms(const OpenedAttempt& opened, Clock& clock);  // Never negative.

}  // namespace onsite
