#include "simulator/resources/subscription_schedules.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/schedule_params.hpp"
#include "simulator/resources/schedule_update.hpp"
#include "simulator/resources/subscriptions.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kScheduleSource =
    "docs.stripe.com/api/subscription_schedules, "
    "docs.stripe.com/billing/subscriptions/subscription-schedules";

// ---- Create ----

SubscriptionSchedule new_schedule(World& world, const Customer& customer) {
    const std::int64_t now = timeline_of(world, customer).now_s();
    return {.id = {}, .created = now, .customer = customer.id, .test_clock = customer.test_clock};
}

Answer add_schedule(const Call& call, SubscriptionSchedule schedule) {
    World& world = call.world;
    const SubscriptionSchedule& added =
        world.tables.subscription_schedules.add(std::move(schedule));
    world.emit("subscription_schedule.created",
               rendered(world, kSubscriptionScheduleType, added.id));
    watch_schedule(world, added);
    if (const auto* managed = world.tables.subscriptions.find(added.subscription)) {
        watch_subscription(world, *managed);
    }
    return answer(call, kSubscriptionScheduleType, added.id);
}

// The period that the subscription is in.
SchedulePhase phase_of(const World& world, const Subscription& subscription) {
    SchedulePhase phase{.start = subscription.period.start,
                        .end = subscription.cancel_at.value_or(subscription.period.end),
                        .currency = subscription.currency,
                        .recurrence = subscription.recurrence,
                        .items = items_of(world, subscription)};
    for (const std::string& id : subscription.discounts)
        phase.discounts.push_back({.discount = id});
    if (!subscription.default_tax_rates.empty()) {
        phase.default_tax_rates = subscription.default_tax_rates;
    }
    if (subscription.status == SubscriptionStatus::trialing) {
        phase.trial_end = subscription.trial_end;
    }
    return phase;
}

std::expected<Subscription*, ApiError> free_subscription(World& world, const std::string& id) {
    constexpr std::string_view kParam = "from_subscription";
    Subscription* found = world.tables.subscriptions.find(id);
    if (found == nullptr || world.tables.customers.find(found->customer) == nullptr) {
        return std::unexpected(no_such("subscription", id, kParam));
    }
    if (has_ended(*found)) {
        return std::unexpected(
            invalid_parameter(kParam, fmt::format("You cannot migrate a subscription that is {}.",
                                                  to_string(found->status))));
    }
    if (!found->schedule.empty()) {
        return std::unexpected(invalid_parameter(
            kParam, fmt::format("You cannot migrate a subscription that is already attached to a "
                                "schedule: `{}`.",
                                found->schedule)));
    }
    return found;
}

Answer create_from_subscription(Call& call) {
    World& world = call.world;
    ParamReader& params = call.params;
    const std::string id(params.required_text("from_subscription"));
    for (const std::string_view name :
         {"customer", "default_settings", "end_behavior", "phases", "start_date"}) {
        if (!params.has(name)) continue;
        params.ignore(name);
        params.refuse(name,
                      fmt::format("You cannot set `{}` if `from_subscription` is set.", name));
    }
    Metadata metadata;
    params.update_metadata(metadata);
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const auto found = free_subscription(world, id);
    if (!found) return std::unexpected(found.error());
    Subscription& subscription = **found;
    SubscriptionSchedule schedule =
        new_schedule(world, *world.tables.customers.find(subscription.customer));
    schedule.id = world.ids.next("sub_sched_");
    schedule.status = ScheduleStatus::active;
    schedule.subscription = subscription.id;
    schedule.end_behavior = subscription.cancel_at ? EndBehavior::cancel : EndBehavior::release;
    schedule.phases = {phase_of(world, subscription)};
    schedule.metadata = std::move(metadata);
    const Body before = rendered(world, kSubscriptionType, subscription.id);
    subscription.schedule = schedule.id;
    emit_changed(world, kSubscriptionType, subscription.id, "customer.subscription.updated",
                 before);
    return add_schedule(call, std::move(schedule));
}

// "now", or a moment that is to come.
std::int64_t read_start(ParamReader& params, std::int64_t now) {
    if (!params.has("start_date")) params.refuse(parameter_missing("start_date"));
    if (!params.is_object("start_date") && params.text("start_date") == "now") return now;
    const std::int64_t start = params.integer("start_date", 0, kMomentMax).value_or(now);
    if (start < now) {
        params.refuse("start_date",
                      "This simulator does not backdate a subscription: start_date has to be now "
                      "or in the future.");
    }
    return start;
}

// Whether the subscription can begin, or what is known of it when it begins later.
std::expected<void, ApiError> check_first(const World& world, const SubscriptionSchedule& schedule,
                                          const std::vector<PhaseParams>& sent) {
    for (const PhaseParams& one : sent) {
        const DiscountOwner owner{.customer = schedule.customer,
                                  .currency = one.phase.currency,
                                  .now_s = schedule.created};
        if (auto good = check_discounts(world, one.phase.discounts, owner); !good) return good;
    }
    SubscriptionSchedule first = schedule;
    first.phases = {sent.front().phase};
    if (sent.front().phase.start <= schedule.created)
        return check_start(world, start_of(world, first));
    return check_currency(*world.tables.customers.find(schedule.customer),
                          sent.front().phase.currency, "phases[0][items][0][price]");
}

Answer create_schedule(Call& call) {
    World& world = call.world;
    ParamReader& params = call.params;
    refuse_unsimulated(params, "A subscription schedule", {"pause_schedules"});
    params.ignore("billing_mode");
    if (params.has("from_subscription")) return create_from_subscription(call);
    const std::string id(params.required_text("customer"));
    const std::int64_t now = timeline_of(world, id).now_s();
    const std::int64_t start = read_start(params, now);
    SubscriptionSchedule read;
    read_schedule_settings(call, id, read.settings);
    read_end_behavior(params, read.end_behavior);
    params.update_metadata(read.metadata);
    auto sent = read_phases(call, id, PhasesOf::new_schedule);
    if (sent.empty()) params.refuse(parameter_missing("phases"));
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const Customer* customer = world.tables.customers.find(id);
    if (customer == nullptr || customer->is_deleted) {
        return std::unexpected(no_such("customer", id, "customer"));
    }
    SubscriptionSchedule schedule = new_schedule(world, *customer);
    schedule.settings = std::move(read.settings);
    schedule.end_behavior = read.end_behavior;
    schedule.metadata = std::move(read.metadata);
    sent.front().phase.start = start;
    const auto good =
        resolve_phases(world, sent, [&] { return check_first(world, schedule, sent); });
    if (!good) return std::unexpected(good.error());
    for (PhaseParams& one : sent) schedule.phases.push_back(std::move(one.phase));
    schedule.id = world.ids.next("sub_sched_");
    if (start <= now) {
        if (auto done = start_schedule(world, schedule, PaymentBehavior::allow_incomplete); !done) {
            return std::unexpected(done.error());
        }
    }
    return add_schedule(call, std::move(schedule));
}

// ---- The rest ----

std::expected<SubscriptionSchedule*, ApiError> schedule_in_path(const Call& call) {
    SubscriptionSchedule* schedule = call.world.tables.subscription_schedules.find(call.ids[0]);
    if (schedule == nullptr || call.world.tables.customers.find(schedule->customer) == nullptr) {
        return std::unexpected(no_such_in_path("subscription_schedule", call.ids[0]));
    }
    return schedule;
}

Answer retrieve_schedule(Call& call) {
    const auto schedule = schedule_in_path(call);
    if (!schedule) return std::unexpected(schedule.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kSubscriptionScheduleType, (*schedule)->id);
}

Answer update_schedule(Call& call) {
    const auto schedule = schedule_in_path(call);
    if (!schedule) return std::unexpected(schedule.error());
    if (auto done = update_phases(call, **schedule); !done) return std::unexpected(done.error());
    return answer(call, kSubscriptionScheduleType, (*schedule)->id);
}

Answer cancel_in_path(Call& call) {
    const auto schedule = schedule_in_path(call);
    if (!schedule) return std::unexpected(schedule.error());
    CancelOrder order{.is_invoiced_now = true, .is_prorated = true};
    update_flag(call.params, "invoice_now", order.is_invoiced_now);
    update_flag(call.params, "prorate", order.is_prorated);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_going_on(**schedule, "cancel"); !good) {
        return std::unexpected(good.error());
    }
    cancel_schedule(call.world, **schedule, order);
    return answer(call, kSubscriptionScheduleType, (*schedule)->id);
}

Answer release_in_path(Call& call) {
    const auto schedule = schedule_in_path(call);
    if (!schedule) return std::unexpected(schedule.error());
    const bool keeps_date = call.params.flag("preserve_cancel_date").value_or(false);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_going_on(**schedule, "release"); !good) {
        return std::unexpected(good.error());
    }
    release_schedule(call.world, **schedule, keeps_date);
    return answer(call, kSubscriptionScheduleType, (*schedule)->id);
}

Answer list_schedules(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const bool is_scheduled = call.params.flag("scheduled").value_or(false);
    const MomentRange canceled = read_moments(call.params, "canceled_at");
    const MomentRange completed = read_moments(call.params, "completed_at");
    const MomentRange released = read_moments(call.params, "released_at");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows_of(call, customer.value_or(""), call.world.tables.subscription_schedules,
                        kSubscriptionScheduleType, page, [&](const SubscriptionSchedule& row) {
                            return (!is_scheduled || row.status == ScheduleStatus::not_started) &&
                                   canceled.has(row.canceled_at) &&
                                   completed.has(row.completed_at) && released.has(row.released_at);
                        });
}

constexpr std::string_view kScheduleNote =
    "items have one interval within a phase; a phase without an end has one interval of its "
    "prices; the first invoice is paid at once; without a card a later start "
    "waits for one, incomplete; a renewal that begins a phase bills it without prorations; "
    "end_behavior cancel shows as cancel_at of the subscription; the running phase keeps a trial "
    "that an update does not name; a direct change of the subscription changes its running phase; "
    "a preview has no coupons of the coming phase; automatic_tax and billing_mode are taken and "
    "have no effect; backdating, pause_schedules, add_invoice_items, discounts of items, "
    "thresholds, transfers, fees, and of invoice_settings all but days_until_due are refused";

constexpr std::array kScheduleRoutes = {
    Route{.method = Method::post,
          .path = "/v1/subscription_schedules",
          .handle = create_schedule,
          .result = "subscription_schedule",
          .fidelity = Fidelity::simplified,
          .note = kScheduleNote,
          .source = kScheduleSource},
    Route{.method = Method::get,
          .path = "/v1/subscription_schedules/{id}",
          .handle = retrieve_schedule,
          .result = "subscription_schedule",
          .source = kScheduleSource},
    Route{.method = Method::post,
          .path = "/v1/subscription_schedules/{id}",
          .handle = update_schedule,
          .result = "subscription_schedule",
          .fidelity = Fidelity::simplified,
          .note = kScheduleNote,
          .source = kScheduleSource},
    Route{.method = Method::post,
          .path = "/v1/subscription_schedules/{id}/cancel",
          .handle = cancel_in_path,
          .result = "subscription_schedule",
          .source = kScheduleSource},
    Route{.method = Method::post,
          .path = "/v1/subscription_schedules/{id}/release",
          .handle = release_in_path,
          .result = "subscription_schedule",
          .source = kScheduleSource},
    Route{.method = Method::get,
          .path = "/v1/subscription_schedules",
          .handle = list_schedules,
          .result = "subscription_schedule",
          .shape = Shape::list,
          .source = kScheduleSource},
};

}  // namespace

std::span<const Route> subscription_schedule_routes() { return kScheduleRoutes; }

}  // namespace onsite::simulator
