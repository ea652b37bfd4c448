#include "simulator/resources/subscription_params.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/prices.hpp"

namespace onsite::simulator {
namespace {

// "items[0][price]", or "price".
std::string param_of(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : fmt::format("{}[{}]", path, name);
}

std::expected<void, ApiError> check_price(const Price& price, const Subscription& subscription,
                                          const std::string& path, std::int64_t quantity) {
    if (price.recurring.count == 0) {
        return std::unexpected(invalid_parameter(
            param_of(path, "price"),
            fmt::format("The price specified is set to `type=one_time` but this field only accepts "
                        "prices with `type=recurring`.")));
    }
    if (!subscription.currency.empty() && price.currency != subscription.currency) {
        return std::unexpected(invalid_parameter(
            param_of(path, "price"),
            fmt::format("The price's currency ({}) does not match the subscription's ({}).",
                        price.currency, subscription.currency)));
    }
    if (!amount_of(price.unit_price, quantity)) {
        return std::unexpected(
            invalid_parameter(param_of(path, "quantity"),
                              fmt::format("Amount must be no more than {}.", kAmountMax)));
    }
    return {};
}

void merge(SubscriptionItem& item, const ItemParams& sent) {
    if (!sent.price.empty()) item.price = sent.price;
    if (sent.quantity) item.quantity = *sent.quantity;
    if (sent.tax_rates) item.tax_rates = *sent.tax_rates;
    if (sent.metadata) item.metadata = *sent.metadata;
}

// The price of an item: one that is described in the call has no id yet.
std::expected<Price, ApiError> price_for(const World& world, const ItemParams& sent,
                                         const std::string& old_price) {
    if (sent.price_data) {
        const Product* product = world.tables.products.find(sent.price_data->product);
        if (product != nullptr && !product->is_deleted) return *sent.price_data;
        return std::unexpected(no_such("product", sent.price_data->product,
                                       param_of(sent.path, "price_data") + "[product]"));
    }
    const std::string& id = sent.price.empty() ? old_price : sent.price;
    if (id.empty()) return std::unexpected(parameter_missing(param_of(sent.path, "price")));
    const Price* price = world.tables.prices.find(id);
    if (price == nullptr)
        return std::unexpected(no_such("price", id, param_of(sent.path, "price")));
    if (!price->is_active && id != old_price) {
        return std::unexpected(invalid_parameter(
            param_of(sent.path, "price"),
            fmt::format(
                "The price specified is inactive. This field only accepts active prices.")));
    }
    return *price;
}

// All of them have to recur alike.
std::expected<void, ApiError> set_recurrence(const std::vector<Price>& prices,
                                             Subscription& subscription) {
    if (prices.empty()) {
        return std::unexpected(invalid_parameter(
            "items", "A subscription must have at least one active plan or price."));
    }
    for (const Price& price : prices) {
        if (price.recurring == prices.front().recurring) continue;
        return std::unexpected(invalid_parameter(
            "items",
            "Currency and interval fields must match across all plans and prices on this "
            "subscription."));
    }
    subscription.recurrence = prices.front().recurring;
    return {};
}

struct Drafted {
    SubscriptionItem item;
    Price price;
    bool is_described = false;
    std::string path = {};  // Of what was sent.
};

// Two items of one price would be one item with a greater quantity.
std::expected<void, ApiError> check_distinct(const std::vector<Drafted>& drafted) {
    std::set<std::string_view> prices;
    for (const Drafted& draft : drafted) {
        if (draft.is_described || prices.insert(draft.price.id).second) continue;
        return std::unexpected(invalid_parameter(
            "items", fmt::format("Cannot add multiple subscription items with the same plan: {}",
                                 draft.price.id)));
    }
    return {};
}

std::expected<std::vector<Drafted>, ApiError> draft_items(const World& world, const Items& before,
                                                          const std::vector<ItemParams>& sent) {
    std::vector<Drafted> drafted;
    for (const SubscriptionItem& item : before) {
        const auto change = std::ranges::find(sent, item.id, &ItemParams::id);
        const bool is_changed = change != sent.end();
        if (is_changed && change->is_deleted) continue;
        const auto price = price_for(world, is_changed ? *change : ItemParams{}, item.price);
        if (!price) return std::unexpected(price.error());
        drafted.push_back({item, *price, is_changed && change->price_data.has_value(),
                           is_changed ? change->path : ""});
        if (is_changed) merge(drafted.back().item, *change);
    }
    for (const ItemParams& change : sent) {
        if (!change.id.empty()) {
            if (std::ranges::find(before, change.id, &SubscriptionItem::id) != before.end()) {
                continue;
            }
            return std::unexpected(
                no_such("subscription_item", change.id, param_of(change.path, "id")));
        }
        const auto price = price_for(world, change, "");
        if (!price) return std::unexpected(price.error());
        drafted.push_back({{}, *price, change.price_data.has_value(), change.path});
        merge(drafted.back().item, change);
    }
    return drafted;
}

}  // namespace

void read_item(ParamReader& params, const World& world, ItemParams& item) {
    item.price = params.set_text("price").value_or(params.set_text("plan").value_or(""));
    if (params.has("price_data")) item.price_data = read_price_data(params.object("price_data"));
    item.quantity = params.integer("quantity", 0, kQuantityMax);
    if (params.has("tax_rates")) item.tax_rates = read_tax_rates(params, world, "tax_rates");
    if (params.has("metadata")) {
        item.metadata.emplace();
        params.update_metadata(*item.metadata);
    }
}

std::vector<ItemParams> read_items(ParamReader& params, const World& world, std::string_view name) {
    std::vector<ItemParams> items;
    for (ParamReader& sent : params.objects(name)) {
        ItemParams item;
        item.path = fmt::format("{}[{}]", name, items.size());
        item.id = sent.set_text("id").value_or("");
        item.is_deleted = sent.flag("deleted").value_or(false);
        sent.ignore("clear_usage");
        read_item(sent, world, item);
        items.push_back(std::move(item));
    }
    if (items.size() > kItemsMax) {
        params.refuse(name, fmt::format("A subscription can have at most {} items.", kItemsMax));
    }
    return items;
}

void read_payment_behavior(ParamReader& params, PaymentBehavior& behavior) {
    // pending_if_incomplete would need pending updates, which are not simulated.
    constexpr std::array<std::string_view, 3> kWords = {"allow_incomplete", "default_incomplete",
                                                        "error_if_incomplete"};
    if (const auto word = params.choice("payment_behavior", kWords)) {
        behavior = static_cast<PaymentBehavior>(*word);
    }
}

void read_prorate(ParamReader& params, Prorate& prorate, std::string_view name) {
    if (const auto word = params.choice(name, kProrations)) {
        prorate = static_cast<Prorate>(*word);
    }
}

void read_change(ParamReader& params, ChangeParams& change) {
    read_prorate(params, change.prorate);
    read_payment_behavior(params, change.payment_behavior);
    change.proration_date = params.integer("proration_date", 0, kMomentMax);
    params.ignore({"off_session", "clear_usage"});
}

std::expected<Items, ApiError> items_after(World& world, const Items& before,
                                           std::vector<ItemParams> sent, Subscription& subscription,
                                           const ItemsCheck& check) {
    auto drafted = draft_items(world, before, sent);
    if (!drafted) return std::unexpected(drafted.error());
    if (auto good = check_distinct(*drafted); !good) return std::unexpected(good.error());
    std::vector<Price> prices;
    for (const Drafted& draft : *drafted) {
        if (subscription.currency.empty()) subscription.currency = draft.price.currency;
        if (auto good = check_price(draft.price, subscription, draft.path, draft.item.quantity);
            !good) {
            return std::unexpected(good.error());
        }
        prices.push_back(draft.price);
    }
    if (prices.size() > kItemsMax) {
        return std::unexpected(invalid_parameter(
            "items", fmt::format("A subscription can have at most {} items.", kItemsMax)));
    }
    if (auto good = set_recurrence(prices, subscription); !good) {
        return std::unexpected(good.error());
    }
    if (check) {
        if (auto good = check(); !good) return std::unexpected(good.error());
    }
    Items items;
    for (Drafted& draft : *drafted) {
        if (draft.is_described) draft.item.price = add_price(world, std::move(draft.price));
        items.push_back(std::move(draft.item));
    }
    return items;
}

std::expected<ChangeOrder, ApiError> order_of(World& world, const Subscription& subscription,
                                              ChangeParams change) {
    const std::int64_t now = timeline_of(world, subscription.customer).now_s();
    ChangeOrder order{.after = change.after.value_or(subscription), .items = {}};
    order.prorate = change.prorate;
    order.payment_behavior = change.payment_behavior;
    const BillingPeriod& period = subscription.period;
    order.moment = change.proration_date.value_or(std::clamp(now, period.start, period.end));
    if (order.moment < period.start || order.moment > period.end) {
        return std::unexpected(invalid_parameter(
            "proration_date",
            "Cannot specify `proration_date` outside of the current billing period."));
    }
    const Recurrence before = subscription.recurrence;
    auto items =
        items_after(world, items_of(world, subscription), std::move(change.items), order.after);
    if (!items) return std::unexpected(items.error());
    order.items = std::move(*items);
    const bool is_trialing = subscription.status == SubscriptionStatus::trialing;
    order.starts_period = change.moves_anchor || (change.ends_trial && is_trialing) ||
                          (order.after.recurrence != before && !is_trialing);
    return order;
}

std::expected<void, ApiError> apply_change(Call& call, Subscription& subscription,
                                           ChangeParams change) {
    auto order = order_of(call.world, subscription, std::move(change));
    if (!order) return std::unexpected(order.error());
    return change_subscription(call.world, subscription, std::move(*order));
}

}  // namespace onsite::simulator
