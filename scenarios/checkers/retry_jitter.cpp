// Clients that failed together do not come back together: pauses of one length are no pauses for
// the provider, which meets everybody at once again. So no three operations come back after one and
// the same pause. A pause that is too short is the business of retry_discipline.
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

// Operations that come back after one and the same pause.
constexpr std::size_t kHerdMin = 3;

class Herds {
public:
    explicit Herds(std::int64_t pause_min_us) : pause_min_us_(pause_min_us) {}

    std::optional<Violation> retried(const TraceEvent& end, const TraceEvent& send) {
        const std::int64_t pause_us = send.time_us - end.time_us;
        if (end.text("out") == "done" || pause_us < pause_min_us_) return std::nullopt;
        auto& herd = herds_[pause_us];
        herd.insert(send.text("op"));
        if (herd.size() < kHerdMin) return std::nullopt;
        return violation(send.text("op"), send,
                         fmt::format("expected pauses with jitter, found {} operations that come "
                                     "back after the same {} us",
                                     herd.size(), pause_us));
    }

private:
    std::int64_t pause_min_us_;
    std::map<std::int64_t, std::set<std::string_view>> herds_;  // By pause: who came back.
};

}  // namespace

std::optional<Violation> check_retry_jitter(const RunRecord& run) {
    const auto& pauses = run.scenario.shop.backoff_us;
    if (pauses.empty() || pauses.front() == 0) return std::nullopt;
    Herds herds(pauses.front());
    for (const TraceEvent& event : run.events) {
        const TraceEvent* const end = event.is("send") ? run.end_before(event) : nullptr;
        if (end == nullptr) continue;
        if (auto broken = herds.retried(*end, event)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
