// A retry comes after a pause of at least the first back-off, never after an answer that says
// definitely no or that a retry is useless, and not for ever: a series of attempts has as many as
// the shop is told. Attempts that run side by side are no retries, and neither is what a shopper
// asks for again.
#include <map>
#include <utility>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

// After such a pause an attempt begins a series of its own.
constexpr std::int64_t kSeriesPauseUs = 60'000'000;

// 4xx other than 409 and 429: the same request has the same answer.
bool is_definite_no(const TraceEvent& end) {
    const std::int64_t status = end.number("status");
    return status >= 400 && status < 500 && status != 409 && status != 429;
}

struct Series {
    const TraceEvent* send = nullptr;  // The last attempt,
    const TraceEvent* end = nullptr;   // and its answer or timeout.
    std::int64_t attempts = 0;
};

class Retries {
public:
    explicit Retries(const ShopSettings& settings)
        : attempts_max_(settings.attempts),
          pause_us_(settings.backoff_us.empty() ? 0 : settings.backoff_us.front()) {}

    std::optional<Violation> see(const TraceEvent& event) {
        if (event.is("answer") || event.is("timeout")) series_[event.text("op")].end = &event;
        if (event.is("restart")) begin_again();
        if (event.is("step") && event.text("do") == "pay") asked_[event.text("order")] = event.line;
        return event.is("send") ? sent(event) : std::nullopt;
    }

private:
    // What was done before a crash is another process's business.
    void begin_again() {
        for (auto& [operation, series] : series_) series.attempts = 0;
    }

    bool is_retry(const Series& before, const TraceEvent& send) const {
        if (before.send == nullptr || before.end == nullptr) return false;
        const auto asked = asked_.find(send.text("order"));
        const bool is_new = asked != asked_.end() && asked->second > before.end->line;
        return !is_new && before.send->text("params") == send.text("params");
    }

    std::optional<Violation> sent(const TraceEvent& send) {
        Series& series = series_[send.text("op")];
        const Series before = std::exchange(series, {&send, nullptr, 1});
        if (!is_retry(before, send)) return std::nullopt;
        const std::int64_t pause_us = send.time_us - before.end->time_us;
        if (pause_us < kSeriesPauseUs) series.attempts = before.attempts + 1;
        if (auto broken = judge_pause(*before.end, send, pause_us)) return broken;
        if (series.attempts <= attempts_max_) return std::nullopt;
        return violation(
            send.text("op"), send,
            fmt::format("expected at most {} attempts in a row, found one more", attempts_max_));
    }

    std::optional<Violation> judge_pause(const TraceEvent& end, const TraceEvent& send,
                                         std::int64_t pause_us) const {
        const std::string_view operation = send.text("op");
        if (is_definite_no(end)) {
            return violation(
                operation, send,
                fmt::format("expected no retry after a {}, found one", end.text("status")));
        }
        if (end.text("should_retry") == "false") {
            return violation(
                operation, send,
                "expected no retry when the provider says that it is useless, found one");
        }
        if (end.text("out") == "done" || pause_us >= pause_us_) return std::nullopt;
        return violation(operation, send,
                         fmt::format("expected a pause of {} us before the retry, found {}",
                                     pause_us_, pause_us));
    }

    std::int64_t attempts_max_;
    std::int64_t pause_us_;
    std::map<std::string_view, Series> series_;       // By operation.
    std::map<std::string_view, std::int64_t> asked_;  // By order: the line of its last click.
};

}  // namespace

std::optional<Violation> check_retry_discipline(const RunRecord& run) {
    Retries retries(run.scenario.shop);
    for (const TraceEvent& event : run.events) {
        if (auto broken = retries.see(event)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
