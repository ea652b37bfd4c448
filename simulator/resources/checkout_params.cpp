#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/checkout.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/resources/checkout_sessions.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/unsimulated.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kLinesOfCheckoutMax = 100;
constexpr std::int64_t kBoughtMax = 999'999;
constexpr std::size_t kReferenceLengthMax = 200;

// ---- Lines ----

// What a line is sold for: a price that is there, or one that is made with the session.
struct LineParams {
    CheckoutLine line = {};
    std::optional<Price> price_data = {};
    std::optional<Product> product_data = {};
};

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

std::vector<LineParams> read_lines(ParamReader& params) {
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

std::expected<std::vector<Price>, ApiError> fill_lines(const World& world, CheckoutSession& session,
                                                       std::vector<LineParams>& sent) {
    std::vector<Price> prices;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const auto price = price_for(world, sent[i], i);
        if (!price) return std::unexpected(price.error());
        if (session.currency.empty()) session.currency = price->currency;
        if (auto good = check_price(session, *price, i); !good) {
            return std::unexpected(good.error());
        }
        CheckoutLine& line = sent[i].line;
        const auto amount = amount_of(price->unit_price, line.quantity);
        if (!amount || session.total + *amount > kAmountMax) {
            return std::unexpected(bad_line(
                i, "quantity", fmt::format("Amount must be no more than {}.", kAmountMax)));
        }
        line.subtotal = due_of(session, *price, *amount);
        line.description = name_of(world, sent[i], *price);
        session.total += line.subtotal;
        prices.push_back(*price);
    }
    return prices;
}

// ---- The session ----

void read_who(ParamReader& params, CheckoutSession& session) {
    constexpr std::array<std::string_view, 2> kCreation = {"always", "if_required"};
    session.customer = params.set_text("customer").value_or("");
    params.set_text("customer_email");
    session.customer_email = params.email("customer_email", 512).value_or("");
    if (!session.customer.empty() && !session.customer_email.empty()) {
        params.refuse("customer_email",
                      "You may only specify one of these parameters: customer, customer_email.");
    }
    const auto creation = params.choice("customer_creation", kCreation);
    if (creation && session.mode == CheckoutMode::subscription) {
        params.refuse("customer_creation",
                      "`customer_creation` can only be used in `payment` and `setup` mode.");
    }
    session.makes_customer =
        session.customer.empty() && (session.mode == CheckoutMode::subscription || creation == 0U);
    params.ignore("customer_update");
}

void read_words(ParamReader& params, CheckoutSession& session) {
    constexpr std::array<std::string_view, 2> kBilling = {"auto", "required"};
    constexpr std::array<std::string_view, 5> kSubmit = {"auto", "book", "donate", "pay",
                                                         "subscribe"};
    update_word(params, "billing_address_collection", kBilling, session.billing_address_collection);
    update_word(params, "submit_type", kSubmit, session.submit_type);
    session.locale = params.set_text("locale").value_or("");
    update_flag(params, "allow_promotion_codes", session.allows_promotion_codes);
    session.client_reference_id =
        params.set_text("client_reference_id", kReferenceLengthMax).value_or("");
    params.update_metadata(session.metadata);
    // Of how the page of Stripe looks and what it remembers.
    params.ignore({"adaptive_pricing", "allowed_payment_method_types", "automatic_tax",
                   "branding_settings", "consent_collection", "custom_text",
                   "excluded_payment_method_types", "integration_identifier", "name_collection",
                   "origin_context", "payment_method_collection", "payment_method_configuration",
                   "payment_method_data", "payment_method_options", "payment_method_types",
                   "phone_number_collection", "saved_payment_method_options", "wallet_options"});
    refuse_unsimulated(
        params, "Checkout",
        {"after_expiration", "custom_fields", "customer_account", "invoice_creation",
         "managed_payments", "optional_items", "permissions", "redirect_on_completion",
         "return_url", "shipping_address_collection", "shipping_options", "tax_id_collection"});
}

void read_urls(ParamReader& params, CheckoutSession& session) {
    const std::string mode(params.set_text("ui_mode").value_or("hosted_page"));
    if (mode != "hosted_page" && mode != "hosted") {
        params.refuse("ui_mode", "This simulator's Checkout has the ui_mode hosted_page only.");
    }
    if (!params.has("success_url")) params.refuse(parameter_missing("success_url"));
    session.success_url = params.url("success_url").value_or("");
    session.cancel_url = params.url("cancel_url").value_or("");
}

// payment_intent_data, setup_intent_data or subscription_data: that of the mode.
void read_outcome(ParamReader& params, CheckoutSession& session) {
    constexpr std::array<std::string_view, 3> kNames = {"payment_intent_data", "setup_intent_data",
                                                        "subscription_data"};
    constexpr std::array<std::string_view, 3> kCapture = {"automatic", "automatic_async", "manual"};
    constexpr std::array<std::string_view, 2> kUsage = {"off_session", "on_session"};
    CheckoutOutcome& outcome = session.outcome;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (i == static_cast<std::size_t>(session.mode) || !params.has(kNames[i])) continue;
        params.ignore(kNames[i]);
        params.refuse(kNames[i], fmt::format("You can not pass `{}` in `{}` mode.", kNames[i],
                                             to_string(session.mode)));
    }
    ParamReader sent = params.object(kNames[static_cast<std::size_t>(session.mode)]);
    update_text(sent, "description", outcome.description);
    sent.update_metadata(outcome.metadata);
    if (session.mode == CheckoutMode::payment) {
        outcome.is_captured_manually = sent.choice("capture_method", kCapture) == 2U;
        update_word(sent, "setup_future_usage", kUsage, outcome.setup_future_usage);
        outcome.receipt_email = sent.email("receipt_email").value_or("");
        update_text(sent, "statement_descriptor", outcome.statement_descriptor, 22);
        refuse_unsimulated(sent, "Checkout",
                           {"application_fee_amount", "on_behalf_of", "shipping",
                            "statement_descriptor_suffix", "transfer_data", "transfer_group"});
    } else if (session.mode == CheckoutMode::subscription) {
        outcome.trial_period_days = sent.integer("trial_period_days", 1, kTrialDaysMax).value_or(0);
        refuse_unsimulated(sent, "Checkout",
                           {"application_fee_percent", "billing_cycle_anchor",
                            "billing_cycle_anchor_config", "billing_mode", "default_tax_rates",
                            "invoice_settings", "on_behalf_of", "pending_invoice_item_interval",
                            "proration_behavior", "transfer_data", "trial_end", "trial_settings"});
    } else {
        refuse_unsimulated(sent, "Checkout", {"on_behalf_of"});
    }
}

void read_expiry(ParamReader& params, const World& world, CheckoutSession& session) {
    const auto moment = params.integer("expires_at");
    if (!moment) return;
    const std::int64_t now = world.timeline.now_s();
    if (*moment < now + kCheckoutSecondsMin || *moment > now + kCheckoutSeconds) {
        params.refuse("expires_at",
                      "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours "
                      "from Checkout Session creation.");
    }
    session.expires_at = *moment;
}

void read_discount(ParamReader& params, CheckoutSession& session) {
    const auto orders = read_discounts(params);
    if (orders.size() > 1 || (!orders.empty() && !orders.front().discount.empty())) {
        return params.refuse("discounts", "You can pass one coupon or promotion_code.");
    }
    if (orders.empty()) return;
    if (session.mode == CheckoutMode::setup) {
        params.refuse("discounts", "You can not pass `discounts` in `setup` mode.");
    }
    session.coupon = orders.front().coupon;
    session.promotion_code = orders.front().promotion_code;
}

// ---- Checks of what was read, and what follows from it ----

std::expected<void, ApiError> apply_discount(const World& world, CheckoutSession& session) {
    const auto orders = discounts_of(session);
    const DiscountOwner owner{.customer = session.customer,
                              .currency = session.currency,
                              .now_s = world.timeline.now_s()};
    if (auto good = check_discounts(world, orders, owner); !good) return good;
    for (const Discount& discount : preview_discounts(world, orders, owner)) {
        std::vector<std::int64_t> weights;
        for (const CheckoutLine& line : session.lines) weights.push_back(line.subtotal);
        const Coupon& coupon = discount.coupon;
        const std::int64_t off = coupon.percent_off > 0
                                     ? scaled(session.total, coupon.percent_off, kPercentWhole)
                                     : std::min(session.total, coupon.amount_off);
        const auto parts = allocate(off, weights);
        for (std::size_t i = 0; i < parts.size(); ++i) session.lines[i].discount = parts[i];
        session.total -= off;
    }
    return {};
}

std::expected<void, ApiError> check_total(const CheckoutSession& session) {
    const bool is_too_small = session.mode == CheckoutMode::payment && session.total > 0 &&
                              session.total < least_charge(session.currency);
    if (!is_too_small) return {};
    ApiError error = invalid_parameter(
        "line_items",
        fmt::format("The Checkout Session's total amount due must add up to at least {}",
                    shown_amount(least_charge(session.currency), session.currency)));
    error.code = "amount_too_small";
    return std::unexpected(std::move(error));
}

void make_prices(World& world, CheckoutSession& session, std::vector<LineParams>& sent) {
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (!sent[i].price_data) continue;
        if (sent[i].product_data) {
            sent[i].price_data->product = add_product(world, std::move(*sent[i].product_data));
        }
        session.lines[i].price = add_price(world, std::move(*sent[i].price_data));
    }
}

}  // namespace

std::expected<CheckoutSession, ApiError> read_checkout(Call& call) {
    constexpr std::array<std::string_view, 3> kModes = {"payment", "setup", "subscription"};
    ParamReader& params = call.params;
    World& world = call.world;
    CheckoutSession session;
    if (!params.has("mode")) params.refuse(parameter_missing("mode"));
    session.mode = static_cast<CheckoutMode>(params.choice("mode", kModes).value_or(0));
    read_urls(params, session);
    read_who(params, session);
    read_words(params, session);
    read_outcome(params, session);
    read_expiry(params, world, session);
    read_discount(params, session);
    session.currency = params.currency("currency").value_or("");
    // A card that is kept for later is kept for somebody.
    if (session.customer.empty() && !session.outcome.setup_future_usage.empty()) {
        session.makes_customer = true;
    }
    auto sent = read_lines(params);
    if (sent.empty() != (session.mode == CheckoutMode::setup)) {
        params.refuse("line_items", sent.empty()
                                        ? fmt::format("You must pass `line_items` in `{}` mode.",
                                                      to_string(session.mode))
                                        : "You can not pass `line_items` in `setup` mode.");
    }
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_customer(world, session.customer); !good) {
        return std::unexpected(good.error());
    }
    const auto prices = fill_lines(world, session, sent);
    if (!prices) return std::unexpected(prices.error());
    for (const LineParams& line : sent) session.lines.push_back(line.line);
    if (auto good = check_recurrence(session, *prices); !good) {
        return std::unexpected(good.error());
    }
    if (auto good = apply_discount(world, session); !good) return std::unexpected(good.error());
    if (auto good = check_total(session); !good) return std::unexpected(good.error());
    make_prices(world, session, sent);
    return session;
}

}  // namespace onsite::simulator
