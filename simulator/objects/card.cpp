#include "simulator/objects/card.hpp"

#include "simulator/payments/test_cards.hpp"

namespace onsite::simulator {

std::string_view Card::last4() const { return test->number.substr(test->number.size() - 4); }

void update_billing_details(ParamReader& params, Shared<BillingDetails>& details) {
    if (!params.has("billing_details")) return;
    ParamReader sent = params.object("billing_details");
    BillingDetails& changed = details.edit();
    update_address(sent, "address", changed.address);
    for (const auto& [name, field] :
         {std::pair{"email", &changed.email}, std::pair{"name", &changed.name},
          std::pair{"phone", &changed.phone}, std::pair{"tax_id", &changed.tax_id}}) {
        if (const auto text = sent.text(name)) *field = *text;
    }
}

void write_billing_details(JsonWriter& json, const BillingDetails& details) {
    json.key("billing_details");
    json.begin_object();
    write_address_fields(json, "address", details.address);
    json.text_or_null("email", details.email);
    json.text_or_null("name", details.name);
    json.text_or_null("phone", details.phone);
    json.text_or_null("tax_id", details.tax_id);
    json.end_object();
}

void write_card_members(JsonWriter& json, const Card& card) {
    json.text("country", card.test->country);
    json.number("exp_month", card.exp_month);
    json.number("exp_year", card.exp_year);
    json.text("fingerprint", card.fingerprint);
    json.text("funding", card.test->funding);
    json.text("last4", card.last4());
}

void write_card_checks(JsonWriter& json, const Card& card) {
    json.key("checks");
    json.begin_object();
    json.null("address_line1_check");
    json.null("address_postal_code_check");
    json.text_or_null("cvc_check", card.cvc_check);
    json.end_object();
}

}  // namespace onsite::simulator
