// Every write has a key, and a look needs none; an operation keeps its key until its outcome is
// definite; a key is never sent with another path or body, never after the provider has forgotten
// it, and not for what is asked anew after a definite no: that no is all that the provider would
// say.
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "simulator/idempotency/profile.hpp"

namespace onsite::scenarios {
namespace {

struct Latest {
    std::string_view key;
    bool is_definite = false;
    bool was_unknown = false;  // An attempt before it, under the same key.
};

class Keys {
public:
    explicit Keys(std::int64_t retention_us) : retention_us_(retention_us) {}

    void asked(const TraceEvent& step) { asked_[step.text("order")] = step.line; }

    void answered(const TraceEvent& event) {
        if (event.text("out") == "unknown") return;
        Latest& latest = latest_[event.text("op")];
        // Refused or too early: that says nothing of an attempt before.
        const std::string_view status = event.text("status");
        latest.is_definite = !latest.was_unknown || (status != "0" && status != "429");
        if (status == "402") declined_[latest.key] = event.line;
    }

    // A webhook says as definitely as an answer that a request was declined. Its event is traced
    // before the reply of that request.
    void happened(const TraceEvent& event) {
        if (answered_us_ == event.time_us) {
            refused_[event.text("id")] = challenging_;
            failed_.insert(event.text("id"));
        } else {
            unowned_.push_back(event.text("id"));
        }
    }
    // The shopper failed to prove who they are, of which an event says so at the same moment.
    void failed(const TraceEvent& authentication, const TraceEvent* request) {
        answered_us_ = authentication.time_us;
        challenging_ = request;
    }
    void replied(const TraceEvent* request) {
        for (const std::string_view id : std::exchange(unowned_, {})) refused_[id] = request;
    }
    void accepted(const TraceEvent& event) {
        const auto found = refused_.find(event.text("event"));
        if (found == refused_.end() || found->second == nullptr) return;
        const auto latest = latest_.find(found->second->text("op"));
        if (latest == latest_.end() || latest->second.key != found->second->text("key")) return;
        latest->second.is_definite = true;
        settled_.insert(latest->second.key);
        if (failed_.contains(event.text("event"))) declined_[latest->second.key] = event.line;
    }

    std::optional<Violation> sent(const TraceEvent& event) {
        const std::string_view key = event.text("key");
        const std::string_view operation = event.text("op");
        if (key.empty()) return violation(operation, event, "expected a key, found none");
        const auto [before, is_first] = latest_.try_emplace(operation, Latest{key});
        // A key that was sent before belongs to a retry, of an attempt side by side perhaps.
        const bool is_another = before->second.key != key && !first_.contains(key);
        if (!is_first && is_another && !before->second.is_definite) {
            return violation(operation, event,
                             fmt::format("expected the key \"{}\" again, as nobody knows whether "
                                         "that attempt was carried out, found \"{}\"",
                                         before->second.key, key));
        }
        const bool is_settled = settled_.contains(key);
        const bool was_unknown = !is_first && !is_settled && before->second.key == key &&
                                 (before->second.was_unknown || !before->second.is_definite);
        before->second = {key, is_settled, was_unknown};
        const auto declined = declined_.find(key);
        if (declined != declined_.end() && asked_[event.text("order")] > declined->second) {
            return violation(operation, event,
                             fmt::format("expected a new key for what is asked anew, found \"{}\", "
                                         "which was declined in line {}",
                                         key, declined->second));
        }
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
    std::int64_t answered_us_ = -1;            // When a shopper failed last.
    const TraceEvent* challenging_ = nullptr;  // The request that led to the question.
    std::vector<std::string_view> unowned_;    // Events whose request is not known yet.
    std::set<std::string_view> failed_;        // Events that say that a shopper failed.
    std::map<std::string_view, const TraceEvent*> refused_;  // By event: the request it is about.
    std::set<std::string_view> settled_;         // Keys of which a webhook said no: for good.
    std::map<std::string_view, Latest> latest_;  // By operation.
    std::map<std::string_view, const TraceEvent*> first_;  // By key.
    std::map<std::string_view, std::int64_t> declined_;    // By key: the line that says so.
    std::map<std::string_view, std::int64_t> asked_;       // By order: the line of its last click.
};

}  // namespace

std::optional<Violation> check_key_discipline(const RunRecord& run) {
    Keys keys(simulator::find_profile(run.scenario.profile)->retention_us);
    for (const TraceEvent& event : run.events) {
        if (event.is("step") && event.text("do") == "pay") keys.asked(event);
        if (event.is("answer")) keys.answered(event);
        if (event.is("event") && event.text("type") == "payment_intent.payment_failed") {
            keys.happened(event);
        }
        if (event.is("authentication") && event.text("result") == "failed") {
            keys.failed(event, run.request_of(event));
        }
        if (event.is("reply")) keys.replied(run.request_of(event));
        if (event.is("accept")) keys.accepted(event);
        if (!event.is("send") || event.text("method") == "GET") continue;
        if (auto broken = keys.sent(event)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
