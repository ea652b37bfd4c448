// A retry comes after a pause of at least the first back-off, never after an answer that says
// definitely no or that a retry is useless, and not for ever: a series of attempts has as many as
// the shop is told. Only what an answer or a timeout leads to is a retry: not what runs side by
// side, not what a shopper asks for again, and not what a process does that begins after a crash.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/checkers/service_pause.hpp"
#include "scenarios/player/provider.hpp"

namespace onsite::scenarios {
namespace {

class Retries {
public:
    explicit Retries(const RunRecord& run)
        : run_(run),
          attempts_max_(run.scenario.shop.attempts),
          pause_us_(run.scenario.shop.backoff_us.empty() ? 0
                                                         : run.scenario.shop.backoff_us.front()) {
        if (!run.is_of_a_service()) return;
        pause_us_ = service_pause_us(run.scenario.shop, run.events.front().number("window_us"));
    }

    std::optional<Violation> see(const TraceEvent& event) {
        if (event.is("restart")) refused_.clear();  // A process that begins knows of no answer.
        if (event.is("answer") && is_definite_no(event.number("status"))) refused(event);
        return event.is("send") ? sent(event) : std::nullopt;
    }

private:
    void refused(const TraceEvent& end) {
        const TraceEvent* const send = run_.send_of(end);
        if (send != nullptr && !send->text("key").empty()) refused_[send->text("key")] = &end;
    }

    std::optional<Violation> sent(const TraceEvent& send) {
        if (auto broken = judge_refusal(send)) return broken;
        std::int64_t& attempts = attempts_[send.line];
        attempts = 1;
        const TraceEvent* const end = run_.end_before(send);
        const TraceEvent* const before = end == nullptr ? nullptr : run_.send_of(*end);
        if (before == nullptr || before->text("params") != send.text("params")) return std::nullopt;
        const std::int64_t pause_us = send.time_us - end->time_us;
        if (pause_us < kSeriesPauseUs) attempts += attempts_[before->line];
        if (auto broken = judge_pause(*end, send, pause_us)) return broken;
        if (attempts <= attempts_max_) return std::nullopt;
        return violation(
            send.text("op"), send,
            fmt::format("expected at most {} attempts in a row, found one more", attempts_max_));
    }

    // The same key once more, by a retry or by a webhook that came again: the same answer.
    std::optional<Violation> judge_refusal(const TraceEvent& send) const {
        const auto refused = refused_.find(send.text("key"));
        const TraceEvent* const cause = run_.cause_of(send);
        const bool is_asked_anew = cause == nullptr || cause->is("step") || cause->is("restart");
        if (refused == refused_.end() || is_asked_anew) return std::nullopt;
        return no_retry_after(*refused->second, send);
    }

    static Violation no_retry_after(const TraceEvent& end, const TraceEvent& send) {
        return violation(
            send.text("op"), send,
            fmt::format("expected no retry after a {}, found one", end.text("status")));
    }

    std::optional<Violation> judge_pause(const TraceEvent& end, const TraceEvent& send,
                                         std::int64_t pause_us) const {
        const std::string_view operation = send.text("op");
        if (is_definite_no(end.number("status"))) return no_retry_after(end, send);
        // What is still unknown has to be asked for again, only not soon.
        if (end.text("should_retry") == "false" && pause_us < kSeriesPauseUs) {
            return violation(
                operation, send,
                "expected no retry when the provider says that it is useless, found one");
        }
        if (end.text("out") == "done" || pause_us >= pause_us_) return std::nullopt;
        return violation(operation, send,
                         fmt::format("expected a pause of {} us before the retry, found {}",
                                     pause_us_, pause_us));
    }

    const RunRecord& run_;
    std::int64_t attempts_max_;
    std::int64_t pause_us_;
    std::map<std::int64_t, std::int64_t> attempts_;  // By the line of a send: so far in its series.
    std::map<std::string_view, const TraceEvent*> refused_;  // By key: the definite no.
};

}  // namespace

std::optional<Violation> check_retry_discipline(const RunRecord& run) {
    Retries retries(run);
    for (const TraceEvent& event : run.events) {
        if (auto broken = retries.see(event)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
