#include "exercises/4-idempotency/checks/workers.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace onsite::idempotency {
namespace {

// Reading it takes longer than a client takes for a line.
constexpr std::int64_t kLookNs = 200 * kNsPerMs;
// For a line the client has to get a processor, once at least, and then the grader, which knows of
// its own waiting only.
constexpr std::int64_t kTurns = 3;

}  // namespace

struct Worker::Seat {
    Seat(const Subject& subject, LayerSet layers, Rng secrets, Clock& clock)
        : session(subject, layers, secrets, clock) {}

    Session session;
    bool is_taken = false;
    std::int64_t asked = 0;  // Of the process that sits here now; 0: none does.

    void restart() {
        session.restart();
        asked = 0;
    }
};

Worker::Worker(Worker&& other) noexcept
    : workers_(other.workers_),
      seat_(std::exchange(other.seat_, nullptr)),
      is_done_(other.is_done_) {}

Worker::~Worker() {
    if (seat_ == nullptr) return;
    seat_->is_taken = false;
    // Between two jobs, because a session that is worn out begins again in the middle of one.
    if (!is_done_ || seat_->asked > kAskedMax) seat_->restart();
}

std::optional<Wish> Worker::say(std::string_view op, std::string_view members) {
    const bool is_first_line = seat_->asked++ == 0;
    const std::int64_t timeout_ms = is_first_line ? kFirstLineMs : kLineMs;
    auto reply = seat_->session.ask(op, members, timeout_ms);
    if (!reply) {
        if (!workers_->error_) workers_->error_ = reply.error();
        return std::nullopt;
    }
    if (reply->cause != Cause::none) {
        workers_->fail({reply->cause, reply->problem, reply->stderr_tail});
        return std::nullopt;
    }
    if (!workers_->is_within_limits(reply->wall_ns, is_first_line)) return std::nullopt;
    auto wish = wish_from(reply->body);
    if (!wish) {
        workers_->fail({Cause::protocol, wish.error().message, {}});
        return std::nullopt;
    }
    is_done_ = wish->kind == Wish::Kind::done;
    return std::move(*wish);
}

Workers::Workers(Subject subject, LayerSet layers, Rng secrets, Clock& clock, WorkLimits limits)
    : subject_(std::move(subject)),
      layers_(layers),
      secrets_(secrets),
      clock_(clock),
      limits_(limits),
      queued_ns_(clock.queued_ns()) {}

Workers::~Workers() = default;

std::optional<Worker> Workers::take() {
    const auto is_free = [](const auto& seat) { return !seat->is_taken; };
    auto seat = std::ranges::find_if(seats_, is_free);
    if (seat == seats_.end() && seats_.size() == kWorkersMax) {
        fail({Cause::time,
              fmt::format("expected jobs that end, found {} at the same time", kWorkersMax)});
        return std::nullopt;
    }
    if (seat == seats_.end()) {
        const Rng secrets = secrets_.fork(fmt::format("seat {}", seats_.size()));
        seats_.push_back(std::make_unique<Worker::Seat>(subject_, layers_, secrets, clock_));
        seat = seats_.end() - 1;
    }
    (*seat)->is_taken = true;
    return Worker(*this, seat->get());
}

std::int64_t Workers::cpu_ns() const {
    std::int64_t sum_ns = 0;
    for (const auto& seat : seats_) sum_ns += seat->session.cpu_ns();
    return sum_ns;
}

std::int64_t Workers::without_others(std::int64_t waited_ns) {
    const std::int64_t before_ns = std::exchange(queued_ns_, clock_.queued_ns());
    return std::max<std::int64_t>(0, waited_ns - kTurns * (queued_ns_ - before_ns));
}

bool Workers::is_within_waiting(std::int64_t waited_ns, bool is_first_line) {
    (is_first_line ? begun_ns_ : waited_ns_) += without_others(waited_ns);
    if (begun_ns_ > limits_.begin_seconds * kNsPerSecond) {
        fail({Cause::time,
              fmt::format("expected a client whose processes take {} s in all at most to begin, "
                          "found it over that; look for what they load or wait for before their "
                          "first line",
                          limits_.begin_seconds)});
        return false;
    }
    if (waited_ns_ <= limits_.wait_seconds * kNsPerSecond) return true;
    fail({Cause::time,
          fmt::format("expected a client whose lines take {} s in all at most, found it over that; "
                      "look for what it waits or computes before each line, and sleep by the clock "
                      "of the contract only",
                      limits_.wait_seconds)});
    return false;
}

bool Workers::is_within_limits(std::int64_t waited_ns, bool is_first_line) {
    if (!is_within_waiting(waited_ns, is_first_line)) return false;
    const std::int64_t now_ns = clock_.monotonic_ns();
    if (now_ns < next_look_ns_) return true;
    next_look_ns_ = now_ns + kLookNs;
    if (cpu_ns() <= limits_.cpu_seconds * kNsPerSecond) return true;
    next_look_ns_ = 0;  // It stays over it.
    fail({Cause::time,
          fmt::format("expected a client that takes {} s of CPU time in all at most, found it over "
                      "that; end the processes and threads that it starts, and look for loops",
                      limits_.cpu_seconds)});
    return false;
}

void Workers::restart() {
    for (const auto& seat : seats_) seat->restart();
}

IsolationReport Workers::isolation() const {
    return seats_.empty() ? IsolationReport{} : seats_.front()->session.isolation();
}

void Workers::fail(Failure failure) {
    if (!failure_) failure_ = std::move(failure);
}

}  // namespace onsite::idempotency
