// What keeps sums, ids and times from being misread.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

bool is_amount(const ApiProperty& property) {
    const std::string_view name = property.name;
    constexpr auto kNames =
        std::to_array<std::string_view>({"amount", "total", "subtotal", "tax", "balance"});
    return std::ranges::find(kNames, name) != kNames.end() || name.ends_with("_amount") ||
           name.starts_with("amount_") || name.ends_with("_total") || name.ends_with("_balance");
}

std::string_view type_of(const YamlNode& schema) { return schema.text_of("type"); }

// A sum may be an object of its own: {amount, currency}. Its parts are judged where they stand.
bool is_object(const YamlNode& schema) { return type_of(schema) == "object"; }

void amounts_are_integers(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        if (!is_amount(property) || is_object(*property.schema)) continue;
        ruling.expect(type_of(*property.schema) == "integer", property.line,
                      fmt::format("expected {} to be an integer in minor units", property.name));
    }
}

void amounts_name_their_unit(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        if (!is_amount(property) || is_object(*property.schema)) continue;
        ruling.expect(
            mentions(property.schema->text_of("description"), {"minor", "cent", "smallest"}),
            property.line,
            fmt::format("expected the description of {} to say that it counts minor units",
                        property.name));
    }
}

void currency_beside_amount(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        if (!is_amount(property) || is_object(*property.schema)) continue;
        ruling.expect(
            api.document().property(property.owner, "currency") != nullptr, property.line,
            fmt::format("expected currency beside {}, in the same object", property.name));
    }
}

bool has_three_letters(const YamlNode& schema) {
    const YamlNode* least = schema.find("minLength");
    const YamlNode* most = schema.find("maxLength");
    const bool is_three =
        least != nullptr && most != nullptr && least->integer() == 3 && most->integer() == 3;
    return is_three || schema.find("enum") != nullptr ||
           mentions(schema.text_of("pattern"), {"{3}"});
}

void currency_is_a_code(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        if (property.name != "currency") continue;
        const bool is_code = type_of(*property.schema) == "string";
        ruling.expect(is_code && has_three_letters(*property.schema), property.line,
                      "expected a string of three letters: a pattern, lengths or an enum");
    }
}

void ids_are_opaque(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        if (property.name != "id") continue;
        const YamlNode& schema = *property.schema;
        const bool has_prefix = mentions(schema.text_of("example"), {"_"}) ||
                                mentions(schema.text_of("pattern"), {"_"});
        ruling.expect(type_of(schema) == "string" && has_prefix, property.line,
                      "expected a string whose example or pattern shows a prefix: sub_1Kx");
    }
}

bool is_time(const ApiProperty& property) {
    const std::string_view name = property.name;
    const bool is_named = name == "created" || name.ends_with("_at") || name.ends_with("_end") ||
                          name.ends_with("_start") || name.ends_with("_until");
    return is_named && type_of(*property.schema) != "boolean" && !is_object(*property.schema);
}

void times_have_one_form(const Api& api, Ruling& ruling) {
    std::size_t seconds = 0;
    std::size_t texts = 0;
    for (const ApiProperty& property : api.properties()) {
        if (!is_time(property)) continue;
        const std::string_view type = type_of(*property.schema);
        const bool is_text = type == "string" && property.schema->text_of("format") == "date-time";
        seconds += type == "integer" ? 1 : 0;
        texts += is_text ? 1 : 0;
        ruling.expect(type == "integer" || is_text, property.line,
                      fmt::format("expected {} to be integer seconds or a string of the format "
                                  "date-time",
                                  property.name));
    }
    if (seconds + texts == 0) return;
    ruling.expect(seconds == 0 || texts == 0, 1,
                  fmt::format("expected one form of time, found {} in seconds and {} as text",
                              seconds, texts));
}

// A rule of its own: it caps the section (rubric.json), and a share of many would hide it.
constexpr Rule kAmounts[] = {
    {"amounts_are_integers", "An amount is an integer.",
     "a float loses cents, and no two languages lose the same ones", "Stripe, currencies",
     amounts_are_integers},
};

constexpr Rule kRules[] = {
    {"amounts_name_their_unit", "An amount says that it counts minor units.",
     "1050 is 10.50 USD, and it is 1050 JPY", "Stripe, zero-decimal currencies",
     amounts_name_their_unit},
    {"currency_beside_amount", "A currency stands beside every amount.",
     "a number alone is no money", "Stripe, currencies", currency_beside_amount},
    {"currency_is_a_code", "A currency is a code of three letters.", "\"$\" is twenty currencies",
     "ISO 4217", currency_is_a_code},
    {"ids_are_opaque", "An id is a string with a prefix.",
     "a prefix tells whoever debugs what it is, and a number invites counting and guessing",
     "Stripe, object ids", ids_are_opaque},
    {"times_have_one_form", "All times have one form.",
     "a client that guesses which field is seconds and which is text guesses wrong once",
     "Stripe, created; RFC 3339", times_have_one_form},
};

}  // namespace

std::span<const Rule> amount_rules() { return kAmounts; }
std::span<const Rule> money_rules() { return kRules; }

}  // namespace onsite::subscriptions
