#include "simulator/billing/discounts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "simulator/billing/calendar.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/discounts.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

std::expected<const PromotionCode*, ApiError> usable_code(const World& world, std::string_view id,
                                                          const DiscountOwner& owner) {
    const PromotionCode* code = world.tables.promotion_codes.find(id);
    if (code == nullptr) {
        return std::unexpected(no_such("promotion code", id, "discounts[0][promotion_code]"));
    }
    if (!code->is_valid(owner.now_s)) {
        return std::unexpected(
            invalid_parameter("discounts", "This promotion code is not active or has expired."));
    }
    if (!code->customer.empty() && code->customer != owner.customer) {
        return std::unexpected(
            invalid_parameter("discounts", "This promotion code is for another customer."));
    }
    const bool has_paid =
        std::ranges::any_of(world.tables.invoices.rows_of(owner.customer),
                            [](const Invoice* invoice) { return invoice->amount_paid > 0; });
    if (code->is_first_time_only && has_paid) {
        return std::unexpected(invalid_parameter(
            "discounts",
            "This promotion code cannot be redeemed because the associated customer has prior "
            "transactions."));
    }
    return code;
}

std::expected<const Coupon*, ApiError> usable_coupon(const World& world, std::string_view id,
                                                     const DiscountOwner& owner) {
    const Coupon* coupon = world.tables.coupons.find(id);
    if (coupon == nullptr || coupon->is_deleted) {
        return std::unexpected(no_such("coupon", id, "discounts[0][coupon]"));
    }
    if (!coupon->is_valid(owner.now_s)) {
        ApiError error = invalid_parameter("discounts", fmt::format("Coupon expired: {}", id));
        error.code = "coupon_expired";
        return std::unexpected(std::move(error));
    }
    if (!coupon->currency.empty() && !owner.currency.empty() &&
        coupon->currency != owner.currency) {
        return std::unexpected(invalid_parameter(
            "discounts", fmt::format("The coupon is in {}, the invoice in {}: an amount off needs "
                                     "the same currency.",
                                     coupon->currency, owner.currency)));
    }
    return coupon;
}

std::expected<void, ApiError> check(const World& world, const DiscountOrder& order,
                                    const DiscountOwner& owner) {
    if (!order.discount.empty()) {
        const Discount* there = world.tables.discounts.find(order.discount);
        if (there != nullptr && !there->is_deleted) return {};
        return std::unexpected(no_such("discount", order.discount, "discounts[0][discount]"));
    }
    std::string id = order.coupon;
    if (!order.promotion_code.empty()) {
        const auto code = usable_code(world, order.promotion_code, owner);
        if (!code) return std::unexpected(code.error());
        id = (*code)->coupon;
    }
    const auto coupon = usable_coupon(world, id, owner);
    if (!coupon) return std::unexpected(coupon.error());
    return {};
}

const std::string& coupon_of(const World& world, const DiscountOrder& order) {
    const PromotionCode* code = world.tables.promotion_codes.find(order.promotion_code);
    return code == nullptr ? order.coupon : code->coupon;
}

Discount discount_of(const DiscountOrder& order, const DiscountOwner& owner, const Coupon& coupon) {
    Discount discount{.id = {},
                      .created = owner.now_s,
                      .coupon = coupon,
                      .promotion_code = order.promotion_code,
                      .customer = owner.customer,
                      .subscription = owner.subscription,
                      .invoice = owner.invoice};
    if (coupon.duration == CouponDuration::repeating) {
        discount.end = add_months(owner.now_s, coupon.duration_in_months);
    }
    return discount;
}

std::string redeem_one(World& world, const DiscountOrder& order, const DiscountOwner& owner) {
    Coupon& coupon = *world.tables.coupons.find(coupon_of(world, order));
    ++coupon.times_redeemed;
    if (PromotionCode* code = world.tables.promotion_codes.find(order.promotion_code)) {
        ++code->times_redeemed;
    }
    Discount discount = discount_of(order, owner, coupon);
    discount.id = world.ids.next("di_");
    return world.tables.discounts.add(std::move(discount)).id;
}

}  // namespace

bool has_discounts(const ParamReader& params) {
    return params.has("discounts") || params.has("coupon") || params.has("promotion_code");
}

std::vector<DiscountOrder> read_discounts(ParamReader& params) {
    std::vector<DiscountOrder> orders;
    for (ParamReader& sent : params.objects("discounts")) {
        orders.push_back(
            {.coupon = std::string(sent.set_text("coupon").value_or("")),
             .promotion_code = std::string(sent.set_text("promotion_code").value_or("")),
             .discount = std::string(sent.set_text("discount").value_or(""))});
        const DiscountOrder& order = orders.back();
        const int named =
            !order.coupon.empty() + !order.promotion_code.empty() + !order.discount.empty();
        if (named != 1) {
            sent.refuse("coupon",
                        "Each of discounts names one coupon, promotion_code or discount.");
        }
    }
    if (const auto coupon = params.text("coupon"); coupon && !coupon->empty()) {
        orders.push_back({.coupon = std::string(*coupon)});
    }
    if (const auto code = params.text("promotion_code"); code && !code->empty()) {
        orders.push_back({.promotion_code = std::string(*code)});
    }
    if (orders.size() > kDiscountsMax) {
        params.refuse("discounts", fmt::format("You may pass up to {} discounts", kDiscountsMax));
    }
    return orders;
}

std::expected<void, ApiError> check_discounts(const World& world,
                                              const std::vector<DiscountOrder>& orders,
                                              const DiscountOwner& owner) {
    for (const DiscountOrder& order : orders) {
        if (auto good = check(world, order, owner); !good) return good;
    }
    return {};
}

std::vector<std::string> redeem(World& world, const std::vector<DiscountOrder>& orders,
                                const DiscountOwner& owner) {
    std::vector<std::string> ids;
    for (const DiscountOrder& order : orders) {
        ids.push_back(order.discount.empty() ? redeem_one(world, order, owner) : order.discount);
    }
    return ids;
}

std::vector<Discount> preview_discounts(const World& world,
                                        const std::vector<DiscountOrder>& orders,
                                        const DiscountOwner& owner) {
    std::vector<Discount> discounts;
    for (const DiscountOrder& order : orders) {
        if (const Discount* there = world.tables.discounts.find(order.discount)) {
            discounts.push_back(*there);
        } else {
            const Coupon& coupon = *world.tables.coupons.find(coupon_of(world, order));
            discounts.push_back(discount_of(order, owner, coupon));
        }
    }
    return discounts;
}

void tell_discounts(World& world, const std::vector<std::string>& before,
                    const std::vector<std::string>& after) {
    const auto is_in = [](const std::vector<std::string>& ids, const std::string& id) {
        return std::ranges::find(ids, id) != ids.end();
    };
    for (const std::string& id : before) {
        Discount* gone = world.tables.discounts.find(id);
        if (is_in(after, id) || gone == nullptr || gone->is_deleted) continue;
        world.emit("customer.discount.deleted", rendered(world, kDiscountType, id));
        gone->is_deleted = true;
    }
    for (const std::string& id : after) {
        if (is_in(before, id)) continue;
        world.emit("customer.discount.created", rendered(world, kDiscountType, id));
    }
}

std::vector<std::string> inherited_discounts(const World& world, const Customer& customer,
                                             std::string_view currency, std::int64_t moment) {
    const auto found = discounts_at(world, {customer.discount}, moment);
    if (found.empty()) return {};
    const std::string& of_coupon = found.front()->coupon.currency;
    if (!of_coupon.empty() && of_coupon != currency) return {};
    return {customer.discount};
}

std::vector<std::string> discounts_of(const World& world, const Subscription& subscription,
                                      std::int64_t moment) {
    std::vector<std::string> ids;
    for (const Discount* discount : discounts_at(world, subscription.discounts, moment)) {
        ids.push_back(discount->id);
    }
    const Customer* customer = world.tables.customers.find(subscription.customer);
    if (!ids.empty() || customer == nullptr) return ids;
    return inherited_discounts(world, *customer, subscription.currency, moment);
}

void drop_used_discount(World& world, Customer& customer, const Invoice& invoice) {
    const Discount* discount = world.tables.discounts.find(customer.discount);
    const auto& used = invoice.discounts;
    if (discount == nullptr || discount->coupon.duration != CouponDuration::once ||
        std::ranges::find(used, discount->id) == used.end()) {
        return;
    }
    const Body before = rendered(world, kCustomerType, customer.id);
    tell_discounts(world, {customer.discount}, {});
    customer.discount.clear();
    emit_changed(world, kCustomerType, customer.id, "customer.updated", before);
}

std::vector<const Discount*> discounts_at(const World& world, const std::vector<std::string>& ids,
                                          std::int64_t moment) {
    std::vector<const Discount*> found;
    for (const std::string& id : ids) {
        const Discount* discount = world.tables.discounts.find(id);
        if (discount != nullptr && (!discount->end || moment < *discount->end)) {
            found.push_back(discount);
        }
    }
    return found;
}

}  // namespace onsite::simulator
