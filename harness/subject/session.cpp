#include "harness/subject/session.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "harness/subject/reply_id.hpp"

namespace onsite {
namespace {

// The status with which the host of a C++ subject ends when memory runs out (std::bad_alloc).
constexpr int kOutOfMemoryStatus = 86;

// What a process that met its limit itself says last, in the words of each runtime.
bool says_out_of_memory(const BoxReport& report) {
    const std::string_view said = report.stderr_tail;
    return report.status == kOutOfMemoryStatus || said.find("out of memory") != said.npos ||
           said.find("MemoryError") != said.npos;
}

struct Finding {
    Cause cause;
    std::string problem;
};

Finding explain_end(const BoxReport& report, bool is_half_a_line) {
    switch (report.ending) {
        case Ending::memory:
            return {Cause::memory, "the subject needed more memory than its limit"};
        case Ending::cpu:
            return {Cause::time, "the subject used more CPU time than its limit"};
        case Ending::wall:
        case Ending::cancelled:
        case Ending::running:
            return {Cause::time, "the subject did not reply within its time limit"};
        case Ending::output:
            return {Cause::output, "the subject wrote more output than its limit"};
        case Ending::signalled:
            return {Cause::crash,
                    fmt::format("the subject ended by signal {} before it replied", report.status)};
        case Ending::exited:
            break;
    }
    if (report.status != 0 && says_out_of_memory(report)) {
        return {Cause::memory, "the subject ran out of memory"};
    }
    if (report.status == 0 && is_half_a_line) {
        return {Cause::protocol, "the subject ended in the middle of a line"};
    }
    return {Cause::crash,
            fmt::format("the subject ended with status {} before it replied", report.status)};
}

}  // namespace

struct Session::Impl {
    Subject subject;
    LayerSet layers;
    Rng secrets;

    // One way: Rng can be run backwards from what it gave, and its seed makes every feed to come.
    std::string next_id() {
        return sha256_hex(fmt::format("{:016x}", secrets.next())).substr(0, kRequestIdDigits);
    }
    Clock& clock;
    std::unique_ptr<Box> box;
    IsolationReport isolation;
    std::int64_t started_ns = 0;
    std::uint64_t reply_bytes = 0;
    std::int64_t ended_cpu_ns = 0;  // Of boxes that are gone.

    Result<void> start();
    std::int64_t box_cpu_ns() const { return box && box->counts_cpu() ? box->cpu_ns() : 0; }
    void end_box();
    bool is_worn_out(std::int64_t timeout_ms) const;
    std::string request(const std::string& id, std::string_view op, std::string_view members) const;
    Reply converse(const std::string& id, std::string_view request, std::int64_t timeout_ms);
    Reply judge_line(const std::string& id, std::string line, std::int64_t wall_ns);
    Reply judge_silence(const Line& line, std::int64_t wall_ns);
    Reply fail(Finding finding, std::int64_t wall_ns);
};

Result<void> Session::Impl::start() {
    auto started = Box::start({.command = subject.command,
                               .mounts = subject.mounts,
                               .environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/tmp"},
                               .limits = subject.limits,
                               .layers = layers},
                              clock);
    if (!started) return pass_on(started);
    box = std::move(*started);
    isolation = box->isolation();
    started_ns = clock.monotonic_ns();
    reply_bytes = 0;
    return {};
}

void Session::Impl::end_box() {
    if (!box) return;
    box->finish();
    ended_cpu_ns += box_cpu_ns();
    box.reset();
}

// The limits hold for a process, not for a request: a process that answered many requests well must
// not fail the next one because of them.
bool Session::Impl::is_worn_out(std::int64_t timeout_ms) const {
    const std::int64_t age_ms = (clock.monotonic_ns() - started_ns) / kNsPerMs;
    const std::int64_t cpu_ms = box->cpu_ns() / kNsPerMs;
    const auto cpu_ms_max = static_cast<std::int64_t>(subject.limits.cpu_seconds) * 1000;
    // Every request has its whole timeout, or at least half of what a process has.
    const std::int64_t needed_ms = std::min(timeout_ms, subject.limits.wall_ms / 2);
    return age_ms + needed_ms > subject.limits.wall_ms || cpu_ms > cpu_ms_max / 2 ||
           reply_bytes > subject.limits.stdout_bytes / 2;
}

std::string Session::Impl::request(const std::string& id, std::string_view op,
                                   std::string_view members) const {
    std::string line = fmt::format(R"({{"id":"{}","op":"{}")", id, op);
    line.reserve(line.size() + members.size() + 3);
    if (!members.empty()) line += ',';
    line += members;
    line += "}\n";
    return line;
}

Reply Session::Impl::converse(const std::string& id, std::string_view request,
                              std::int64_t timeout_ms) {
    const std::int64_t sent_ns = clock.monotonic_ns();
    const std::int64_t deadline_ns = sent_ns + timeout_ms * kNsPerMs;
    // A subject that does not read may have ended: what it wrote says more than the broken pipe.
    box->write(request, deadline_ns);
    Line line = box->read_line(deadline_ns);
    const std::int64_t wall_ns = clock.monotonic_ns() - sent_ns;
    if (line.status != ReadStatus::line) return judge_silence(line, wall_ns);
    return judge_line(id, std::move(line.text), wall_ns);
}

Reply Session::Impl::judge_line(const std::string& id, std::string line, std::int64_t wall_ns) {
    const ReplyId found = read_reply_id(line);
    if (!found.problem.empty()) return fail({Cause::protocol, found.problem}, wall_ns);
    if (found.id != id) {
        return fail({Cause::forged, "expected the id of the request in the reply, found another"},
                    wall_ns);
    }
    if (box->has_unread_output()) {
        return fail({Cause::forged, "expected one reply to one request, found more output"},
                    wall_ns);
    }
    reply_bytes += line.size();
    Reply reply;
    reply.body = std::move(line);
    reply.wall_ns = wall_ns;
    return reply;
}

Reply Session::Impl::judge_silence(const Line& line, std::int64_t wall_ns) {
    return fail(explain_end(box->finish(), !line.text.empty()), wall_ns);
}

// Whatever a process says after a failure is worth nothing: the next request gets another one.
Reply Session::Impl::fail(Finding finding, std::int64_t wall_ns) {
    Reply reply;
    reply.cause = finding.cause;
    reply.problem = std::move(finding.problem);
    reply.wall_ns = wall_ns;
    reply.stderr_tail = box->finish().stderr_tail;
    end_box();
    return reply;
}

Session::Session(Subject subject, LayerSet layers, Rng secrets, Clock& clock)
    : impl_(new Impl{.subject = std::move(subject),
                     .layers = layers,
                     .secrets = secrets,
                     .clock = clock,
                     .box = nullptr,
                     .isolation = {}}) {}

Session::~Session() = default;

Result<Reply> Session::ask(std::string_view op, std::string_view members, std::int64_t timeout_ms) {
    Impl& impl = *impl_;
    const std::string id = impl.next_id();
    if (impl.box && impl.box->has_unread_output()) {
        return impl.fail({Cause::forged, "expected silence between requests, found output"}, 0);
    }
    if (impl.box && impl.is_worn_out(timeout_ms)) impl.end_box();
    if (!impl.box) {
        if (auto started = impl.start(); !started) return pass_on(started);
    }
    return impl.converse(id, impl.request(id, op, members), timeout_ms);
}

std::int64_t Session::cpu_ns() const { return impl_->ended_cpu_ns + impl_->box_cpu_ns(); }

void Session::restart() { impl_->end_box(); }

const IsolationReport& Session::isolation() const { return impl_->isolation; }

}  // namespace onsite
