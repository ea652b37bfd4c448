// Every write has a key; an operation keeps its key until its outcome is definite; a key is never
// sent with another path or body, and never after the provider has forgotten it.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "simulator/idempotency/profile.hpp"

namespace onsite::scenarios {
namespace {

struct Latest {
    std::string_view key;
    bool is_definite = false;
};

class Keys {
public:
    explicit Keys(std::int64_t retention_us) : retention_us_(retention_us) {}

    void answered(const TraceEvent& event) {
        if (event.text("out") != "unknown") latest_[event.text("op")].is_definite = true;
    }

    std::optional<Violation> sent(const TraceEvent& event) {
        const std::string_view key = event.text("key");
        const std::string_view operation = event.text("op");
        if (key.empty()) return violation(operation, event, "expected a key, found none");
        const auto [before, is_first] = latest_.try_emplace(operation, Latest{key});
        if (!is_first && before->second.key != key && !before->second.is_definite) {
            return violation(operation, event,
                             fmt::format("expected the key \"{}\" again, as nobody knows whether "
                                         "that attempt was carried out, found \"{}\"",
                                         before->second.key, key));
        }
        before->second = {key, false};
        const auto [first, is_new] = first_.try_emplace(key, &event);
        return is_new ? std::nullopt : compare(*first->second, event);
    }

private:
    std::optional<Violation> compare(const TraceEvent& first, const TraceEvent& now) const {
        const std::string_view operation = now.text("op");
        if (first.text("op") != operation || first.text("path") != now.text("path")) {
            return violation(operation, now,
                             fmt::format("expected a key of its own, found \"{}\" of {}",
                                         now.text("key"), first.text("op")));
        }
        if (first.text("params") != now.text("params")) {
            return violation(operation, now,
                             fmt::format("expected the body that the key \"{}\" was first sent "
                                         "with, found another",
                                         now.text("key")));
        }
        if (now.time_us - first.time_us < retention_us_) return std::nullopt;
        return violation(operation, now,
                         fmt::format("expected the key \"{}\" within the time that the provider "
                                     "keeps it, found it later",
                                     now.text("key")));
    }

    std::int64_t retention_us_;
    std::map<std::string_view, Latest> latest_;            // By operation.
    std::map<std::string_view, const TraceEvent*> first_;  // By key.
};

}  // namespace

std::optional<Violation> check_key_discipline(const RunRecord& run) {
    Keys keys(simulator::find_profile(run.scenario.profile)->retention_us);
    for (const TraceEvent& event : run.events) {
        if (event.is("answer")) keys.answered(event);
        if (!event.is("send")) continue;
        if (auto broken = keys.sent(event)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
