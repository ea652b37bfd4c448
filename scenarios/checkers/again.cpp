#include "scenarios/checkers/again.hpp"

#include <set>

#include <fmt/format.h>

#include "scenarios/player/player.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {
namespace {

struct End {
    std::string_view status = "unknown";
    int effects = 0;
    std::int64_t charged = 0;
    std::int64_t returned = 0;
};

class Ends {
public:
    void see(const RunRecord& run, const TraceEvent& event) {
        if (event.is("state")) ends_[event.text("order")].status = event.text("to");
        if (event.is("effect")) ++ends_[event.text("order")].effects;
        if (event.is("charge")) {
            const std::string_view order = run.order_of(event);
            owners_[event.text("charge")] = order;
            ends_[order].charged += event.number("amount");
        }
        if (event.is("refund")) {
            ends_[owners_[event.text("charge")]].returned += event.number("amount");
        }
        if (event.is("step") && event.text("do") == "cancel")
            cancelled_.insert(event.text("order"));
    }
    std::map<std::string, std::string> shown() const {
        std::map<std::string, std::string> all;
        for (const auto& [order, end] : ends_) {
            if (cancelled_.contains(order)) continue;
            all[std::string(order)] =
                fmt::format("{}, fulfilled {} times, charged {}, returned {}", end.status,
                            end.effects, end.charged, end.returned);
        }
        return all;
    }

private:
    std::map<std::string_view, End> ends_;  // By order.
    std::map<std::string_view, std::string_view>
        owners_;  // By charge: its order, to which a refund returns.
    std::set<std::string_view> cancelled_;
};

const TraceEvent& last_line_of(const RunRecord& run, std::string_view order) {
    const TraceEvent* last = &run.events.back();
    for (const TraceEvent& event : run.events) {
        if (run.order_of(event) == order) last = &event;
    }
    return *last;
}

}  // namespace

std::map<std::string, std::string> ends_of(const RunRecord& run) {
    Ends ends;
    for (const TraceEvent& event : run.events) ends.see(run, event);
    return ends.shown();
}

std::optional<RunRecord> play_again(const RunRecord& run, const Scenario& other) {
    const ShopKind* const shop = find_shop(run.shop);
    if (shop == nullptr) return std::nullopt;
    return record_of(play(other, *shop, Header::without_scenario).trace, other);
}

std::optional<Violation> compare_ends(const RunRecord& run, const Scenario& other,
                                      std::string_view how) {
    const auto again = play_again(run, other);
    if (!again) return std::nullopt;
    const auto ends = ends_of(run);
    const auto others = ends_of(*again);
    for (const auto& [order, end] : ends) {
        const auto found = others.find(order);
        const std::string found_end = found == others.end() ? "nothing" : found->second;
        if (found_end == end) continue;
        return violation(
            order, last_line_of(run, order),
            fmt::format("expected the order to end as it did here ({}) {}, found it {}", end, how,
                        found_end));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
