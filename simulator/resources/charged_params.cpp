#include "simulator/resources/charged_params.hpp"

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

void read_period(ParamReader& params, Charged& charged) {
    if (!params.has("period")) return;
    ParamReader sent = params.object("period");
    charged.period.start = sent.required_integer("start", 0, kMomentMax);
    charged.period.end = sent.required_integer("end", charged.period.start, kMomentMax);
}

void read_price(ParamReader& params, const World& world, Charged& charged) {
    ParamReader pricing = params.object("pricing");
    auto id = pricing.set_text("price");
    if (!id) id = params.set_text("price");
    if (!id) return;
    const Price* price = world.tables.prices.find(*id);
    if (price == nullptr) return params.refuse(no_such("price", *id, "pricing[price]"));
    if (price->recurring.count > 0) {
        return params.refuse("pricing",
                             fmt::format("The price specified is set to `type=recurring` but this "
                                         "field only accepts prices with `type=one_time`: {}",
                                         *id));
    }
    const Product* product = world.tables.products.find(price->product);
    charged.price = price->id;
    charged.product = price->product;
    charged.currency = price->currency;
    charged.unit_price = price->unit_price;
    if (charged.description.empty() && product != nullptr) charged.description = product->name;
}

void set_amount(ParamReader& params, Charged& charged) {
    const auto amount = amount_of(charged.unit_price, charged.quantity);
    if (!amount) {
        params.refuse("quantity",
                      fmt::format("Amount must be no more than {}: the price times {} is more.",
                                  kAmountMax, charged.quantity));
    }
    charged.amount = amount.value_or(0);
}

// An amount, or a price of one unit and a quantity.
void read_amount(ParamReader& params, const World& world, Charged& charged) {
    const auto amount = params.integer("amount", -kAmountMax, kAmountMax);
    const auto unit = read_decimal(params, "unit_amount_decimal", kUnitDigits);
    if (const auto quantity = params.integer("quantity", 0, kQuantityMax)) {
        charged.quantity = *quantity;
    }
    const bool has_price = params.has("pricing") || params.has("price");
    read_price(params, world, charged);
    if (unit) charged.unit_price = *unit;
    if (amount) {
        charged.quantity = 1;
        charged.unit_price = *amount * kUnitScale;
    }
    // What nobody mentions stays: a proration is no whole number of units.
    if (amount || unit || has_price || params.has("quantity")) set_amount(params, charged);
}

}  // namespace

void read_charged(ParamReader& params, const World& world, Charged& charged) {
    refuse_unsimulated(params, "An invoice item", {"discounts", "price_data", "quantity_decimal"});
    update_text(params, "description", charged.description);
    update_flag(params, "discountable", charged.is_discountable);
    read_period(params, charged);
    if (params.has("tax_rates")) {
        charged.tax_rates = read_tax_rates(params, world, "tax_rates");
    }
    params.update_metadata(charged.metadata);
    read_amount(params, world, charged);
    params.ignore({"tax_behavior", "tax_code"});
}

}  // namespace onsite::simulator
