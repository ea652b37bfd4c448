// A conversation with a subject over the process contract: one JSON line each way.
//
// Every request carries an unpredictable id that the reply must repeat. A reply is used only when
// it is the one line that answers the one open request; everything else has a named cause.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/rng.hpp"
#include "harness/subject/subject.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

struct Reply {
    Cause cause = Cause::none;  // none: `body` holds the reply.
    std::string problem;        // One sentence when cause is not none.
    std::string body;  // The line of JSON, already checked to be an object with the right id.
    std::int64_t wall_ns = 0;  // From the first byte written to the last byte read.
    std::string stderr_tail;
};

inline constexpr std::size_t kRequestIdDigits = 32;  // Hexadecimal: cannot be guessed.

class Session {
public:
    // REQUIRES: clock outlives the session. `secrets` makes the request ids.
    Session(Subject subject, LayerSet layers, Rng secrets, Clock& clock);
    ~Session();

    // Sends {"id": <secret>, "op": op, ...members} and waits for the reply. `members` is the inside
    // of a JSON object without the braces ("\"ledger\":[...],\"bank\":[...]"), so that large feeds
    // are serialised once. Starts the process when there is none (first use, or after a failure).
    // Errors: tool, when the box itself fails: a grader fault, never the subject's.
    Result<Reply> ask(std::string_view op, std::string_view members, std::int64_t timeout_ms);

    // The CPU time of all its processes so far, those that ended too, and whatever they left behind
    // in their boxes. 0 where the machine does not count it.
    std::int64_t cpu_ns() const;

    // Ends the process. The next ask() starts a fresh one.
    void restart();

    const IsolationReport& isolation() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace onsite
