// Told "paid" there is a charge; told "failed" or "declined" there is none, also not one that comes
// later, unless the shopper pays again; told "refunded" there is a refund of that name, and told
// "refund_failed" there is none, also not later. Goods leave only for a charge.
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

bool is_no(std::string_view what) { return what == "failed" || what == "declined"; }

class Beliefs {
public:
    explicit Beliefs(const RunRecord& run) : run_(run) {}

    std::optional<Violation> see(const TraceEvent& event) {
        if (event.is("charge")) {
            owners_[event.text("charge")] = run_.order_of(event);
            net_[run_.order_of(event)] += event.number("amount");
        }
        if (event.is("refund")) refunded(event);
        if (is_new_payment(event)) latest_.erase(event.text("order"));
        if (event.is("effect") && net_[event.text("order")] == 0) {
            return violation(event.text("order"), event,
                             "expected a charge before the order is fulfilled, found none");
        }
        return event.is("told") ? told(event) : std::nullopt;
    }

    // Told no, and charged or returned after all.
    std::optional<Violation> end() const {
        for (const auto& [order, event] : latest_) {
            if (is_lost_refund(order, event->text("what"))) return lost_refund(*event);
            const auto net = net_.find(order);
            if (!is_no(event->text("what")) || net == net_.end() || net->second == 0) continue;
            return lost(*event, net->second);
        }
        return std::nullopt;
    }

private:
    // The shopper clicked, with another card perhaps, and the shop began anew.
    bool is_new_payment(const TraceEvent& event) const {
        // A service does not say what it makes of a click: each may begin anew.
        if (run_.is_of_a_service()) return event.is("step") && event.text("do") == "pay";
        if (!event.is("state") || event.text("to") != "paying") return false;
        const TraceEvent* const cause = run_.cause_of(event);
        return cause != nullptr && cause->is("step");
    }

    static Violation lost(const TraceEvent& event, std::int64_t net) {
        return violation(event.text("order"), event,
                         fmt::format("expected no charge for an order that is told \"{}\", found "
                                     "one of {}",
                                     event.text("what"), net));
    }

    bool is_lost_refund(std::string_view id, std::string_view what) const {
        return what == "refund_failed" && refunds_.contains(id);
    }

    static Violation lost_refund(const TraceEvent& event) {
        return violation(event.text("order"), event,
                         "expected no refund where one is told to have failed, found one");
    }

    void refunded(const TraceEvent& event) {
        const std::string_view operation = run_.operation_of(event);
        refunds_.insert(operation.substr(0, operation.find('.')));
        net_[owners_[event.text("charge")]] -= event.number("amount");
    }

    std::optional<Violation> told(const TraceEvent& event) {
        const std::string_view order = event.text("order");
        const std::string_view what = event.text("what");
        if (what == "refunded" && !refunds_.contains(order)) {
            return violation(order, event, "expected a refund, found none");
        }
        if (what == "paid" && net_[order] == 0) {
            return violation(order, event,
                             "expected a charge for an order that is told \"paid\", "
                             "found none");
        }
        latest_[order] = &event;
        if (is_lost_refund(order, what)) return lost_refund(event);
        if (is_no(what) && net_[order] > 0) return lost(event, net_[order]);
        return std::nullopt;
    }

    const RunRecord& run_;
    std::map<std::string_view, std::string_view> owners_;  // By charge: its order.
    std::map<std::string_view, std::int64_t> net_;         // By order: charged less refunded.
    std::set<std::string_view> refunds_;
    std::map<std::string_view, const TraceEvent*> latest_;  // By order: what it was told last.
};

}  // namespace

std::optional<Violation> check_no_lost_charge(const RunRecord& run) {
    Beliefs beliefs(run);
    for (const TraceEvent& event : run.events) {
        if (auto broken = beliefs.see(event)) return broken;
    }
    return beliefs.end();
}

}  // namespace onsite::scenarios
