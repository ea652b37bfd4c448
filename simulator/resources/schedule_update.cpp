#include "simulator/resources/schedule_update.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/schedule_params.hpp"
#include "simulator/resources/subscription_schedules.hpp"
#include "simulator/resources/subscriptions.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

ApiError wrong_start(std::string message) {
    return invalid_parameter("phases[0][start_date]", std::move(message));
}

bool is_running(const SchedulePhase& phase, std::int64_t now) {
    return phase.start <= now && now < phase.end;
}

std::expected<void, ApiError> check_start_of(const SubscriptionSchedule& schedule,
                                             const std::vector<PhaseParams>& sent,
                                             std::int64_t now) {
    if (sent.empty()) return std::unexpected(parameter_empty("phases"));
    if (!sent.front().start) {
        return std::unexpected(wrong_start(
            "The subscription schedule update is missing at least one phase with a `start_date` "
            "to anchor end dates to."));
    }
    if (schedule.status == ScheduleStatus::not_started && *sent.front().start < now) {
        return std::unexpected(wrong_start(
            "This simulator does not backdate a subscription: start_date has to be now or in the "
            "future."));
    }
    return {};
}

// The phase that runs now is the one that ran before, or begins now.
std::expected<void, ApiError> check_running(const SubscriptionSchedule& schedule,
                                            const std::vector<PhaseParams>& sent,
                                            std::int64_t now) {
    if (schedule.status != ScheduleStatus::active) return {};
    const std::int64_t started = schedule.phases[schedule.current].start;
    const auto running = std::ranges::find_if(
        sent, [&](const PhaseParams& one) { return is_running(one.phase, now); });
    if (running != sent.end() && (running->phase.start == started || running->phase.start == now)) {
        return {};
    }
    return std::unexpected(wrong_start(
        fmt::format("One of the phases has to be the current one, which started at {} and is not "
                    "over, or has to start now.",
                    started)));
}

std::expected<void, ApiError> check_coupons(const World& world,
                                            const SubscriptionSchedule& schedule,
                                            const std::vector<PhaseParams>& sent,
                                            std::int64_t now) {
    for (const PhaseParams& one : sent) {
        if (one.phase.end <= now) continue;
        const DiscountOwner owner{.customer = schedule.customer,
                                  .subscription = schedule.subscription,
                                  .currency = one.phase.currency,
                                  .now_s = now};
        if (auto good = check_discounts(world, one.phase.discounts, owner); !good) return good;
    }
    return {};
}

bool is_same_item(const SubscriptionItem& a, const SubscriptionItem& b) {
    return a.price == b.price && a.quantity == b.quantity && a.tax_rates == b.tax_rates &&
           *a.metadata == *b.metadata;
}

// Whether the subscription is the same in both.
bool is_same(const SchedulePhase& a, const SchedulePhase& b) {
    return std::ranges::equal(a.items, b.items, is_same_item) && a.discounts == b.discounts &&
           a.default_tax_rates == b.default_tax_rates && a.trial_end == b.trial_end &&
           a.settings == b.settings && *a.metadata == *b.metadata;
}

// What is over stays as it was. REQUIRES: check_running().
void replace_phases(SubscriptionSchedule& schedule, std::vector<PhaseParams> sent,
                    std::int64_t now) {
    std::erase_if(sent, [&](const PhaseParams& one) { return one.phase.end <= now; });
    std::vector<SchedulePhase>& phases = schedule.phases;
    if (schedule.status == ScheduleStatus::active) {
        SchedulePhase& running = phases[schedule.current];
        PhaseParams& first = sent.front();
        if (first.phase.start != running.start) {
            running.end = first.phase.start;
            ++schedule.current;
        } else if (!first.is_trial && !first.phase.trial_end) {
            first.phase.trial_end = running.trial_end;
        }
        phases.resize(schedule.current);
    } else {
        phases.clear();
    }
    for (PhaseParams& one : sent) phases.push_back(std::move(one.phase));
}

// What the new phases mean now. `before`: the schedule as it was.
std::expected<void, ApiError> apply(World& world, SubscriptionSchedule& schedule,
                                    const SubscriptionSchedule& before, Prorate prorate) {
    if (schedule.status == ScheduleStatus::not_started) {
        const std::int64_t now = timeline_of(world, schedule.customer).now_s();
        if (schedule.phases.front().start <= now) {
            return start_schedule(world, schedule, PaymentBehavior::allow_incomplete);
        }
        watch_schedule(world, schedule);
        return {};
    }
    const SchedulePhase& phase = schedule.phases[schedule.current];
    const SchedulePhase& was = before.phases[before.current];
    const bool is_entered = schedule.current != before.current;
    if (is_entered || !is_same(phase, was) || schedule.settings != before.settings) {
        apply_phase(world, schedule,
                    {.prorate = is_entered ? phase.prorate : prorate,
                     .is_entered = is_entered,
                     .redeems = phase.discounts != was.discounts});
    } else {
        apply_end(world, schedule);
    }
    return {};
}

}  // namespace

void read_end_behavior(ParamReader& params, EndBehavior& behavior) {
    constexpr std::array<std::string_view, 2> kWords = {"release", "cancel"};
    if (const auto word = params.choice("end_behavior", kWords)) {
        behavior = static_cast<EndBehavior>(*word);
    }
}

std::expected<void, ApiError> check_going_on(const SubscriptionSchedule& schedule,
                                             std::string_view action) {
    if (is_going_on(schedule)) return {};
    return std::unexpected(wrong_state(
        "", fmt::format("You cannot {} a subscription schedule that is currently in the `{}` "
                        "status. It must be `not_started` or `active`.",
                        action, to_string(schedule.status))));
}

std::expected<void, ApiError> update_phases(Call& call, SubscriptionSchedule& schedule) {
    World& world = call.world;
    ParamReader& params = call.params;
    const std::int64_t now = timeline_of(world, schedule.customer).now_s();
    SubscriptionSchedule after = schedule;
    refuse_unsimulated(params, "A subscription schedule", {"pause_schedules"});
    read_schedule_settings(call, schedule.customer, after.settings);
    read_end_behavior(params, after.end_behavior);
    params.update_metadata(after.metadata);
    Prorate prorate = Prorate::create;
    read_prorate(params, prorate);
    const bool has_phases = params.has("phases");
    auto sent = read_phases(call, schedule.customer, PhasesOf::update);
    if (auto good = params.finish(); !good) return good;
    if (auto good = check_going_on(schedule, "update"); !good) return good;
    if (has_phases) {
        if (auto good = check_start_of(schedule, sent, now); !good) return good;
        PhaseParams& first = sent.front();
        first.phase.start = *first.start;
        if (first.phase.currency.empty()) first.phase.currency = schedule.phases.front().currency;
        const auto good = resolve_phases(world, sent, [&]() -> std::expected<void, ApiError> {
            if (auto runs = check_running(schedule, sent, now); !runs) return runs;
            return check_coupons(world, schedule, sent, now);
        });
        if (!good) return good;
        replace_phases(after, std::move(sent), now);
    }
    const SubscriptionSchedule was = schedule;
    const Body before = rendered(world, kSubscriptionScheduleType, schedule.id);
    schedule = std::move(after);
    if (auto done = apply(world, schedule, was, prorate); !done) {
        schedule = was;
        return done;
    }
    emit_changed(world, kSubscriptionScheduleType, schedule.id, "subscription_schedule.updated",
                 before);
    if (const auto* managed = world.tables.subscriptions.find(schedule.subscription)) {
        watch_subscription(world, *managed);
    }
    return {};
}

}  // namespace onsite::simulator
