#include "simulator/resources/plans.hpp"

#include <array>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPlanSource = "docs.stripe.com/api/plans";

void read_plan(ParamReader& params, Price& plan) {
    update_flag(params, "active", plan.is_active);
    update_text(params, "nickname", plan.nickname);
    if (const auto days = params.integer("trial_period_days", 0, kTrialDaysMax)) {
        plan.trial_period_days = *days;
    }
    params.update_metadata(plan.metadata);
}

void read_interval(ParamReader& params, Price& plan) {
    if (!params.has("interval")) params.refuse(parameter_missing("interval"));
    const std::size_t interval = params.choice("interval", kIntervals).value_or(0);
    plan.recurring.interval = static_cast<Interval>(interval);
    plan.recurring.count =
        params.integer("interval_count", 1, kIntervalCountsMax[interval]).value_or(1);
}

Answer create_plan(Call& call) {
    ParamReader& params = call.params;
    constexpr std::array<std::string_view, 1> kSchemes = {"per_unit"};
    constexpr std::array<std::string_view, 1> kUsageTypes = {"licensed"};
    Price plan;
    plan.currency = params.required_currency("currency");
    read_interval(params, plan);
    read_plan(params, plan);
    read_unit_amount(params, "amount", plan);
    params.choice("billing_scheme", kSchemes);
    params.choice("usage_type", kUsageTypes);
    ProductChoice product = read_product_choice(params, call.world, "product");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    plan.product = keep_product(world, std::move(product));
    const std::string id = add_price(world, std::move(plan));
    Body body = rendered(world, kPlanType, id);
    world.emit("plan.created", body);
    return answer(call, kPlanType, id, std::move(body));
}

// A price that does not recur is no plan.
std::expected<Price*, ApiError> plan_of(const Call& call) {
    Price* plan = call.world.tables.prices.find(call.ids[0]);
    if (plan != nullptr && plan->recurring.count > 0) return plan;
    return std::unexpected(no_such_in_path("plan", call.ids[0]));
}

Answer retrieve_plan(Call& call) {
    const auto plan = plan_of(call);
    if (!plan) return std::unexpected(plan.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kPlanType, (*plan)->id);
}

Answer update_plan(Call& call) {
    const auto plan = plan_of(call);
    if (!plan) return std::unexpected(plan.error());
    Price sent = **plan;
    read_plan(call.params, sent);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kPlanType, sent.id);
    **plan = std::move(sent);
    return changed(call, kPlanType, (*plan)->id, "plan.updated", before);
}

Answer list_plans(Call& call) {
    const Page page = read_page(call.params);
    const auto active = call.params.flag("active");
    const auto product = call.params.set_text("product");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.prices, kPlanType, page, [&](const Price& row) {
        return row.recurring.count > 0 && (!active || row.is_active == *active) &&
               (!product || row.product == *product);
    });
}

constexpr std::array kPlanRoutes = {
    Route{.method = Method::post,
          .path = "/v1/plans",
          .handle = create_plan,
          .result = "plan",
          .fidelity = Fidelity::simplified,
          .note = "per_unit and licensed only; an id of one's own, tiers and transform_usage are "
                  "refused",
          .source = kPlanSource},
    Route{.method = Method::get,
          .path = "/v1/plans/{id}",
          .handle = retrieve_plan,
          .result = "plan",
          .source = kPlanSource},
    Route{.method = Method::post,
          .path = "/v1/plans/{id}",
          .handle = update_plan,
          .result = "plan",
          .fidelity = Fidelity::simplified,
          .note = "its product stays",
          .source = kPlanSource},
    Route{.method = Method::get,
          .path = "/v1/plans",
          .handle = list_plans,
          .result = "plan",
          .shape = Shape::list,
          .source = kPlanSource},
};

}  // namespace

std::span<const Route> plan_routes() { return kPlanRoutes; }

}  // namespace onsite::simulator
