#include "simulator/resources/prices.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPriceSource = "docs.stripe.com/api/prices";
constexpr std::size_t kLookupKeyLengthMax = 200;

// ---- Reading ----

constexpr std::array<std::string_view, 3> kTaxBehaviors = {"exclusive", "inclusive", "unspecified"};

void read_recurring(ParamReader& params, Price& price) {
    if (!params.has("recurring")) return;
    constexpr std::array<std::string_view, 1> kUsageTypes = {"licensed"};
    ParamReader sent = params.object("recurring");
    if (!sent.has("interval")) sent.refuse(parameter_missing(sent.path_of("interval")));
    const std::size_t interval = sent.choice("interval", kIntervals).value_or(0);
    price.recurring.interval = static_cast<Interval>(interval);
    price.recurring.count =
        sent.integer("interval_count", 1, kIntervalCountsMax[interval]).value_or(1);
    price.trial_period_days = sent.integer("trial_period_days", 0, kTrialDaysMax).value_or(0);
    // Metered prices need billing meters, which are not simulated.
    sent.choice("usage_type", kUsageTypes);
}

void read_price(ParamReader& params, Price& price) {
    update_flag(params, "active", price.is_active);
    update_text(params, "nickname", price.nickname);
    update_text(params, "lookup_key", price.lookup_key, kLookupKeyLengthMax);
    update_word(params, "tax_behavior", kTaxBehaviors, price.tax_behavior);
    params.update_metadata(price.metadata);
}

// The price that has the lookup key now. A key belongs to one price at a time.
Price* holder_of(World& world, std::string_view lookup_key) {
    auto& rows = world.tables.prices.rows();
    if (lookup_key.empty()) return nullptr;
    const auto found = std::ranges::find(rows, lookup_key, &Price::lookup_key);
    return found == rows.end() ? nullptr : &*found;
}

std::optional<ApiError> take_lookup_key(World& world, const Price& price, bool is_to_transfer) {
    Price* holder = holder_of(world, price.lookup_key);
    if (holder == nullptr || holder->id == price.id) return std::nullopt;
    if (!is_to_transfer) {
        return invalid_parameter(
            "lookup_key", fmt::format("A price (`{}`) already uses that lookup key.", holder->id));
    }
    const Body before = rendered(world, kPriceType, holder->id);
    holder->lookup_key.clear();
    emit_changed(world, kPriceType, holder->id, "price.updated", before);
    return std::nullopt;
}

bool is_default_price(const World& world, const Price& price) {
    const Product* product = world.tables.products.find(price.product);
    return product != nullptr && !product->is_deleted && product->default_price == price.id;
}

// ---- Endpoints ----

Answer create_price(Call& call) {
    ParamReader& params = call.params;
    World& world = call.world;
    Price price;
    refuse_unsimulated(
        params, "A price",
        {"currency_options", "custom_unit_amount", "tiers", "tiers_mode", "transform_quantity"});
    price.currency = params.required_currency("currency");
    read_price(params, price);
    read_recurring(params, price);
    read_unit_amount(params, "unit_amount", price);
    constexpr std::array<std::string_view, 1> kSchemes = {"per_unit"};  // No tiers.
    params.choice("billing_scheme", kSchemes);
    const bool is_to_transfer = params.flag("transfer_lookup_key").value_or(false);
    ProductChoice product = read_product_choice(params, world, "product_data");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    if (const auto taken = take_lookup_key(world, price, is_to_transfer)) {
        return std::unexpected(*taken);
    }
    price.product = keep_product(world, std::move(product));
    return answer(call, kPriceType, add_price(world, std::move(price)));
}

std::expected<Price*, ApiError> price_of(const Call& call) {
    Price* price = call.world.tables.prices.find(call.ids[0]);
    if (price == nullptr) return std::unexpected(no_such_in_path("price", call.ids[0]));
    return price;
}

Answer retrieve_price(Call& call) {
    const auto price = price_of(call);
    if (!price) return std::unexpected(price.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kPriceType, (*price)->id);
}

Answer update_price(Call& call) {
    const auto price = price_of(call);
    if (!price) return std::unexpected(price.error());
    Price sent = **price;
    read_price(call.params, sent);
    const bool is_to_transfer = call.params.flag("transfer_lookup_key").value_or(false);
    if ((*price)->tax_behavior != "unspecified" && sent.tax_behavior != (*price)->tax_behavior) {
        call.params.refuse("tax_behavior",
                           "The tax_behavior of a price cannot be changed once it was set.");
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if ((*price)->is_active && !sent.is_active && is_default_price(call.world, sent)) {
        return std::unexpected(invalid_parameter(
            "active",
            "This price cannot be archived because it is the default price of its product."));
    }
    if (const auto taken = take_lookup_key(call.world, sent, is_to_transfer)) {
        return std::unexpected(*taken);
    }
    const Body before = rendered(call.world, kPriceType, sent.id);
    **price = std::move(sent);
    return changed(call, kPriceType, (*price)->id, "price.updated", before);
}

Answer list_prices(Call& call) {
    constexpr std::array<std::string_view, 2> kTypes = {"one_time", "recurring"};
    const Page page = read_page(call.params);
    const auto active = call.params.flag("active");
    const auto currency = call.params.currency("currency");
    const auto product = call.params.set_text("product");
    const auto keys = call.params.texts("lookup_keys");
    const auto type = call.params.choice("type", kTypes);
    ParamReader recurring = call.params.object("recurring");
    const auto interval = recurring.choice("interval", kIntervals);
    recurring.ignore({"meter", "usage_type"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.prices, kPriceType, page, [&](const Price& row) {
        const bool recurs = row.recurring.count > 0;
        return (!active || row.is_active == *active) && (!currency || row.currency == *currency) &&
               (!product || row.product == *product) && (!type || recurs == (*type == 1)) &&
               (!interval ||
                (recurs && row.recurring.interval == static_cast<Interval>(*interval))) &&
               (keys.empty() || std::ranges::find(keys, row.lookup_key) != keys.end());
    });
}

constexpr std::array kPriceRoutes = {
    Route{.method = Method::post,
          .path = "/v1/prices",
          .handle = create_price,
          .result = "price",
          .fidelity = Fidelity::simplified,
          .note = "per_unit and licensed only: tiers, metered usage, custom amounts and "
                  "currency_options are refused; unit_amount_decimal has 8 digits instead of 12",
          .source = kPriceSource},
    Route{.method = Method::get,
          .path = "/v1/prices/{id}",
          .handle = retrieve_price,
          .result = "price",
          .source = kPriceSource},
    Route{.method = Method::post,
          .path = "/v1/prices/{id}",
          .handle = update_price,
          .result = "price",
          .source = kPriceSource},
    Route{.method = Method::get,
          .path = "/v1/prices",
          .handle = list_prices,
          .result = "price",
          .shape = Shape::list,
          .source = kPriceSource},
};

}  // namespace

void read_unit_amount(ParamReader& params, std::string_view name, Price& price) {
    const std::string decimal_name = fmt::format("{}_decimal", name);
    const auto amount = params.integer(name, 0, kAmountMax);
    const auto decimal = read_decimal(params, decimal_name, kUnitDigits);
    if (amount && decimal) {
        params.refuse(decimal_name,
                      fmt::format("You may only specify one of these parameters: {}, {}.", name,
                                  decimal_name));
    } else if (!amount && !decimal) {
        params.refuse(parameter_missing(params.path_of(name)));
    }
    price.unit_price = amount ? *amount * kUnitScale : decimal.value_or(0);
    if (price.unit_price < 0 || price.unit_price > kAmountMax * kUnitScale) {
        params.refuse(decimal_name,
                      fmt::format("Invalid decimal: must be between 0 and {}", kAmountMax));
    }
}

Price read_price_data(ParamReader params) {
    Price price;
    price.currency = params.required_currency("currency");
    price.product = params.set_text("product").value_or("");
    read_recurring(params, price);
    read_unit_amount(params, "unit_amount", price);
    update_word(params, "tax_behavior", kTaxBehaviors, price.tax_behavior);
    params.update_metadata(price.metadata);
    return price;
}

std::string add_price(World& world, Price price) {
    price.id = world.ids.next("price_");
    price.created = world.timeline.now_s();
    const std::string id = world.tables.prices.add(std::move(price)).id;
    world.emit("price.created", rendered(world, kPriceType, id));
    return id;
}

std::span<const Route> price_routes() { return kPriceRoutes; }

}  // namespace onsite::simulator
