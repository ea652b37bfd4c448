#include "exercises/4-idempotency/drill/truth.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "scenarios/checkers/checker.hpp"

namespace onsite::drill {
namespace {

using scenarios::RunRecord;
using scenarios::TraceEvent;
using scenarios::Violation;

// The promises that are made to one order. The others are about the provider or the scenario.
constexpr std::array<std::string_view, 8> kOfOrders = {
    "key_discipline",       "minor_units",        "no_double_charge", "no_lost_charge",
    "one_effect_per_event", "one_terminal_state", "paid_eventually",  "retry_discipline"};

// Orders that share an idempotency key belong together: union-find.
class Groups {
public:
    std::string find(const std::string& order) {
        const auto parent = parent_.find(order);
        if (parent == parent_.end()) return order;
        std::string root = find(parent->second);
        parent->second = root;
        return root;
    }
    void join(const std::string& one, const std::string& other) {
        const std::string a = find(one);
        const std::string b = find(other);
        if (a != b) parent_[b] = a;
    }

private:
    std::map<std::string, std::string> parent_ = {};
};

using Lines = std::vector<std::size_t>;

std::map<std::string, Lines> grouped(const Evidence& evidence) {
    Groups groups;
    std::map<std::string_view, std::string> owners;  // By key.
    for (const TraceEvent& event : evidence.run.events) {
        const std::string& order = evidence.order[static_cast<std::size_t>(event.line)];
        if (!event.is("send") || event.text("key").empty()) continue;
        const auto [owner, is_new] = owners.try_emplace(event.text("key"), order);
        if (!is_new) groups.join(owner->second, order);
    }
    std::map<std::string, Lines> all;
    for (std::size_t i = 0; i < evidence.order.size(); ++i) {
        if (!evidence.order[i].empty()) all[groups.find(evidence.order[i])].push_back(i);
    }
    return all;
}

class Judge {
public:
    explicit Judge(const Evidence& evidence) : evidence_(evidence) {
        part_.scenario.profile = evidence.run.scenario.profile;
        part_.scenario.shop = evidence.run.scenario.shop;
    }

    // One checker, again without each order that it names, until it is content.
    void judge(const scenarios::Checker& checker, Lines lines) {
        while (!lines.empty()) {
            take(lines);
            const std::optional<Violation> found = checker.check(part_);
            if (!found) return;
            const std::string order = evidence_.order[static_cast<std::size_t>(found->line)];
            truth_.broken.emplace(checker.id);
            truth_.affected[order].insert(found->line);
            const auto erased = std::erase_if(
                lines, [&](std::size_t line) { return evidence_.order[line] == order; });
            if (erased == 0) return;
        }
    }

    Truth result() { return std::move(truth_); }

private:
    // The part of the run that has these lines. Their numbers stay those of the whole run.
    void take(const Lines& lines) {
        if (lines == taken_) return;
        taken_ = lines;
        part_.events.clear();
        part_.requests.clear();
        for (const std::size_t line : lines) {
            const TraceEvent& event = evidence_.run.events[line];
            if (event.is("req")) {
                part_.requests.emplace(event.text("request"), part_.events.size());
            }
            part_.events.push_back(event);
        }
    }

    const Evidence& evidence_;
    RunRecord part_ = {};
    Lines taken_ = {};
    Truth truth_ = {};
};

}  // namespace

Truth find_truth(const Evidence& evidence) {
    Judge judge(evidence);
    for (const auto& [root, lines] : grouped(evidence)) {
        for (const std::string_view id : kOfOrders) {
            judge.judge(*scenarios::find_checker(id), lines);
        }
    }
    return judge.result();
}

}  // namespace onsite::drill
