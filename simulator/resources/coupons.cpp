#include "simulator/resources/coupons.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kCouponSource = "docs.stripe.com/api/coupons";
constexpr std::array<std::string_view, 3> kDurations = {"once", "repeating", "forever"};
constexpr std::size_t kCouponNameLengthMax = 40;

Answer create_coupon(Call& call) {
    ParamReader& params = call.params;
    World& world = call.world;
    Coupon coupon;
    refuse_unsimulated(params, "A coupon", {"applies_to", "currency_options"});
    const auto percent = read_decimal(params, "percent_off", kPercentDigits);
    const auto amount = params.integer("amount_off", 1, kAmountMax);
    if (percent.has_value() == amount.has_value()) {
        params.refuse("percent_off", "You must pass either amount_off or percent_off, not both.");
    }
    if (percent && (*percent <= 0 || *percent > kPercentWhole)) {
        params.refuse("percent_off", "Invalid percent_off: must be greater than 0 and at most 100");
    }
    coupon.percent_off = percent.value_or(0);
    coupon.amount_off = amount.value_or(0);
    if (amount) {
        coupon.currency = params.required_currency("currency");
    } else {
        params.ignore("currency");
    }
    coupon.duration =
        static_cast<CouponDuration>(params.choice("duration", kDurations).value_or(0));
    const auto months = params.integer("duration_in_months", 1);
    if (months.has_value() != (coupon.duration == CouponDuration::repeating)) {
        params.refuse("duration_in_months",
                      "duration_in_months must be set when duration is repeating, and only then.");
    }
    coupon.duration_in_months = months.value_or(0);
    coupon.max_redemptions = params.integer("max_redemptions", 1);
    coupon.redeem_by = params.integer("redeem_by", world.timeline.now_s() + 1);
    update_text(params, "name", coupon.name, kCouponNameLengthMax);
    params.update_metadata(coupon.metadata);
    const auto id = params.set_text("id");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    if (id && world.tables.coupons.find(*id) != nullptr) {
        return std::unexpected(wrong_state("resource_already_exists", "Coupon already exists."));
    }
    coupon.id = id ? std::string(*id) : world.ids.letters("coupon", 8);
    coupon.created = world.timeline.now_s();
    const std::string added = world.tables.coupons.add(std::move(coupon)).id;
    Body body = rendered(world, kCouponType, added);
    world.emit("coupon.created", body);
    return answer(call, kCouponType, added, std::move(body));
}

std::expected<Coupon*, ApiError> coupon_of(const Call& call) {
    Coupon* coupon = call.world.tables.coupons.find(call.ids[0]);
    if (coupon == nullptr || coupon->is_deleted) {
        return std::unexpected(no_such_in_path("coupon", call.ids[0]));
    }
    return coupon;
}

Answer retrieve_coupon(Call& call) {
    const auto coupon = coupon_of(call);
    if (!coupon) return std::unexpected(coupon.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kCouponType, (*coupon)->id);
}

Answer update_coupon(Call& call) {
    const auto coupon = coupon_of(call);
    if (!coupon) return std::unexpected(coupon.error());
    Coupon sent = **coupon;
    update_text(call.params, "name", sent.name, kCouponNameLengthMax);
    call.params.update_metadata(sent.metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kCouponType, sent.id);
    **coupon = std::move(sent);
    return changed(call, kCouponType, (*coupon)->id, "coupon.updated", before);
}

Answer delete_coupon(Call& call) {
    const auto coupon = coupon_of(call);
    if (!coupon) return std::unexpected(coupon.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    call.world.emit("coupon.deleted", rendered(call.world, kCouponType, (*coupon)->id));
    (*coupon)->is_deleted = true;
    return answer(call, kCouponType, (*coupon)->id);
}

Answer list_coupons(Call& call) {
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.coupons, kCouponType, page,
                     [](const Coupon& row) { return !row.is_deleted; });
}

constexpr std::array kCouponRoutes = {
    Route{.method = Method::post,
          .path = "/v1/coupons",
          .handle = create_coupon,
          .result = "coupon",
          .fidelity = Fidelity::simplified,
          .note = "applies_to and currency_options are refused",
          .source = kCouponSource},
    Route{.method = Method::get,
          .path = "/v1/coupons/{id}",
          .handle = retrieve_coupon,
          .result = "coupon",
          .source = kCouponSource},
    Route{.method = Method::post,
          .path = "/v1/coupons/{id}",
          .handle = update_coupon,
          .result = "coupon",
          .source = kCouponSource},
    Route{.method = Method::del,
          .path = "/v1/coupons/{id}",
          .handle = delete_coupon,
          .result = "coupon",
          .source = kCouponSource},
    Route{.method = Method::get,
          .path = "/v1/coupons",
          .handle = list_coupons,
          .result = "coupon",
          .shape = Shape::list,
          .source = kCouponSource},
};

// A coupon of this simulator applies to every product, so that the field is never there.
constexpr std::array kCouponReferences = {Reference{"applies_to", ""}};

bool render_coupon(JsonWriter& json, const View& view, std::string_view id) {
    const Coupon* coupon = view.world.tables.coupons.find(id);
    if (coupon == nullptr) return false;
    if (coupon->is_deleted) return write_tombstone(json, coupon->id, "coupon"), true;
    write_coupon(json, view.world, *coupon);
    return true;
}

}  // namespace

void write_coupon(JsonWriter& json, const World& world, const Coupon& coupon) {
    json.begin_object();
    json.text("id", coupon.id);
    json.word("object", "coupon");
    json.number_or_null("amount_off",
                        coupon.amount_off == 0 ? std::nullopt : std::optional(coupon.amount_off));
    json.number("created", coupon.created);
    json.text_or_null("currency", coupon.currency);
    json.text("duration", kDurations[static_cast<std::size_t>(coupon.duration)]);
    json.number_or_null("duration_in_months", coupon.duration_in_months == 0
                                                  ? std::nullopt
                                                  : std::optional(coupon.duration_in_months));
    json.flag("livemode", false);
    json.number_or_null("max_redemptions", coupon.max_redemptions);
    write_metadata(json, coupon.metadata);
    json.text_or_null("name", coupon.name);
    json.raw("percent_off",
             coupon.percent_off == 0 ? "null" : decimal_text(coupon.percent_off, kPercentDigits));
    json.number_or_null("redeem_by", coupon.redeem_by);
    json.number("times_redeemed", coupon.times_redeemed);
    json.flag("valid", coupon.is_valid(world.timeline.now_s()));
    json.end_object();
}

const ResourceType kCouponType = {"coupon", "", kCouponReferences, render_coupon};

std::span<const Route> coupon_routes() { return kCouponRoutes; }

}  // namespace onsite::simulator
