#include "exercises/4-idempotency/drill/metrics.hpp"

#include <algorithm>
#include <set>

#include "base/clock.hpp"
#include "exercises/4-idempotency/drill/logs.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::drill {
namespace {

using scenarios::TraceEvent;

constexpr std::int64_t kMinuteUs = 60'000'000;

// The value below which that many percent of the sorted ones are.
std::int64_t percentile(const std::vector<std::int64_t>& sorted, std::size_t percent) {
    if (sorted.empty()) return 0;
    return sorted[std::min(sorted.size() * percent / 100, sorted.size() - 1)];
}

class Counter {
public:
    explicit Counter(const Evidence& evidence) : evidence_(evidence) {
        out_.start_ms = evidence.run.scenario.start_us / 1000;
        out_.minutes.resize(kIncidentMinutes);
        took_ms_.resize(kIncidentMinutes);
    }

    Metrics count() {
        for (const TraceEvent& event : evidence_.run.events) {
            const std::int64_t minute =
                (event.time_us - evidence_.run.scenario.start_us) / kMinuteUs;
            if (minute < 0 || minute >= kIncidentMinutes) continue;
            now_ = static_cast<std::size_t>(minute);
            client(event);
            service(event);
            if (event.is("charge")) ++at(Metric::charges);
            if (event.is("refund")) ++at(Metric::refunds);
        }
        for (std::size_t i = 0; i < took_ms_.size(); ++i) {
            std::ranges::sort(took_ms_[i]);
            out_.minutes[i][Metric::p50_ms] = percentile(took_ms_[i], 50);
            out_.minutes[i][Metric::p95_ms] = percentile(took_ms_[i], 95);
        }
        return std::move(out_);
    }

private:
    std::int64_t& at(Metric metric) { return out_.minutes[now_][metric]; }

    void client(const TraceEvent& event) {
        if (event.is("send")) {
            ++at(Metric::attempts);
            if (!operations_.insert(event.text("op")).second) ++at(Metric::retries);
        }
        if (event.is("timeout")) ++at(Metric::timeouts);
        if (!event.is("answer") && !event.is("timeout")) return;
        const auto* send = evidence_.line(evidence_.sent[static_cast<std::size_t>(event.line)]);
        if (send != nullptr) took_ms_[now_].push_back((event.time_us - send->time_us) / 1000);
        const std::int64_t status = event.number("status");
        const std::string_view code = evidence_.code[static_cast<std::size_t>(event.line)];
        if (code == kKeyReused) ++at(Metric::conflicts);
        if (code == kKeyInUse) ++at(Metric::in_use);
        if (status == 402) ++at(Metric::declines);
        if (status >= 500) ++at(Metric::errors);
    }

    void service(const TraceEvent& event) {
        if (event.is("step") && event.text("do") == "pay" && event.text("is_lost").empty() &&
            clicked_.insert(event.text("order")).second) {
            ++at(Metric::payments);
        }
        if (event.is("told") &&
            (event.text("what") == "failed" || event.text("what") == "declined"))
            ++at(Metric::failures);
        if (event.is("effect")) ++at(Metric::fulfilments);
        if (event.is("restart")) ++at(Metric::restarts);
        if (!event.is("hook_got")) return;
        ++at(Metric::webhooks);
        if (!seen_.insert(event.text("event")).second) ++at(Metric::redeliveries);
    }

    const Evidence& evidence_;
    Metrics out_ = {};
    std::size_t now_ = 0;
    std::vector<std::vector<std::int64_t>> took_ms_ = {};
    std::set<std::string_view> operations_ = {};
    std::set<std::string_view> clicked_ = {};
    std::set<std::string_view> seen_ = {};
};

}  // namespace

std::string_view to_string(Metric metric) {
    constexpr std::array<std::string_view, kMetrics.size()> kNames = {
        "payments", "attempts",     "retries",  "failures", "conflicts", "in_use",
        "declines", "errors",       "timeouts", "charges",  "refunds",   "fulfilments",
        "webhooks", "redeliveries", "restarts", "p50_ms",   "p95_ms"};
    return kNames[static_cast<std::size_t>(metric)];
}

const Metric* find_metric(std::string_view name) {
    const auto is_it = [&](Metric one) { return to_string(one) == name; };
    const auto found = std::ranges::find_if(kMetrics, is_it);
    return found == kMetrics.end() ? nullptr : &*found;
}

std::int64_t Metrics::sum(Metric metric) const {
    std::int64_t sum = 0;
    for (const Minute& minute : minutes) sum += minute[metric];
    return sum;
}

Metrics measure(const Evidence& evidence) { return Counter(evidence).count(); }

Share dashboard_share(const Evidence& evidence) {
    std::set<std::string_view> failed;
    std::set<std::string_view> orders;
    for (const TraceEvent& event : evidence.run.events) {
        const auto place = static_cast<std::size_t>(event.line);
        if (event.is("step") && event.text("is_lost").empty()) orders.insert(event.text("order"));
        const bool is_conflict =
            evidence.code[place] == kKeyReused || evidence.code[place] == kKeyInUse;
        const bool is_refund = event.text("op").ends_with(".refund");
        if (event.is("answer") && is_conflict && !is_refund) failed.insert(evidence.order[place]);
    }
    return {.failed = static_cast<std::int64_t>(failed.size()),
            .orders = static_cast<std::int64_t>(orders.size())};
}

std::string to_json(const Metrics& metrics) {
    std::string out = "[\n";
    for (std::size_t i = 0; i < metrics.minutes.size(); ++i) {
        simulator::JsonWriter json;
        json.begin_object();
        json.text("at",
                  moment_text(metrics.start_ms + static_cast<std::int64_t>(i) * kMsPerMinute));
        for (const Metric metric : kMetrics) {
            json.number(to_string(metric), metrics.minutes[i][metric]);
        }
        json.end_object();
        out += json.written();
        out += i + 1 < metrics.minutes.size() ? ",\n" : "\n";
    }
    return out + "]\n";
}

}  // namespace onsite::drill
