// Source: docs.stripe.com/api/checkout/sessions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

enum class CheckoutMode { payment, setup, subscription };
enum class CheckoutStatus { open, complete, expired };

struct CheckoutLine {
    std::string id;  // "li_"
    std::string price = {};
    std::string description = {};
    std::int64_t quantity = 1;
    std::int64_t subtotal = 0;  // Minor units.
    std::int64_t discount = 0;
    Metadata metadata = {};
};

// What the buyer gets for it, when the session is complete.
struct CheckoutOutcome {
    std::string metadata_of = {};  // "payment_intent_data", whose metadata these are.
    std::string description = {};
    std::string receipt_email = {};
    std::string setup_future_usage = {};
    std::string statement_descriptor = {};
    bool is_captured_manually = false;
    std::int64_t trial_period_days = 0;
    Metadata metadata = {};
};

struct CheckoutSession {
    std::string id;  // "cs_test_"
    std::int64_t created = 0;
    std::int64_t expires_at = 0;
    CheckoutMode mode = CheckoutMode::payment;
    CheckoutStatus status = CheckoutStatus::open;
    std::string_view payment_status = "unpaid";
    std::string customer = {};
    std::string customer_email = {};
    bool makes_customer = false;
    std::string payer_email = {};  // As typed into the page.
    std::string payer_name = {};
    std::string client_reference_id = {};
    std::string currency = {};
    std::string success_url = {};
    std::string cancel_url = {};
    std::string locale = {};
    std::string submit_type = {};
    std::string billing_address_collection = {};
    bool allows_promotion_codes = false;
    std::vector<CheckoutLine> lines = {};
    std::string coupon = {};  // At most one discount: a coupon or a promotion code.
    std::string promotion_code = {};
    std::int64_t total = 0;
    CheckoutOutcome outcome = {};
    // Made at the first attempt to pay and shown when the session is complete.
    std::string payment_intent = {};
    std::string setup_intent = {};
    std::string subscription = {};
    std::string invoice = {};
    Metadata metadata = {};
};

}  // namespace onsite::simulator
