// Clients that failed together do not come back together: pauses of one length are no pauses for
// the provider, which meets everybody at once again. So no three operations come back after one and
// the same pause. A pause that is too short is the business of retry_discipline.
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

// Operations that come back after one and the same pause.
constexpr std::size_t kHerdMin = 3;

class Herds {
public:
    explicit Herds(std::int64_t pause_min_us) : pause_min_us_(pause_min_us) {}

    void ended(const TraceEvent& event) { ends_[event.text("op")] = event.time_us; }

    std::optional<Violation> sent(const TraceEvent& event) {
        const auto end = ends_.find(event.text("op"));
        if (end == ends_.end()) return std::nullopt;
        const std::int64_t pause_us = event.time_us - end->second;
        ends_.erase(end);
        if (pause_us < pause_min_us_) return std::nullopt;
        auto& herd = herds_[pause_us];
        herd.insert(event.text("op"));
        if (herd.size() < kHerdMin) return std::nullopt;
        return violation(event.text("op"), event,
                         fmt::format("expected pauses with jitter, found {} operations that come "
                                     "back after the same {} us",
                                     herd.size(), pause_us));
    }

private:
    std::int64_t pause_min_us_;
    std::map<std::string_view, std::int64_t> ends_;  // By operation: of its last attempt.
    std::map<std::int64_t, std::set<std::string_view>> herds_;  // By pause: who came back.
};

}  // namespace

std::optional<Violation> check_retry_jitter(const RunRecord& run) {
    const auto& pauses = run.scenario.shop.backoff_us;
    if (pauses.empty() || pauses.front() == 0) return std::nullopt;
    Herds herds(pauses.front());
    for (const TraceEvent& event : run.events) {
        if (event.is("answer") && event.text("out") != "done") herds.ended(event);
        if (event.is("timeout")) herds.ended(event);
        if (!event.is("send")) continue;
        if (auto broken = herds.sent(event)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
