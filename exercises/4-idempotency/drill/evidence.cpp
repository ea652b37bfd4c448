#include "exercises/4-idempotency/drill/evidence.hpp"

#include <utility>

#include "scenarios/player/player.hpp"

namespace onsite::drill {
namespace {

using scenarios::RunRecord;
using scenarios::TraceEvent;

// Walks once through the lines of a run.
class Collector {
public:
    explicit Collector(RunRecord run) {
        out_.run = std::move(run);
        const std::size_t lines = out_.run.events.size();
        out_.order.resize(lines);
        out_.request.assign(lines, kNoLine);
        out_.sent.assign(lines, kNoLine);
        out_.code.resize(lines);
    }

    Evidence collect() {
        for (const TraceEvent& event : out_.run.events) {
            connect(event);
            name_order(event);
            name_error(event);
        }
        return std::move(out_);
    }

private:
    static std::size_t place(const TraceEvent& event) {
        return static_cast<std::size_t>(event.line);
    }
    bool is_line(std::int64_t number) const {
        return number >= 0 && number < static_cast<std::int64_t>(out_.run.events.size());
    }

    // Which request, and which `send` of it, a line is a part of.
    void connect(const TraceEvent& event) {
        std::int64_t request = kNoLine;
        if (const TraceEvent* own = out_.run.request_of(event)) request = own->line;
        const bool has_cause = !event.text("cause").empty() && is_line(event.number("cause"));
        const auto cause = static_cast<std::size_t>(has_cause ? event.number("cause") : 0);
        if (event.is("answer") && has_cause) request = out_.request[cause];
        if (event.is("timeout") && has_cause) {
            const auto arrived = arrived_.find(static_cast<std::int64_t>(cause));
            if (arrived != arrived_.end()) request = arrived->second;
            out_.sent[place(event)] = static_cast<std::int64_t>(cause);
        }
        if (event.is("req") && has_cause) {
            arrived_[static_cast<std::int64_t>(cause)] = event.line;
            out_.sent[place(event)] = static_cast<std::int64_t>(cause);
            out_.request[cause] = event.line;
        }
        if (event.is("send")) out_.sent[place(event)] = event.line;
        if (request == kNoLine) return;
        out_.request[place(event)] = request;
        if (out_.sent[place(event)] == kNoLine) {
            out_.sent[place(event)] = out_.sent[static_cast<std::size_t>(request)];
        }
    }

    // Events of a request are noted between its beginning and its `reply`, in one piece.
    void name_order(const TraceEvent& event) {
        std::string& order = out_.order[place(event)];
        order = std::string(out_.run.order_of(event));
        if (event.is("step") && !event.text("refund").empty()) {
            refunds_[std::string(event.text("refund"))] = order;
        }
        if (const auto refunded = refunds_.find(order); refunded != refunds_.end()) {
            order = refunded->second;
        }
        if (event.is("event")) pending_.push_back(event.line);
        if (event.is("reply")) {
            for (const std::int64_t line : pending_) {
                out_.order[static_cast<std::size_t>(line)] = order;
                of_event_[out_.run.events[static_cast<std::size_t>(line)].text("id")] = order;
            }
            pending_.clear();
        }
        if (!order.empty() || event.text("event").empty()) return;
        const auto known = of_event_.find(event.text("event"));
        if (known != of_event_.end()) order = known->second;
    }

    void name_error(const TraceEvent& event) {
        if (event.is("req")) first_.try_emplace(event.text("key"), &event);
        if (event.is("answer")) {
            const std::int64_t cause = event.number("cause");
            if (event.number("status") >= 400 && is_line(cause)) {
                out_.code[place(event)] = out_.code[static_cast<std::size_t>(cause)];
            }
        }
        if (event.is("reply")) out_.code[place(event)] = code_of(event);
    }

    // The trace has no bodies; status and keys say the same.
    std::string_view code_of(const TraceEvent& reply) const {
        const TraceEvent* request = out_.run.request_of(reply);
        const std::int64_t status = reply.number("status");
        if (status < 400 || request == nullptr) return {};
        if (status == 409) return kKeyInUse;
        if (status == 402) return "card_declined";
        if (status == 429) return "rate_limit";
        if (status >= 500) return "api_error";
        const auto first = first_.find(request->text("key"));
        const bool is_reused = first != first_.end() && first->second != request &&
                               (first->second->text("params") != request->text("params") ||
                                first->second->text("path") != request->text("path"));
        return is_reused ? kKeyReused : "invalid_request_error";
    }

    Evidence out_;
    std::map<std::int64_t, std::int64_t> arrived_ = {};             // `send` -> its `req`.
    std::map<std::string, std::string, std::less<>> refunds_ = {};  // Refund -> its order.
    std::vector<std::int64_t> pending_ = {};                        // `event` lines.
    std::map<std::string_view, std::string> of_event_ = {};         // Event -> its order.
    std::map<std::string_view, const TraceEvent*> first_ = {};      // Key -> its first `req`.
};

}  // namespace

Evidence collect(RunRecord run) { return Collector(std::move(run)).collect(); }

Result<Evidence> play_incident(const Recipe& recipe, std::uint64_t seed) {
    const scenarios::Played played = scenarios::play(make_scenario(recipe, seed), recipe.shop());
    auto run = scenarios::read_trace(played.trace);
    if (!run)
        return tool_error("expected to read the trace of the incident: " + run.error().message);
    return collect(std::move(*run));
}

}  // namespace onsite::drill
