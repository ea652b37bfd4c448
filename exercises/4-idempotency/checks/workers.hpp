// The processes of the payment client: as many as have jobs at the same time, each in a box of its
// own and used again for the next job.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/wire.hpp"
#include "harness/subject/session.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::idempotency {

inline constexpr std::size_t kWorkersMax = 16;        // Jobs side by side.
inline constexpr std::int64_t kFirstLineMs = 10'000;  // An interpreter begins.
inline constexpr std::int64_t kLineMs = 2'000;        // Nothing here needs long thought.
// What one process is asked before another one takes its place, well within the limits of its box.
inline constexpr std::int64_t kAskedMax = 100'000;
// What all processes of a client may take together while one answer is graded; the references take
// a tenth. Each process, and each line of it, stays within its own limits when a client leaves
// children behind that work, or thinks long before each line: the grade would take hours.
// Interpreters begin slowly on a busy machine, so that first lines are counted apart; and what a
// line waited because of others (Clock::queued_ns) is not the client's.
struct WorkLimits {
    std::int64_t cpu_seconds = 40;
    std::int64_t begin_seconds = 60;  // For the first line of each process.
    std::int64_t wait_seconds = 25;   // For all others.
};

// Why the client cannot be judged: it crashed, was silent, or said what the contract does not have.
struct Failure {
    Cause cause = Cause::none;
    std::string problem = {};
    std::string stderr_tail = {};
};

class Workers;

// One process with one job. Ending it before the job is done ends the process: a crash.
class Worker {
public:
    Worker(Worker&& other) noexcept;
    Worker& operator=(Worker&&) = delete;
    ~Worker();

    // What the client wants next; nothing when it failed, which Workers then knows.
    std::optional<Wish> begin(std::string_view members) { return say("job", members); }
    std::optional<Wish> reply(std::string_view members) { return say("reply", members); }

private:
    friend class Workers;
    struct Seat;
    Worker(Workers& workers, Seat* seat) : workers_(&workers), seat_(seat) {}
    std::optional<Wish> say(std::string_view op, std::string_view members);

    Workers* workers_;
    Seat* seat_;
    bool is_done_ = false;
};

// Thread safety: none. REQUIRES: clock outlives it, and it its workers.
class Workers {
public:
    Workers(Subject subject, LayerSet layers, Rng secrets, Clock& clock, WorkLimits limits = {});
    ~Workers();
    Workers(const Workers&) = delete;

    // Nothing when kWorkersMax are at work: a failure as well.
    std::optional<Worker> take();

    // The first failure since the last forget().
    const std::optional<Failure>& failure() const { return failure_; }
    // The box failed: ours, not the client's.
    const std::optional<Error>& error() const { return error_; }
    // Ends all processes, so that the next job meets a fresh one.
    void restart();
    void forget() { failure_.reset(); }
    IsolationReport isolation() const;

    // Only the first failure is kept.
    void fail(Failure failure);

private:
    friend class Worker;

    std::int64_t cpu_ns() const;
    // Whether the client is within what all of its processes may take; else that is its failure.
    bool is_within_limits(std::int64_t waited_ns, bool is_first_line);
    bool is_within_waiting(std::int64_t waited_ns, bool is_first_line);
    // What of the waiting for a line the client is to blame for.
    std::int64_t without_others(std::int64_t waited_ns);

    Subject subject_;
    LayerSet layers_;
    Rng secrets_;
    Clock& clock_;
    WorkLimits limits_;
    std::vector<std::unique_ptr<Worker::Seat>> seats_;
    std::int64_t begun_ns_ = 0;      // Waited for first lines, in all.
    std::int64_t waited_ns_ = 0;     // And for the others.
    std::int64_t next_look_ns_ = 0;  // At the CPU time.
    std::int64_t queued_ns_;         // The grader's own waiting for a processor until now.
    std::optional<Failure> failure_ = {};
    std::optional<Error> error_ = {};
};

}  // namespace onsite::idempotency
