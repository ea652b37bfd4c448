#include "simulator/resources/added_items.hpp"

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/subscription_params.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kList = "add_invoice_items";

// The price that is meant: one that exists, or one that is described here.
const Price* price_of(ParamReader& sent, const World& world, AddedItem& item) {
    if (sent.has("price_data")) {
        ParamReader described = sent.object("price_data");
        item.price_data = read_price_data(described);
        const std::string& product = item.price_data->product;
        const Product* found = world.tables.products.find(product);
        if (found == nullptr || found->is_deleted) {
            sent.refuse(no_such("product", product, described.path_of("product")));
        }
        return &*item.price_data;
    }
    const auto id = sent.set_text("price");
    if (!id) return sent.refuse(parameter_missing(sent.path_of("price"))), nullptr;
    const Price* price = world.tables.prices.find(*id);
    if (price == nullptr) sent.refuse(no_such("price", *id, sent.path_of("price")));
    return price;
}

void charge(ParamReader& sent, const World& world, const Price& price, Charged& charged) {
    if (price.recurring.count > 0) {
        sent.refuse("price",
                    "The price specified is set to `type=recurring` but this field only accepts "
                    "prices with `type=one_time`.");
    }
    const auto amount = amount_of(price.unit_price, charged.quantity);
    if (!amount) {
        sent.refuse("quantity", fmt::format("Amount must be no more than {}.", kAmountMax));
    }
    const Product* product = world.tables.products.find(price.product);
    charged.amount = amount.value_or(0);
    charged.currency = price.currency;
    charged.unit_price = price.unit_price;
    charged.price = price.id;
    charged.product = price.product;
    if (product != nullptr) charged.description = product->name;
}

}  // namespace

std::vector<AddedItem> read_added_items(ParamReader& params, const World& world) {
    std::vector<AddedItem> items;
    for (ParamReader& sent : params.objects(kList)) {
        AddedItem item;
        item.charged.quantity = sent.integer("quantity", 0, kQuantityMax).value_or(1);
        if (sent.has("tax_rates")) {
            item.charged.tax_rates = read_tax_rates(sent, world, "tax_rates");
        }
        sent.update_metadata(item.charged.metadata);
        refuse_unsimulated(sent, "An added item", {"discounts", "period"});
        const Price* price = price_of(sent, world, item);
        if (price != nullptr) charge(sent, world, *price, item.charged);
        items.push_back(std::move(item));
    }
    if (items.size() > kItemsMax) {
        params.refuse(kList, fmt::format("You may pass at most {} items.", kItemsMax));
    }
    return items;
}

std::expected<void, ApiError> check_added_items(const std::vector<AddedItem>& items,
                                                std::string_view currency) {
    for (const AddedItem& item : items) {
        if (item.charged.currency == currency) continue;
        return std::unexpected(invalid_parameter(
            kList, fmt::format("The price's currency ({}) does not match the subscription's ({}).",
                               item.charged.currency, currency)));
    }
    return {};
}

std::vector<Charged> charged_for(World& world, std::vector<AddedItem> items) {
    std::vector<Charged> charges;
    for (AddedItem& item : items) {
        if (item.price_data) item.charged.price = add_price(world, std::move(*item.price_data));
        charges.push_back(std::move(item.charged));
    }
    return charges;
}

}  // namespace onsite::simulator
