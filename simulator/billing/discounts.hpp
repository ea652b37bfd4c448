// Coupons on their way to invoices and subscriptions.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "simulator/core/world.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

inline constexpr std::size_t kDiscountsMax = 20;

// To whom it goes.
struct DiscountOwner {
    std::string customer = {};
    std::string subscription = {};
    std::string invoice = {};
    std::string currency = {};
    std::int64_t now_s = 0;
};

// Reads discounts[], and the older coupon and promotion_code.
std::vector<DiscountOrder> read_discounts(ParamReader& params);
bool has_discounts(const ParamReader& params);

// Errors: 400 when a coupon is unknown, no longer valid (coupon_expired) or of another currency
// than the owner has, if any;
// when a promotion code is not for this customer.
std::expected<void, ApiError> check_discounts(const World& world,
                                              const std::vector<DiscountOrder>& orders,
                                              const DiscountOwner& owner);

// Makes the discounts and counts the redemptions. Returns their ids, in order.
// REQUIRES: check_discounts() found nothing.
std::vector<std::string> redeem(World& world, const std::vector<DiscountOrder>& orders,
                                const DiscountOwner& owner);

// The discounts that redeem() would make, without ids; nothing is counted.
std::vector<Discount> preview_discounts(const World& world,
                                        const std::vector<DiscountOrder>& orders,
                                        const DiscountOwner& owner);

// Tells customer.discount.created of what a change brought and .deleted of what it took away, which
// is deleted from then on: for customers and subscriptions, not for invoices.
void tell_discounts(World& world, const std::vector<std::string>& before,
                    const std::vector<std::string>& after);

// What an invoice in that currency has from its customer, when neither it nor its subscription has
// discounts of its own.
std::vector<std::string> inherited_discounts(const World& world, const Customer& customer,
                                             std::string_view currency, std::int64_t moment);
// Those of the bills of a subscription: its own that are in force, or else the inherited ones.
std::vector<std::string> discounts_of(const World& world, const Subscription& subscription,
                                      std::int64_t moment);
// The invoice has used up the customer's discount, when its coupon is for one invoice.
void drop_used_discount(World& world, Customer& customer, const Invoice& invoice);

// Those that are still in force at that moment. An unknown id is left out.
std::vector<const Discount*> discounts_at(const World& world, const std::vector<std::string>& ids,
                                          std::int64_t moment);

}  // namespace onsite::simulator
