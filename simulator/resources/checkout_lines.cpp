#include "simulator/resources/checkout_lines.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kLinesOfCheckoutMax = 100;
constexpr std::int64_t kBoughtMax = 999'999;

void read_price_of(ParamReader& params, LineParams& sent) {
    sent.line.price = params.set_text("price").value_or("");
    const bool is_described = params.has("price_data");
    if (is_described != sent.line.price.empty()) {
        params.refuse("price", "You must pass exactly one of price and price_data.");
        params.ignore("price_data");
    } else if (is_described) {
        ParamReader data = params.object("price_data");
        if (data.has("product_data")) {
            sent.product_data = read_product_data(data.object("product_data"));
        } else if (!data.has("product")) {
            data.refuse("product", "You must pass either product or product_data.");
        }
        sent.price_data = read_price_data(std::move(data));
    }
}

ApiError bad_line(std::size_t number, std::string_view field, std::string message) {
    return invalid_parameter(fmt::format("line_items[{}][{}]", number, field), std::move(message));
}

std::expected<Price, ApiError> price_for(const World& world, const LineParams& sent,
                                         std::size_t number) {
    if (sent.price_data) {
        const Product* product = world.tables.products.find(sent.price_data->product);
        if (sent.product_data || (product != nullptr && !product->is_deleted)) {
            return *sent.price_data;
        }
        return std::unexpected(no_such("product", sent.price_data->product,
                                       fmt::format("line_items[{}][price_data][product]", number)));
    }
    const Price* price = world.tables.prices.find(sent.line.price);
    if (price == nullptr) {
        return std::unexpected(
            no_such("price", sent.line.price, fmt::format("line_items[{}][price]", number)));
    }
    if (price->is_active) return *price;
    return std::unexpected(bad_line(number, "price",
                                    "The price specified is inactive. This field only accepts "
                                    "active prices."));
}

std::expected<void, ApiError> check_price(const CheckoutSession& session, const Price& price,
                                          std::size_t number) {
    if (price.currency != session.currency) {
        return std::unexpected(bad_line(
            number, "price",
            fmt::format("All line items of a Checkout Session have one currency: this one has {}, "
                        "the session {}.",
                        price.currency, session.currency)));
    }
    if (session.mode == CheckoutMode::payment && price.recurring.count > 0) {
        return std::unexpected(
            bad_line(number, "price",
                     "You specified `payment` mode but passed a recurring price. Either switch to "
                     "`subscription` mode or use only one-time prices."));
    }
    return {};
}

// All prices that recur have to do so alike.
std::expected<void, ApiError> check_recurrence(const CheckoutSession& session,
                                               const std::vector<Price>& prices) {
    if (session.mode != CheckoutMode::subscription) return {};
    std::optional<Recurrence> recurrence;
    for (const Price& price : prices) {
        if (price.recurring.count == 0) continue;
        if (recurrence && *recurrence != price.recurring) {
            return std::unexpected(invalid_parameter(
                "line_items",
                "Checkout does not support multiple prices with different billing intervals."));
        }
        recurrence = price.recurring;
    }
    if (recurrence) return {};
    return std::unexpected(invalid_parameter(
        "line_items",
        "You must provide at least one recurring price in `subscription` mode when using "
        "prices."));
}

// What is due at once: nothing during a trial.
std::int64_t due_of(const CheckoutSession& session, const Price& price, std::int64_t amount) {
    return price.recurring.count > 0 && session.outcome.trial_period_days > 0 ? 0 : amount;
}

std::string name_of(const World& world, const LineParams& sent, const Price& price) {
    if (sent.product_data) return sent.product_data->name;
    const Product* product = world.tables.products.find(price.product);
    return product == nullptr ? price.id : product->name;
}

}  // namespace

std::vector<LineParams> read_checkout_lines(ParamReader& params) {
    std::vector<LineParams> lines;
    for (ParamReader& sent : params.objects("line_items")) {
        LineParams line;
        read_price_of(sent, line);
        if (!sent.has("quantity")) {
            const std::string place = sent.path_of("quantity");
            sent.refuse("quantity", fmt::format("Quantity is required. Add `quantity` to `{}`",
                                                place.substr(0, place.rfind('['))));
        }
        line.line.quantity = sent.integer("quantity", 1, kBoughtMax).value_or(1);
        sent.update_metadata(line.line.metadata);
        refuse_unsimulated(sent, "Checkout",
                           {"adjustable_quantity", "dynamic_tax_rates", "tax_rates"});
        lines.push_back(std::move(line));
    }
    if (lines.size() > kLinesOfCheckoutMax) {
        params.refuse("line_items",
                      fmt::format("You may pass up to {} line_items.", kLinesOfCheckoutMax));
    }
    return lines;
}

std::expected<void, ApiError> fill_lines(const World& world, CheckoutSession& session,
                                         const std::vector<LineParams>& sent) {
    std::vector<Price> prices;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const auto price = price_for(world, sent[i], i);
        if (!price) return std::unexpected(price.error());
        if (session.currency.empty()) session.currency = price->currency;
        if (auto good = check_price(session, *price, i); !good) {
            return std::unexpected(good.error());
        }
        CheckoutLine line = sent[i].line;
        const auto amount = amount_of(price->unit_price, line.quantity);
        if (!amount || session.total + *amount > kAmountMax) {
            return std::unexpected(bad_line(
                i, "quantity", fmt::format("Amount must be no more than {}.", kAmountMax)));
        }
        line.subtotal = due_of(session, *price, *amount);
        line.description = name_of(world, sent[i], *price);
        session.total += line.subtotal;
        session.lines.push_back(std::move(line));
        prices.push_back(*price);
    }
    return check_recurrence(session, prices);
}

void make_prices(World& world, CheckoutSession& session, std::vector<LineParams> sent) {
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (!sent[i].price_data) continue;
        if (sent[i].product_data) {
            sent[i].price_data->product = add_product(world, std::move(*sent[i].product_data));
        }
        session.lines[i].price = add_price(world, std::move(*sent[i].price_data));
    }
}

}  // namespace onsite::simulator
