// Lists of subscriptions: all, and those of a customer.
#include <algorithm>
#include <array>

#include "simulator/billing/subscribing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

bool has_price(const World& world, const Subscription& subscription, std::string_view price) {
    return std::ranges::any_of(items_of(world, subscription),
                               [&](const SubscriptionItem& item) { return item.price == price; });
}

Answer list_of(Call& call, const std::optional<std::string_view>& customer) {
    constexpr std::array<std::string_view, 10> kStatuses = {"incomplete", "incomplete_expired",
                                                            "trialing",   "active",
                                                            "past_due",   "canceled",
                                                            "unpaid",     "paused",
                                                            "all",        "ended"};
    const Page page = read_page(call.params);
    const auto price = call.params.set_text("price");
    const auto clock = call.params.set_text("test_clock");
    const auto status = call.params.choice("status", kStatuses);
    const auto method = call.params.choice("collection_method", kCollections);
    call.params.ignore({"automatic_tax", "current_period_end", "current_period_start"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto is_in = [&](const Subscription& row) {
        if (!status) return row.status != SubscriptionStatus::canceled;
        if (kStatuses[*status] == "all") return true;
        if (kStatuses[*status] == "ended") return has_ended(row);
        return row.status == static_cast<SubscriptionStatus>(*status);
    };
    return list_rows_of(call, customer.value_or(""), call.world.tables.subscriptions,
                        kSubscriptionType, page, [&](const Subscription& row) {
                            return is_in(row) && (!customer || row.customer == *customer) &&
                                   (!price || has_price(call.world, row, *price)) &&
                                   (!clock || row.test_clock == *clock) &&
                                   (!method || row.collection == static_cast<Collection>(*method));
                        });
}

Answer list_subscriptions(Call& call) {
    return list_of(call, read_filter(call.params, "customer", call.world.tables.customers));
}

// Of the older API, which apps still use and which the url of an embedded list leads to.
Answer list_subscriptions_of_customer(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    return list_of(call, (*customer)->id);
}

constexpr std::string_view kListNote =
    "filters by current_period_end and current_period_start have no effect";

constexpr std::array kSubscriptionListRoutes = {
    Route{.method = Method::get,
          .path = "/v1/subscriptions",
          .handle = list_subscriptions,
          .result = "subscription",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = kListNote,
          .source = "docs.stripe.com/api/subscriptions/list"},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/subscriptions",
          .handle = list_subscriptions_of_customer,
          .result = "subscription",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = kListNote,
          .source = "docs.stripe.com/api/customers/object"},
};

}  // namespace

std::span<const Route> subscription_list_routes() { return kSubscriptionListRoutes; }

}  // namespace onsite::simulator
