#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/checkout.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/resources/checkout_lines.hpp"
#include "simulator/resources/checkout_sessions.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/unsimulated.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kReferenceLengthMax = 200;

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
    auto sent = read_checkout_lines(params);
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
    if (auto good = fill_lines(world, session, sent); !good) return std::unexpected(good.error());
    if (auto good = apply_discount(world, session); !good) return std::unexpected(good.error());
    if (auto good = check_total(session); !good) return std::unexpected(good.error());
    make_prices(world, session, std::move(sent));
    return session;
}

}  // namespace onsite::simulator
