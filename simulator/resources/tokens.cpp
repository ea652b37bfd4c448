#include "simulator/resources/tokens.hpp"

#include <array>

#include "simulator/payments/card_input.hpp"
#include "simulator/payments/test_cards.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kTokenSource = "docs.stripe.com/api/tokens";

// Tokens write the brands as names.
std::string_view brand_name(std::string_view brand) {
    constexpr std::array kNames = {
        std::pair{"amex", "American Express"},
        std::pair{"diners", "Diners Club"},
        std::pair{"discover", "Discover"},
        std::pair{"jcb", "JCB"},
        std::pair{"mastercard", "MasterCard"},
        std::pair{"unionpay", "UnionPay"},
        std::pair{"visa", "Visa"},
    };
    for (const auto& [code, name] : kNames) {
        if (code == brand) return name;
    }
    return "Unknown";
}

std::string_view check_of(std::string_view field) { return field.empty() ? "" : "pass"; }

bool render_token(JsonWriter& json, const View& view, std::string_view id) {
    const Token* token = view.world.tables.tokens.find(id);
    if (token == nullptr) return false;
    json.begin_object();
    json.text("id", token->id);
    json.word("object", "token");
    json.key("card");
    write_card_object(json, token->card_id, token->card, token->owner);
    json.null("client_ip");
    json.number("created", token->created);
    json.flag("livemode", false);
    json.word("type", "card");
    json.flag("used", token->is_used);
    json.end_object();
    return true;
}

CardOwner read_owner(ParamReader card) {
    CardOwner owner;
    const std::array fields = {
        std::pair{"name", &owner.name},
        std::pair{"address_city", &owner.address.city},
        std::pair{"address_country", &owner.address.country},
        std::pair{"address_line1", &owner.address.line1},
        std::pair{"address_line2", &owner.address.line2},
        std::pair{"address_state", &owner.address.state},
        std::pair{"address_zip", &owner.address.postal_code},
    };
    for (const auto& [name, field] : fields) {
        if (const auto sent = card.text(name)) *field = *sent;
    }
    card.ignore("currency");
    return owner;
}

Answer create_token(Call& call) {
    if (!call.params.is_object("card")) call.params.refuse(parameter_missing("card"));
    const CardInput input = read_card(call.params.object("card"));
    CardOwner owner = read_owner(call.params.object("card"));
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    auto card = checked_card(world, input, "card[token]");
    if (!card) return std::unexpected(card.error());
    use_up(world, input);
    const Token& token = world.tables.tokens.add({.id = world.ids.next("tok_"),
                                                  .created = world.timeline.now_s(),
                                                  .card_id = world.ids.next("card_"),
                                                  .card = std::move(*card),
                                                  .owner = std::move(owner)});
    return answer(call, kTokenType, token.id);
}

Answer retrieve_token(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (call.world.tables.tokens.find(call.ids[0]) == nullptr) {
        return std::unexpected(no_such_in_path("token", call.ids[0]));
    }
    return answer(call, kTokenType, call.ids[0]);
}

constexpr std::array kTokenRoutes = {
    Route{.method = Method::post,
          .path = "/v1/tokens",
          .handle = create_token,
          .result = "token",
          .fidelity = Fidelity::simplified,
          .note = "of cards only; bank accounts, accounts, persons and pii are refused",
          .source = kTokenSource},
    Route{.method = Method::get,
          .path = "/v1/tokens/{id}",
          .handle = retrieve_token,
          .result = "token",
          .source = kTokenSource},
};

}  // namespace

const ResourceType kTokenType = {"token", "tok_", {}, render_token};

std::span<const Route> token_routes() { return kTokenRoutes; }

void write_card_object(JsonWriter& json, std::string_view id, const Card& card,
                       const CardOwner& owner, std::string_view customer) {
    const Address& address = owner.address;
    json.begin_object();
    json.text("id", id);
    json.word("object", "card");
    json.text_or_null("address_city", address.city);
    json.text_or_null("address_country", address.country);
    json.text_or_null("address_line1", address.line1);
    json.text_or_null("address_line1_check", check_of(address.line1));
    json.text_or_null("address_line2", address.line2);
    json.text_or_null("address_state", address.state);
    json.text_or_null("address_zip", address.postal_code);
    json.text_or_null("address_zip_check", check_of(address.postal_code));
    json.text("brand", brand_name(card.test->brand));
    write_card_members(json, card);
    if (!customer.empty()) json.text("customer", customer);
    json.text_or_null("cvc_check", card.cvc_check);
    json.null("dynamic_last4");
    json.raw("metadata", "{}");
    json.text_or_null("name", owner.name);
    json.raw("networks", R"({"preferred":null})");
    json.word("regulated_status", "unregulated");
    json.null("tokenization_method");
    json.end_object();
}

}  // namespace onsite::simulator
