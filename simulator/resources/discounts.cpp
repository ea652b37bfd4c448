#include "simulator/resources/discounts.hpp"

#include <array>

#include "simulator/resources/coupons.hpp"

namespace onsite::simulator {
namespace {

bool render_discount(JsonWriter& json, const View& view, std::string_view id) {
    const Discount* discount = view.world.tables.discounts.find(id);
    if (discount == nullptr) return false;
    json.begin_object();
    json.text("id", discount->id);
    json.text("object", "discount");
    json.null("checkout_session");
    write_reference(json, view, "customer", discount->customer);
    json.null("customer_account");
    json.number_or_null("end", discount->end);
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
    json.text("type", "coupon");
    json.end_object();
    json.number("start", discount->created);
    json.text_or_null("subscription", discount->subscription);
    json.null("subscription_item");
    json.end_object();
    return true;
}

constexpr std::array kReferences = {Reference{"customer", "customer"},
                                    Reference{"promotion_code", "promotion_code"},
                                    Reference{"source.coupon", "coupon"}};

}  // namespace

const ResourceType kDiscountType = {"discount", "di_", kReferences, render_discount};

}  // namespace onsite::simulator
