#include "simulator/resources/tax_rates.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kTaxRateSource = "docs.stripe.com/api/tax_rates";

bool render_tax_rate(JsonWriter& json, const View& view, std::string_view id) {
    const TaxRate* rate = view.world.tables.tax_rates.find(id);
    if (rate == nullptr) return false;
    json.begin_object();
    json.text("id", rate->id);
    json.word("object", "tax_rate");
    json.flag("active", rate->is_active);
    json.text_or_null("country", rate->country);
    json.number("created", rate->created);
    json.text_or_null("description", rate->description);
    json.text("display_name", rate->display_name);
    json.null("effective_percentage");
    json.null("flat_amount");
    json.flag("inclusive", rate->is_inclusive);
    json.text_or_null("jurisdiction", rate->jurisdiction);
    json.null("jurisdiction_level");
    json.flag("livemode", false);
    write_metadata(json, rate->metadata);
    json.raw("percentage", decimal_text(rate->percentage, kPercentDigits));
    json.word("rate_type", "percentage");
    json.text_or_null("state", rate->state);
    json.text_or_null("tax_type", rate->tax_type);
    json.end_object();
    return true;
}

void read_tax_rate(ParamReader& params, TaxRate& rate) {
    if (const auto name = params.set_text("display_name")) rate.display_name = *name;
    update_flag(params, "active", rate.is_active);
    update_text(params, "description", rate.description);
    update_text(params, "country", rate.country);
    update_text(params, "state", rate.state);
    update_text(params, "jurisdiction", rate.jurisdiction);
    update_text(params, "tax_type", rate.tax_type);
    params.update_metadata(rate.metadata);
}

Answer create_tax_rate(Call& call) {
    ParamReader& params = call.params;
    TaxRate rate;
    for (const std::string_view name : {"display_name", "percentage", "inclusive"}) {
        if (!params.has(name)) params.refuse(parameter_missing(name));
    }
    read_tax_rate(params, rate);
    update_flag(params, "inclusive", rate.is_inclusive);
    rate.percentage = read_decimal(params, "percentage", kPercentDigits).value_or(0);
    if (rate.percentage < 0 || rate.percentage > kPercentWhole) {
        params.refuse("percentage", "Invalid percentage: must be between 0 and 100");
    }
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    rate.id = world.ids.next("txr_");
    rate.created = world.timeline.now_s();
    const std::string added = world.tables.tax_rates.add(std::move(rate)).id;
    Body body = rendered(world, kTaxRateType, added);
    world.emit("tax_rate.created", body);
    return answer(call, kTaxRateType, added, std::move(body));
}

std::expected<TaxRate*, ApiError> tax_rate_of(const Call& call) {
    TaxRate* rate = call.world.tables.tax_rates.find(call.ids[0]);
    if (rate == nullptr) return std::unexpected(no_such_in_path("tax rate", call.ids[0]));
    return rate;
}

Answer retrieve_tax_rate(Call& call) {
    const auto rate = tax_rate_of(call);
    if (!rate) return std::unexpected(rate.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kTaxRateType, (*rate)->id);
}

Answer update_tax_rate(Call& call) {
    const auto rate = tax_rate_of(call);
    if (!rate) return std::unexpected(rate.error());
    TaxRate sent = **rate;
    read_tax_rate(call.params, sent);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kTaxRateType, sent.id);
    **rate = std::move(sent);
    return changed(call, kTaxRateType, (*rate)->id, "tax_rate.updated", before);
}

Answer list_tax_rates(Call& call) {
    const Page page = read_page(call.params);
    const auto active = call.params.flag("active");
    const auto inclusive = call.params.flag("inclusive");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.tax_rates, kTaxRateType, page,
                     [&](const TaxRate& row) {
                         return (!active || row.is_active == *active) &&
                                (!inclusive || row.is_inclusive == *inclusive);
                     });
}

constexpr std::array kTaxRateRoutes = {
    Route{.method = Method::post,
          .path = "/v1/tax_rates",
          .handle = create_tax_rate,
          .result = "tax_rate",
          .source = kTaxRateSource},
    Route{.method = Method::get,
          .path = "/v1/tax_rates/{id}",
          .handle = retrieve_tax_rate,
          .result = "tax_rate",
          .source = kTaxRateSource},
    Route{.method = Method::post,
          .path = "/v1/tax_rates/{id}",
          .handle = update_tax_rate,
          .result = "tax_rate",
          .source = kTaxRateSource},
    Route{.method = Method::get,
          .path = "/v1/tax_rates",
          .handle = list_tax_rates,
          .result = "tax_rate",
          .shape = Shape::list,
          .source = kTaxRateSource},
};

}  // namespace

const ResourceType kTaxRateType = {"tax_rate", "txr_", {}, render_tax_rate};

std::span<const Route> tax_rate_routes() { return kTaxRateRoutes; }

}  // namespace onsite::simulator
