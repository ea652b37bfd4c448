// What keeps sums, ids and times from being misread.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

bool is_called_an_amount(std::string_view name) {
    constexpr auto kNames =
        std::to_array<std::string_view>({"amount", "total", "subtotal", "tax", "balance"});
    return std::ranges::find(kNames, name) != kNames.end() || name.ends_with("_amount") ||
           name.starts_with("amount_") || name.ends_with("_total") || name.ends_with("_balance") ||
           name.ends_with("_minor") || name.ends_with("_cents");
}

// What has fractions without being money: percent_off, tax_rate, trial_days.
bool is_called_a_measure(std::string_view name) {
    constexpr auto kWords = std::to_array<std::string_view>(
        {"percent", "rate", "ratio", "quantity", "factor", "weight", "score", "second", "minute",
         "hour", "day", "month", "usage"});
    return std::ranges::any_of(kWords,
                               [&](std::string_view word) { return name.find(word) != name.npos; });
}

// A sum may be an object of its own: {amount, currency}. Its parts are judged where they stand.
bool is_object(const OpenApi& document, const YamlNode* schema) {
    return document.word(schema, "type") == "object" ||
           document.keyword(schema, "properties") != nullptr;
}

bool is_decimal(std::string_view text) {
    const std::size_t point = text.find('.');
    return point != text.npos && point > 0 && point + 1 < text.size() &&
           text.find_first_not_of("0123456789", point + 1) == text.npos &&
           text.substr(0, point).find_first_not_of("0123456789") == std::string_view::npos;
}

// "29.00" for a price; a price as text may also be the id of one.
bool is_price_as_text(const OpenApi& document, const ApiProperty& property) {
    const YamlNode* schema = property.schema;
    return property.name.find("price") != property.name.npos &&
           document.word(schema, "type") == "string" &&
           (document.word(schema, "format") == "decimal" ||
            is_decimal(document.word(schema, "example")));
}

// A fraction is money whatever it is called, unless it is called something else.
bool is_fraction_of_money(const OpenApi& document, const ApiProperty& property) {
    return (document.holds_fractions(property.schema) && !is_called_a_measure(property.name)) ||
           is_price_as_text(document, property);
}

bool is_amount(const OpenApi& document, const ApiProperty& property) {
    return is_called_an_amount(property.name) && !is_object(document, property.schema);
}

void amounts_are_integers(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    for (const ApiProperty& property : api.properties()) {
        const bool is_fraction = is_fraction_of_money(document, property);
        if (!is_fraction && !is_amount(document, property)) continue;
        ruling.expect(!is_fraction && document.word(property.schema, "type") == "integer",
                      property.line,
                      fmt::format("expected {} to be an integer in minor units", property.name));
    }
}

void amounts_name_their_unit(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    const auto says_so = [](const YamlNode& schema) {
        return mentions(schema.text_of("description"), {"minor", "cent", "smallest"});
    };
    for (const ApiProperty& property : api.properties()) {
        if (!is_amount(document, property)) continue;
        const bool is_in_the_name =
            property.name.ends_with("_minor") || property.name.ends_with("_cents");
        ruling.expect(
            is_in_the_name || document.any_part(property.schema, says_so), property.line,
            fmt::format("expected the description of {} to say that it counts minor units",
                        property.name));
    }
}

void currency_beside_amount(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        if (!is_amount(api.document(), property)) continue;
        ruling.expect(
            api.document().property(property.owner, "currency") != nullptr, property.line,
            fmt::format("expected currency beside {}, in the same object", property.name));
    }
}

bool has_three_letters(const OpenApi& document, const YamlNode* schema) {
    const YamlNode* least = document.keyword(schema, "minLength");
    const YamlNode* most = document.keyword(schema, "maxLength");
    const bool is_three =
        least != nullptr && most != nullptr && least->integer() == 3 && most->integer() == 3;
    return is_three || document.keyword(schema, "enum") != nullptr ||
           mentions(document.word(schema, "pattern"), {"{3}"});
}

void currency_is_a_code(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    for (const ApiProperty& property : api.properties()) {
        if (property.name != "currency") continue;
        const bool is_code = document.word(property.schema, "type") == "string";
        ruling.expect(is_code && has_three_letters(document, property.schema), property.line,
                      "expected a string of three letters: a pattern, lengths or an enum");
    }
}

void ids_are_opaque(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    for (const ApiProperty& property : api.properties()) {
        if (property.name != "id") continue;
        const bool has_prefix = mentions(document.word(property.schema, "example"), {"_"}) ||
                                mentions(document.word(property.schema, "pattern"), {"_"});
        ruling.expect(document.word(property.schema, "type") == "string" && has_prefix,
                      property.line,
                      "expected a string whose example or pattern shows a prefix: sub_1Kx");
    }
}

bool is_time(const OpenApi& document, const ApiProperty& property) {
    const std::string_view name = property.name;
    const bool is_named = name == "created" || name.ends_with("_at") || name.ends_with("_end") ||
                          name.ends_with("_start") || name.ends_with("_until");
    return is_named && document.word(property.schema, "type") != "boolean" &&
           !is_object(document, property.schema);
}

void times_have_one_form(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    std::size_t seconds = 0;
    std::size_t texts = 0;
    for (const ApiProperty& property : api.properties()) {
        if (!is_time(document, property)) continue;
        const std::string_view type = document.word(property.schema, "type");
        const bool is_text =
            type == "string" && document.word(property.schema, "format") == "date-time";
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
