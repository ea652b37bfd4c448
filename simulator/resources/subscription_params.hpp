// How calls describe the items of a subscription and a change of it.
#pragma once

#include <array>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"

namespace onsite::simulator {

// docs.stripe.com/billing/subscriptions/multiple-products
inline constexpr std::size_t kItemsMax = 20;

struct ItemParams {
    std::string path = {};  // "items[0]"; empty when the call is about one item.
    std::string id = {};    // Of an item that is there.
    bool is_deleted = false;
    std::string price = {};
    std::optional<Price> price_data = {};
    std::optional<std::int64_t> quantity = {};
    std::optional<std::vector<std::string>> tax_rates = {};
    std::optional<Metadata> metadata = {};
};

// One of items[], without its id.
void read_item(ParamReader& params, const World& world, ItemParams& item);
// The last parameter of these two is the name, which older versions spell otherwise.
std::vector<ItemParams> read_items(ParamReader& params, const World& world,
                                   std::string_view name = "items");

// What an update of a subscription and one of an item have in common.
struct ChangeParams {
    std::vector<ItemParams> items = {};
    Prorate prorate = Prorate::create;
    PaymentBehavior payment_behavior = PaymentBehavior::allow_incomplete;
    std::optional<std::int64_t> proration_date = {};
    bool moves_anchor = false;
    bool ends_trial = false;
    std::optional<Subscription> after = {};  // Other settings; none: as they are.
};
void read_change(ParamReader& params, ChangeParams& change);
void read_payment_behavior(ParamReader& params, PaymentBehavior& behavior);

// In the order of Prorate.
inline constexpr std::array<std::string_view, 3> kProrations = {"create_prorations",
                                                                "always_invoice", "none"};
void read_prorate(ParamReader& params, Prorate& prorate,
                  std::string_view name = "proration_behavior");

// What else has to be right before anything is made; asked when the subscription has its currency
// and its recurrence.
using ItemsCheck = std::function<std::expected<void, ApiError>()>;

// The items after the change, and the recurrence of their prices. Prices that were described in
// the call are made. `subscription`: its currency is decided by the first price.
// Errors: 400, and then nothing was made.
std::expected<Items, ApiError> items_after(World& world, const Items& before,
                                           std::vector<ItemParams> sent, Subscription& subscription,
                                           const ItemsCheck& check = {});

// Checks and makes a change. Errors: 400; 402 of error_if_incomplete.
std::expected<void, ApiError> apply_change(Call& call, Subscription& subscription,
                                           ChangeParams change);
// The same change as an order, not made; for a preview.
std::expected<ChangeOrder, ApiError> order_of(World& world, const Subscription& subscription,
                                              ChangeParams change);

}  // namespace onsite::simulator
