#include "scenarios/player/process.hpp"

#include <algorithm>
#include <utility>

namespace onsite::scenarios {

void Process::spawn(std::int64_t cause, Task<Done> task) {
    std::erase_if(tasks_, [](const Task<Done>& one) { return one.is_done(); });
    caused_by(cause, [&] { task.start(); });
    if (!task.is_done()) tasks_.push_back(std::move(task));
}

Await<Done> Process::sleep(std::string order, std::int64_t duration_us) {
    return {*this, std::move(order), "sleep", [this, duration_us](const PendingPtr<Done>& pending) {
                timeline_.at(timeline_.now_us() + duration_us, [pending] { pending->resume({}); });
            }};
}

const Crash* Process::arrive(const std::string& order, const std::string& await) {
    const std::int64_t nth = ++reached_[{order, await}];
    points_.push_back({order, await, nth});
    const auto planned = std::ranges::find_if(crashes_, [&](const Crash& crash) {
        return crash.order == order && crash.await == await && crash.nth == nth;
    });
    return planned == crashes_.end() ? nullptr : &*planned;
}

void Process::crash(const Crash& planned) {
    if (!is_up_) return;
    is_up_ = false;
    note("crash", [&](simulator::JsonWriter& json) {
        json.text("order", planned.order);
        json.text("await", planned.await);
        json.number("nth", planned.nth);
        json.text("when", planned.is_after ? "after" : "before");
    });
    tasks_.clear();
    timeline_.at(timeline_.now_us() + planned.restart_us, [this] { begin_again(); });
}

void Process::begin_again() {
    is_up_ = true;
    ++generation_;
    const std::int64_t line = note("restart", [](simulator::JsonWriter&) {});
    caused_by(line, [&] {
        if (on_restart) on_restart();
    });
}

}  // namespace onsite::scenarios
