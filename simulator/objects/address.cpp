#include "simulator/objects/address.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"

namespace onsite::simulator {
namespace {

void update_line(ParamReader& params, std::string_view name, std::string& text) {
    if (const auto sent = params.text(name)) text = *sent;
}

// Two letters of ISO 3166; which pairs are countries is not checked.
void update_country(ParamReader& params, std::string& country) {
    const auto sent = params.text("country");
    if (!sent) return;
    if (!sent->empty() && (sent->size() != 2 || !std::ranges::all_of(*sent, is_letter))) {
        params.refuse("country", fmt::format("Country '{}' is unknown. Try using a 2-character "
                                             "alphanumeric country code instead, such as 'US', "
                                             "'EG', or 'GB'.",
                                             *sent));
        return;
    }
    country = *sent;
}

}  // namespace

void update_address(ParamReader& params, std::string_view name, Address& address) {
    if (!params.has(name)) return;
    if (params.clears(name)) address = {};
    ParamReader sent = params.object(name);
    update_line(sent, "city", address.city);
    update_country(sent, address.country);
    update_line(sent, "line1", address.line1);
    update_line(sent, "line2", address.line2);
    update_line(sent, "postal_code", address.postal_code);
    update_line(sent, "state", address.state);
}

void update_address(ParamReader& params, std::string_view name, Shared<Address>& address) {
    if (!params.has(name)) return;
    update_address(params, name, address.edit());
    if (params.clears(name)) address.reset();
}

void update_shipping(ParamReader& params, Shared<Shipping>& shipping) {
    if (!params.has("shipping")) return;
    ParamReader sent = params.object("shipping");
    if (params.clears("shipping")) return shipping.reset();
    // docs.stripe.com/api/payment_intents/create#create_payment_intent-shipping
    for (const std::string_view name : {"address", "name"}) {
        if (!sent.has(name)) sent.refuse(parameter_missing(sent.path_of(name)));
    }
    Shipping& changed = shipping.edit();
    update_address(sent, "address", changed.address);
    update_line(sent, "name", changed.name);
    update_line(sent, "phone", changed.phone);
    update_line(sent, "carrier", changed.carrier);
    update_line(sent, "tracking_number", changed.tracking_number);
}

void write_address_fields(JsonWriter& json, std::string_view name, const Address& address) {
    json.key(name);
    json.begin_object();
    json.text_or_null("city", address.city);
    json.text_or_null("country", address.country);
    json.text_or_null("line1", address.line1);
    json.text_or_null("line2", address.line2);
    json.text_or_null("postal_code", address.postal_code);
    json.text_or_null("state", address.state);
    json.end_object();
}

void write_address(JsonWriter& json, std::string_view name, const Shared<Address>& address) {
    address ? write_address_fields(json, name, *address) : json.null(name);
}

void write_shipping(JsonWriter& json, const Shared<Shipping>& shipping) {
    if (!shipping) return json.null("shipping");
    json.key("shipping");
    json.begin_object();
    write_address_fields(json, "address", shipping->address);
    json.text_or_null("carrier", shipping->carrier);
    json.text_or_null("name", shipping->name);
    json.text_or_null("phone", shipping->phone);
    json.text_or_null("tracking_number", shipping->tracking_number);
    json.end_object();
}

void write_metadata(JsonWriter& json, const Metadata& metadata) {
    json.key("metadata");
    json.begin_object();
    for (const auto& [key, value] : *metadata) {
        json.text_key(key);
        json.value(value);
    }
    json.end_object();
}

}  // namespace onsite::simulator
