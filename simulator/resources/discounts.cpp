#include "simulator/resources/discounts.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/resources/coupons.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/older_members.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kDiscountSource = "docs.stripe.com/api/discounts";

bool render_discount(JsonWriter& json, const View& view, std::string_view id) {
    const Discount* discount = view.world.tables.discounts.find(id);
    if (discount == nullptr) return false;
    json.begin_object();
    json.text("id", discount->id);
    json.word("object", "discount");
    json.null("checkout_session");
    write_reference(json, view, "customer", discount->customer);
    json.null("customer_account");
    if (discount->is_deleted) {
        json.flag("deleted", true);
    } else {
        json.number_or_null("end", discount->end);
    }
    json.text_or_null("invoice", discount->invoice);
    json.text_or_null("invoice_item", discount->invoice_item);
    write_reference(json, view, "promotion_code", discount->promotion_code);
    json.key("source");
    json.begin_object();
    json.key("coupon");
    if (view.child("source").child("coupon").expand == nullptr) {
        json.value(discount->coupon.id);
    } else {
        write_coupon(json, view.world, discount->coupon);
    }
    json.word("type", "coupon");
    json.end_object();
    json.number("start", discount->created);
    json.text_or_null("subscription", discount->subscription);
    json.null("subscription_item");
    write_older_coupon(json, view, discount->coupon);
    json.end_object();
    return true;
}

constexpr std::array kDiscountReferences = {Reference{"customer", "customer"},
                                            Reference{"promotion_code", "promotion_code"},
                                            Reference{"source.coupon", "coupon"}};

ApiError no_discount(std::string_view kind, std::string_view id) {
    ApiError error = no_such_in_path("discount", id);
    error.message = fmt::format("No active discount for {}: {}", kind, id);
    return error;
}

Answer delete_of_customer(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    Customer* customer = world.tables.customers.find(call.ids[0]);
    if (customer == nullptr || customer->is_deleted) {
        return std::unexpected(no_such_in_path("customer", call.ids[0]));
    }
    const std::string id = customer->discount;
    const std::int64_t now = timeline_of(world, *customer).now_s();
    if (discounts_at(world, {id}, now).empty()) {
        return std::unexpected(no_discount("customer", customer->id));
    }
    const Body before = rendered(world, kCustomerType, customer->id);
    tell_discounts(world, {id}, {});
    customer->discount.clear();
    emit_changed(world, kCustomerType, customer->id, "customer.updated", before);
    return answer(call, kDiscountType, id);
}

Answer delete_of_subscription(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    Subscription* subscription = world.tables.subscriptions.find(call.ids[0]);
    if (subscription == nullptr) {
        return std::unexpected(no_such_in_path("subscription", call.ids[0]));
    }
    const auto ids = subscription->discounts;
    if (ids.empty()) return std::unexpected(no_discount("subscription", subscription->id));
    if (ids.size() > 1) {
        return std::unexpected(
            wrong_state({},
                        "This subscription has several discounts. Update its `discounts` to say "
                        "which of them stay."));
    }
    const Body before = rendered(world, kSubscriptionType, subscription->id);
    tell_discounts(world, ids, {});
    subscription->discounts.clear();
    emit_changed(world, kSubscriptionType, subscription->id, "customer.subscription.updated",
                 before);
    return answer(call, kDiscountType, ids.front());
}

constexpr std::array kDiscountRoutes = {
    Route{.method = Method::del,
          .path = "/v1/customers/{id}/discount",
          .handle = delete_of_customer,
          .result = "discount",
          .source = kDiscountSource},
    Route{.method = Method::del,
          .path = "/v1/subscriptions/{id}/discount",
          .handle = delete_of_subscription,
          .result = "discount",
          .fidelity = Fidelity::simplified,
          .note = "refused when there are several discounts",
          .source = kDiscountSource},
};

}  // namespace

const ResourceType kDiscountType = {"discount", "di_", kDiscountReferences, render_discount};

std::span<const Route> discount_routes() { return kDiscountRoutes; }

}  // namespace onsite::simulator
