// The process that a shop runs in: its coroutines, where they wait, and how it crashes.
#pragma once

#include <coroutine>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "scenarios/player/task.hpp"
#include "simulator/core/timeline.hpp"
#include "simulator/trace/trace.hpp"

namespace onsite::scenarios {

// Where a coroutine waits: for which order, for what, the how-manieth time. Crashes name these.
struct AwaitPoint {
    std::string order;
    std::string await;
    std::int64_t nth = 0;
    friend bool operator==(const AwaitPoint&, const AwaitPoint&) = default;
};

class Process;

// What a coroutine waits for. Whoever has the result calls resume() once, from the timeline; when
// the coroutine is gone by then, nothing happens.
template <typename T>
class Pending {
public:
    explicit Pending(Process& process) : process_(process) {}

    bool is_awaited() const { return waiting_ != nullptr; }
    std::int64_t cause() const { return cause_; }
    // The process ends instead of learning the result.
    bool is_crash() const { return crash_.has_value(); }
    // `cause`: the line of the trace that led to the result.
    void resume(T value, std::int64_t cause);
    // The same, caused by what the coroutine did itself.
    void resume(T value) { resume(std::move(value), cause_); }

private:
    template <typename U>
    friend class Await;

    Process& process_;
    std::coroutine_handle<> waiting_ = nullptr;
    std::optional<T> value_ = {};
    std::int64_t cause_ = -1;
    std::optional<Crash> crash_ = {};  // Instead of going on.
};

template <typename T>
using PendingPtr = std::shared_ptr<Pending<T>>;

template <typename T>
class Await {
public:
    using Begin = std::function<void(const PendingPtr<T>&)>;

    Await(Process& process, std::string order, std::string await, Begin begin)
        : process_(process),
          order_(std::move(order)),
          await_(std::move(await)),
          begin_(std::move(begin)),
          pending_(std::make_shared<Pending<T>>(process)) {}
    Await(const Await&) = delete;
    ~Await() { pending_->waiting_ = nullptr; }

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting);
    T await_resume() { return std::move(*pending_->value_); }

private:
    Process& process_;
    std::string order_;
    std::string await_;
    Begin begin_;
    PendingPtr<T> pending_;
};

// Thread safety: none. REQUIRES: timeline and trace outlive the process, and the timeline does not
// move once it is gone.
class Process {
public:
    Process(simulator::Timeline& timeline, simulator::Trace& trace,
            const std::vector<Crash>& crashes)
        : timeline_(timeline), trace_(trace), crashes_(crashes) {}
    Process(const Process&) = delete;

    // Called when the process begins again after a crash.
    std::function<void()> on_restart = {};

    // Runs a coroutine until it waits; it goes on by itself from then on.
    void spawn(std::int64_t cause, Task<Done> task);

    Await<Done> sleep(std::string order, std::int64_t duration_us);

    bool is_up() const { return is_up_; }
    // How often it has begun: what a process keeps in memory only, it has again each time.
    std::int64_t generation() const { return generation_; }
    // The line of the trace that led to what runs now; -1 for none.
    std::int64_t cause() const { return cause_; }
    // Every point where something waited, in order; what a sweep crashes at.
    const std::vector<AwaitPoint>& points() const { return points_; }

    simulator::Timeline& timeline() { return timeline_; }
    simulator::Trace& trace() { return trace_; }
    // What `work` notes has this cause.
    template <typename Work>
    void caused_by(std::int64_t cause, const Work& work) {
        const std::int64_t before = std::exchange(cause_, cause);
        work();
        cause_ = before;
    }
    // Adds a line that names its cause, and gives its number.
    template <typename Write>
    std::int64_t note(std::string_view event, const Write& write) {
        const auto line = static_cast<std::int64_t>(trace_.count());
        trace_.add(timeline_.now_us(), event, [&](simulator::JsonWriter& json) {
            write(json);
            if (cause_ >= 0) json.number("cause", cause_);
        });
        return line;
    }

    // ---- For Await and Pending ----
    // The crash that is planned for this point, which counts as reached.
    const Crash* arrive(const std::string& order, const std::string& await);
    // From the timeline, never from inside a coroutine.
    void crash(const Crash& planned);
    void crash_now(const Crash& planned) {
        timeline_.at(timeline_.now_us(), [this, planned] { crash(planned); });
    }

private:
    void begin_again();

    simulator::Timeline& timeline_;
    simulator::Trace& trace_;
    const std::vector<Crash>& crashes_;
    std::vector<Task<Done>> tasks_ = {};
    std::map<std::pair<std::string, std::string>, std::int64_t> reached_ = {};
    std::vector<AwaitPoint> points_ = {};
    std::int64_t cause_ = -1;
    std::int64_t generation_ = 1;
    bool is_up_ = true;
};

template <typename T>
void Await<T>::await_suspend(std::coroutine_handle<> waiting) {
    pending_->waiting_ = waiting;
    pending_->cause_ = process_.cause();
    const Crash* const planned = process_.arrive(order_, await_);
    if (planned != nullptr && !planned->is_after) return process_.crash_now(*planned);
    if (planned != nullptr) pending_->crash_ = *planned;
    begin_(pending_);
}

template <typename T>
void Pending<T>::resume(T value, std::int64_t cause) {
    if (waiting_ == nullptr) return;
    if (crash_) return process_.crash(*crash_);
    value_.emplace(std::move(value));
    const auto waiting = std::exchange(waiting_, nullptr);
    process_.caused_by(cause, [&] { waiting.resume(); });
}

}  // namespace onsite::scenarios
