#include "simulator/resources/subscription_items.hpp"

#include <algorithm>
#include <array>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/plans.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/subscription_params.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kSubscriptionItemSource = "docs.stripe.com/api/subscription_items";

bool render_subscription_item(JsonWriter& json, const View& view, std::string_view id) {
    const SubscriptionItem* item = view.world.tables.subscription_items.find(id);
    if (item == nullptr) return false;
    if (item->is_deleted) return write_tombstone(json, item->id, "subscription_item"), true;
    const Subscription* subscription = view.world.tables.subscriptions.find(item->subscription);
    const BillingPeriod period = subscription == nullptr ? BillingPeriod{} : subscription->period;
    json.begin_object();
    json.text("id", item->id);
    json.word("object", "subscription_item");
    json.null("billing_thresholds");
    json.number("created", item->created);
    json.number("current_period_end", period.end);
    json.number("current_period_start", period.start);
    json.null("current_trial");
    write_texts(json, "discounts", {});
    write_metadata(json, item->metadata);
    if (const Price* price = view.world.tables.prices.find(item->price)) {
        json.key("plan");
        kPlanType.render(json, view.child("plan"), price->id);
        json.key("price");
        kPriceType.render(json, view.child("price"), price->id);
    }
    json.number("quantity", item->quantity);
    json.text("subscription", item->subscription);
    write_tax_rates(json, view, "tax_rates", item->tax_rates);
    json.end_object();
    return true;
}

constexpr std::array kSubscriptionItemReferences = {Reference{"discounts", "discount"},
                                                    Reference{"price", "price"}};

std::expected<SubscriptionItem*, ApiError> subscription_item_of(const Call& call) {
    SubscriptionItem* item = call.world.tables.subscription_items.find(call.ids[0]);
    if (item == nullptr || item->is_deleted) {
        return std::unexpected(no_such_in_path("subscription_item", call.ids[0]));
    }
    return item;
}

// One item of a subscription changes as in an update of the whole.
std::expected<Subscription*, ApiError> change_one(Call& call, std::string_view id, ItemParams sent,
                                                  bool reads_item) {
    Subscription* subscription = call.world.tables.subscriptions.find(id);
    ChangeParams change;
    if (reads_item) read_item(call.params, call.world, sent);
    read_change(call.params, change);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (subscription == nullptr || has_ended(*subscription) ||
        call.world.tables.customers.find(subscription->customer) == nullptr) {
        return std::unexpected(no_such("subscription", id, "subscription"));
    }
    change.items.push_back(std::move(sent));
    if (auto done = apply_change(call, *subscription, std::move(change)); !done) {
        return std::unexpected(done.error());
    }
    return subscription;
}

Answer create_subscription_item(Call& call) {
    const std::string id(call.params.required_text("subscription"));
    const auto subscription = change_one(call, id, {}, true);
    if (!subscription) return std::unexpected(subscription.error());
    return answer(call, kSubscriptionItemType, (*subscription)->items.back());
}

Answer retrieve_subscription_item(Call& call) {
    const auto item = subscription_item_of(call);
    if (!item) return std::unexpected(item.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kSubscriptionItemType, (*item)->id);
}

Answer update_subscription_item(Call& call) {
    const auto item = subscription_item_of(call);
    if (!item) return std::unexpected(item.error());
    const auto done = change_one(call, (*item)->subscription, {.id = (*item)->id}, true);
    if (!done) return std::unexpected(done.error());
    return answer(call, kSubscriptionItemType, (*item)->id);
}

Answer delete_subscription_item(Call& call) {
    const auto item = subscription_item_of(call);
    if (!item) return std::unexpected(item.error());
    const auto done =
        change_one(call, (*item)->subscription, {.id = (*item)->id, .is_deleted = true}, false);
    if (!done) return std::unexpected(done.error());
    return answer(call, kSubscriptionItemType, (*item)->id);
}

Answer list_subscription_items(Call& call) {
    const Page page = read_page(call.params);
    if (!call.params.has("subscription")) call.params.refuse(parameter_missing("subscription"));
    const auto subscription =
        read_filter(call.params, "subscription", call.world.tables.subscriptions);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.subscription_items, kSubscriptionItemType, page,
                     [&](const SubscriptionItem& row) {
                         return !row.is_deleted && row.subscription == subscription;
                     });
}

constexpr std::string_view kSubscriptionItemNote =
    "discounts and billing_thresholds of single items are not simulated; clear_usage is taken and "
    "has no effect";

constexpr std::array kSubscriptionItemRoutes = {
    Route{.method = Method::post,
          .path = "/v1/subscription_items",
          .handle = create_subscription_item,
          .result = "subscription_item",
          .fidelity = Fidelity::simplified,
          .note = kSubscriptionItemNote,
          .source = kSubscriptionItemSource},
    Route{.method = Method::get,
          .path = "/v1/subscription_items/{id}",
          .handle = retrieve_subscription_item,
          .result = "subscription_item",
          .source = kSubscriptionItemSource},
    Route{.method = Method::post,
          .path = "/v1/subscription_items/{id}",
          .handle = update_subscription_item,
          .result = "subscription_item",
          .fidelity = Fidelity::simplified,
          .note = kSubscriptionItemNote,
          .source = kSubscriptionItemSource},
    Route{.method = Method::del,
          .path = "/v1/subscription_items/{id}",
          .handle = delete_subscription_item,
          .result = "subscription_item",
          .fidelity = Fidelity::simplified,
          .note = kSubscriptionItemNote,
          .source = kSubscriptionItemSource},
    Route{.method = Method::get,
          .path = "/v1/subscription_items",
          .handle = list_subscription_items,
          .result = "subscription_item",
          .shape = Shape::list,
          .source = kSubscriptionItemSource},
};

}  // namespace

const ResourceType kSubscriptionItemType = {"subscription_item", "si_", kSubscriptionItemReferences,
                                            render_subscription_item};

std::span<const Route> subscription_item_routes() { return kSubscriptionItemRoutes; }

}  // namespace onsite::simulator
