// Runs a command that nobody trusts, and tells truthfully how it ended.
//
// bubblewrap builds the namespaces; the real user id is dropped before it starts, because
// `bwrap --uid` of root only renames root (docs/decisions/0003-isolation.md). The watchdog, the
// byte counters and everything that is worth stealing stay outside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/isolation/limits.hpp"

namespace onsite {

// A host path that the box sees read only at `inside`. What it shows must be readable for
// everybody, because the box runs as another user; the folders above it need not be.
struct Mount {
    std::filesystem::path host;
    std::filesystem::path inside;
};

struct BoxSpec {
    std::vector<std::string> command;  // Absolute program path as seen inside, then its arguments.
    std::vector<Mount> mounts;
    std::vector<std::string> environment;  // "NAME=value"; nothing is inherited.
    Limits limits;
    LayerSet layers = LayerSet::all();
    // How much of the beginning of stderr is kept beside its end: a compiler's first error is what
    // counts.
    std::size_t stderr_head_bytes = 0;
};

enum class Ending {
    running,
    exited,     // status is the exit status.
    signalled,  // status is the signal.
    cpu,
    wall,
    memory,
    output,
    cancelled,  // The caller ended it.
};
std::string_view to_string(Ending ending);

struct BoxReport {
    Ending ending = Ending::running;
    int status = 0;
    std::int64_t wall_ns = 0;
    std::string stderr_tail;  // At most kStderrTailBytes, control characters escaped.
    std::string stderr_head;  // Whole lines, in BoxSpec::stderr_head_bytes before their escaping.
};
inline constexpr std::size_t kStderrTailBytes = 4096;

enum class ReadStatus { line, end_of_stream, deadline, output_limit };
struct Line {
    ReadStatus status = ReadStatus::end_of_stream;
    std::string text;  // Without the newline. Whatever was there of an unfinished line at the end.
};

inline constexpr std::int64_t kForever = INT64_MAX;  // A deadline that never comes.

// A running box. Destroying it ends every process in it, and so does the end of the thread that
// started it. Thread safety: none.
class Box {
public:
    // Errors: tool, when the box cannot be built (bubblewrap missing, no user namespaces, ...).
    static Result<std::unique_ptr<Box>> start(const BoxSpec& spec, Clock& clock);
    virtual ~Box() = default;

    // Writes to stdin while draining stdout and stderr, so that neither side can block the other
    // for ever. Returns false when the process no longer reads or the deadline passed.
    virtual bool write(std::string_view bytes, std::int64_t deadline_ns) = 0;
    virtual void close_stdin() = 0;

    // The next line of stdout. deadline_ns is on Clock::monotonic_ns. The time limit of the whole
    // box (Limits::wall_ms) and the byte limits hold as well, and then end the box.
    virtual Line read_line(std::int64_t deadline_ns) = 0;

    // All of stdout until its end, or until a limit ends the box.
    virtual std::string read_all() = 0;

    // True when bytes have arrived that read_line has not returned: an answer nobody asked for.
    virtual bool has_unread_output() = 0;

    // Processor time used so far; where the machine does not count it for a whole box, the most
    // that all processors could have given. For a box that has not been finished.
    virtual std::int64_t cpu_ns() const = 0;
    // Whether cpu_ns() is what the box's processes used, and not only a bound.
    virtual bool counts_cpu() const = 0;

    // Ends every process of the box, if any is left, and tells how it went. Idempotent. When the
    // process ended by itself that is what is reported, else Ending::cancelled.
    virtual BoxReport finish() = 0;

    virtual const IsolationReport& isolation() const = 0;
};

struct BoxResult {
    BoxReport report;
    std::string output;  // stdout
    IsolationReport isolation;
};
// Runs a command to its end with this text on stdin. Errors: as Box::start().
Result<BoxResult> run_in_box(const BoxSpec& spec, std::string_view input, Clock& clock);

// What this machine can do, found out by trying it. For `onsite doctor` and for every grade.
IsolationReport probe_isolation(Clock& clock);

}  // namespace onsite
