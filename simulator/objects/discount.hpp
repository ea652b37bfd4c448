// What makes bills smaller, and the taxes that make them larger.
// Source: docs.stripe.com/api/coupons, promotion_codes, discounts, tax_rates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

enum class CouponDuration { once, repeating, forever };

struct Coupon {
    std::string id;  // Eight letters and digits, or what the client chose.
    std::int64_t created = 0;
    bool is_deleted = false;
    std::string name = {};
    std::int64_t percent_off = 0;  // In ten-thousandths of a percent: kPercentWhole is all.
    std::int64_t amount_off = 0;   // Minor units. One of the two is 0.
    std::string currency = {};
    CouponDuration duration = CouponDuration::once;
    std::int64_t duration_in_months = 0;
    std::optional<std::int64_t> max_redemptions = {};
    std::optional<std::int64_t> redeem_by = {};
    std::int64_t times_redeemed = 0;
    Metadata metadata = {};

    bool is_valid(std::int64_t now_s) const {
        return !is_deleted && (!max_redemptions || times_redeemed < *max_redemptions) &&
               (!redeem_by || now_s < *redeem_by);
    }
};

struct PromotionCode {
    std::string id;  // "promo_"
    std::int64_t created = 0;
    bool is_active = true;
    std::string code = {};
    std::string coupon = {};
    std::string customer = {};
    std::optional<std::int64_t> max_redemptions = {};
    std::optional<std::int64_t> expires_at = {};
    bool is_first_time_only = false;
    std::optional<std::int64_t> minimum_amount = {};
    std::string minimum_amount_currency = {};
    std::int64_t times_redeemed = 0;
    Metadata metadata = {};

    bool is_valid(std::int64_t now_s) const {
        return is_active && (!max_redemptions || times_redeemed < *max_redemptions) &&
               (!expires_at || now_s < *expires_at);
    }
};

// A coupon on something: it stays when the coupon is deleted.
struct Discount {
    std::string id;  // "di_"
    std::int64_t created = 0;
    bool is_deleted = false;
    Coupon coupon = {};  // As it was when it was redeemed.
    std::string promotion_code = {};
    std::string customer = {};
    std::string subscription = {};
    std::string invoice = {};
    std::string invoice_item = {};
    std::optional<std::int64_t> end = {};
};

// One of `discounts` of a call: a coupon, a promotion code, or a discount that is there already.
struct DiscountOrder {
    std::string coupon = {};
    std::string promotion_code = {};
    std::string discount = {};

    bool operator==(const DiscountOrder&) const = default;
};

struct TaxRate {
    std::string id;  // "txr_"
    std::int64_t created = 0;
    bool is_active = true;
    bool is_inclusive = false;
    std::int64_t percentage = 0;  // In ten-thousandths of a percent.
    std::string display_name = {};
    std::string description = {};
    std::string country = {};
    std::string state = {};
    std::string jurisdiction = {};
    std::string tax_type = {};
    Metadata metadata = {};
};

}  // namespace onsite::simulator
