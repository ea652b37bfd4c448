#include "simulator/resources/promotion_codes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/coupons.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/older_members.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPromotionCodeSource = "docs.stripe.com/api/promotion_codes";

void write_coupon_field(JsonWriter& json, const View& view, std::string_view id) {
    const View inside = view.child("promotion").child("coupon");
    const Coupon* coupon = view.world.tables.coupons.find(id);
    json.key("coupon");
    if (inside.expand == nullptr || coupon == nullptr) return json.value(id);
    write_coupon(json, view.world, *coupon);
}

bool render_promotion_code(JsonWriter& json, const View& view, std::string_view id) {
    const PromotionCode* code = view.world.tables.promotion_codes.find(id);
    if (code == nullptr) return false;
    json.begin_object();
    json.text("id", code->id);
    json.word("object", "promotion_code");
    json.flag("active", code->is_valid(view.world.timeline.now_s()));
    json.text("code", code->code);
    json.number("created", code->created);
    write_reference(json, view, "customer", code->customer);
    json.null("customer_account");
    json.number_or_null("expires_at", code->expires_at);
    json.flag("livemode", false);
    json.number_or_null("max_redemptions", code->max_redemptions);
    write_metadata(json, code->metadata);
    json.key("promotion");
    json.begin_object();
    write_coupon_field(json, view, code->coupon);
    json.word("type", "coupon");
    json.end_object();
    json.key("restrictions");
    json.begin_object();
    json.flag("first_time_transaction", code->is_first_time_only);
    json.number_or_null("minimum_amount", code->minimum_amount);
    json.text_or_null("minimum_amount_currency", code->minimum_amount_currency);
    json.end_object();
    json.number("times_redeemed", code->times_redeemed);
    if (const Coupon* coupon = view.world.tables.coupons.find(code->coupon)) {
        write_older_coupon(json, view, *coupon);
    }
    json.end_object();
    return true;
}

constexpr std::array kPromotionCodeReferences = {Reference{"customer", "customer"},
                                                 Reference{"promotion.coupon", "coupon"}};

void read_restrictions(ParamReader& params, PromotionCode& code) {
    ParamReader sent = params.object("restrictions");
    update_flag(sent, "first_time_transaction", code.is_first_time_only);
    code.minimum_amount = sent.integer("minimum_amount", 1, kAmountMax);
    if (code.minimum_amount) {
        code.minimum_amount_currency = sent.required_currency("minimum_amount_currency");
    }
}

std::string read_promotion_code(ParamReader& params) {
    const std::string_view code = params.set_text("code").value_or("");
    const bool is_plain =
        std::ranges::all_of(code, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    if (!is_plain) {
        params.refuse("code",
                      "Invalid code. Valid characters are lower case letters (a-z), upper case "
                      "letters (A-Z), digits (0-9), and dashes (-).");
    }
    return std::string(code);
}

// Customers write a code in either case.
bool is_promotion_code_taken(const World& world, std::string_view code) {
    return std::ranges::any_of(world.tables.promotion_codes.rows(), [&](const PromotionCode& row) {
        return same_ignoring_case(row.code, code) && row.is_valid(world.timeline.now_s());
    });
}

// The coupon of `promotion`, or of the older parameter `coupon`.
std::string read_coupon(ParamReader& params) {
    if (params.has("coupon")) return std::string(params.set_text("coupon").value_or(""));
    constexpr std::array<std::string_view, 1> kTypes = {"coupon"};
    ParamReader promotion = params.object("promotion");
    if (!params.has("promotion")) params.refuse(parameter_missing("promotion"));
    promotion.choice("type", kTypes);
    return std::string(promotion.required_text("coupon"));
}

Answer create_promotion_code(Call& call) {
    ParamReader& params = call.params;
    World& world = call.world;
    PromotionCode code;
    code.coupon = read_coupon(params);
    code.code = read_promotion_code(params);
    code.customer = params.set_text("customer").value_or("");
    code.expires_at = params.integer("expires_at", world.timeline.now_s() + 1);
    code.max_redemptions = params.integer("max_redemptions", 1);
    update_flag(params, "active", code.is_active);
    read_restrictions(params, code);
    params.update_metadata(code.metadata);
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const Coupon* coupon = world.tables.coupons.find(code.coupon);
    if (coupon == nullptr || coupon->is_deleted) {
        return std::unexpected(no_such("coupon", code.coupon, "promotion[coupon]"));
    }
    if (!code.customer.empty() && world.tables.customers.find(code.customer) == nullptr) {
        return std::unexpected(no_such("customer", code.customer, "customer"));
    }
    if (is_promotion_code_taken(world, code.code)) {
        return std::unexpected(wrong_state(
            "resource_already_exists",
            fmt::format("An active promotion code with `code: {}` already exists.", code.code)));
    }
    if (code.code.empty()) code.code = world.ids.letters("promotion_code", 8);
    code.id = world.ids.next("promo_");
    code.created = world.timeline.now_s();
    const std::string added = world.tables.promotion_codes.add(std::move(code)).id;
    Body body = rendered(world, kPromotionCodeType, added);
    world.emit("promotion_code.created", body);
    return answer(call, kPromotionCodeType, added, std::move(body));
}

std::expected<PromotionCode*, ApiError> promotion_code_of(const Call& call) {
    PromotionCode* code = call.world.tables.promotion_codes.find(call.ids[0]);
    if (code == nullptr) return std::unexpected(no_such_in_path("promotion code", call.ids[0]));
    return code;
}

Answer retrieve_promotion_code(Call& call) {
    const auto code = promotion_code_of(call);
    if (!code) return std::unexpected(code.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kPromotionCodeType, (*code)->id);
}

Answer update_promotion_code(Call& call) {
    const auto code = promotion_code_of(call);
    if (!code) return std::unexpected(code.error());
    PromotionCode sent = **code;
    update_flag(call.params, "active", sent.is_active);
    call.params.update_metadata(sent.metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kPromotionCodeType, sent.id);
    **code = std::move(sent);
    return changed(call, kPromotionCodeType, (*code)->id, "promotion_code.updated", before);
}

Answer list_promotion_codes(Call& call) {
    const Page page = read_page(call.params);
    const auto active = call.params.flag("active");
    const auto code = call.params.set_text("code");
    const auto coupon = call.params.set_text("coupon");
    const auto customer = call.params.set_text("customer");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const std::int64_t now = call.world.timeline.now_s();
    return list_rows(call, call.world.tables.promotion_codes, kPromotionCodeType, page,
                     [&](const PromotionCode& row) {
                         return (!active || row.is_valid(now) == *active) &&
                                (!code || same_ignoring_case(row.code, *code)) &&
                                (!coupon || row.coupon == *coupon) &&
                                (!customer || row.customer == *customer);
                     });
}

constexpr std::array kPromotionCodeRoutes = {
    Route{.method = Method::post,
          .path = "/v1/promotion_codes",
          .handle = create_promotion_code,
          .result = "promotion_code",
          .fidelity = Fidelity::simplified,
          .note = "restrictions[currency_options] is refused; the older parameter coupon is taken "
                  "as well",
          .source = kPromotionCodeSource},
    Route{.method = Method::get,
          .path = "/v1/promotion_codes/{id}",
          .handle = retrieve_promotion_code,
          .result = "promotion_code",
          .source = kPromotionCodeSource},
    Route{.method = Method::post,
          .path = "/v1/promotion_codes/{id}",
          .handle = update_promotion_code,
          .result = "promotion_code",
          .source = kPromotionCodeSource},
    Route{.method = Method::get,
          .path = "/v1/promotion_codes",
          .handle = list_promotion_codes,
          .result = "promotion_code",
          .shape = Shape::list,
          .source = kPromotionCodeSource},
};

}  // namespace

const ResourceType kPromotionCodeType = {"promotion_code", "promo_", kPromotionCodeReferences,
                                         render_promotion_code};

std::span<const Route> promotion_code_routes() { return kPromotionCodeRoutes; }

}  // namespace onsite::simulator
