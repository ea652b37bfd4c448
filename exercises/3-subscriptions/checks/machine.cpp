#include "exercises/3-subscriptions/checks/machine.hpp"

#include <algorithm>
#include <array>

namespace onsite::subscriptions {
namespace {

constexpr auto kStates =
    std::to_array<std::string_view>({"none", "incomplete", "incomplete_expired", "trialing",
                                     "active", "past_due", "unpaid", "paused", "canceled"});
constexpr auto kEvents = std::to_array<std::string_view>(
    {"create", "payment_succeeded", "payment_failed", "payment_window_ended", "trial_will_end",
     "trial_ended", "end_trial_now", "extend_trial", "period_ended", "retry_due",
     "retries_exhausted", "card_added", "invoice_voided", "change_plan", "cancel_at_period_end",
     "undo_cancel", "cancel_now", "pause", "resume"});
constexpr auto kFacts =
    std::to_array<std::string_view>({"trial", "card", "free", "paid", "hard_decline", "in_flight"});
constexpr auto kEffects =
    std::to_array<std::string_view>({"invoice", "charge", "retry", "credit", "debit", "refund",
                                     "void_invoice", "remind", "ask_for_card"});

}  // namespace

std::span<const std::string_view> state_words() { return kStates; }
std::span<const std::string_view> event_words() { return kEvents; }
std::span<const std::string_view> fact_words() { return kFacts; }
std::span<const std::string_view> effect_words() { return kEffects; }

bool is_final(std::string_view state) {
    return state == "canceled" || state == "incomplete_expired";
}

bool Running::holds(const Guard& guard, const std::set<std::string, std::less<>>& facts) const {
    const bool is_true = facts.contains(guard.name) || flags_.contains(guard.name);
    return is_true != guard.is_negated;
}

const Transition* Running::send(std::string_view event,
                                const std::set<std::string, std::less<>>& facts) {
    for (const Transition& transition : machine_->transitions) {
        if (transition.event != event) continue;
        if (std::ranges::find(transition.from, state_) == transition.from.end()) continue;
        const bool fits = std::ranges::all_of(
            transition.guards, [&](const Guard& guard) { return holds(guard, facts); });
        if (!fits) continue;
        if (!transition.to.empty()) state_ = transition.to;
        for (const std::string& flag : transition.clears) flags_.erase(flag);
        flags_.insert(transition.sets.begin(), transition.sets.end());
        return &transition;
    }
    return nullptr;
}

}  // namespace onsite::subscriptions
