#include "exercises/3-subscriptions/checks/example.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::size_t kShownBytesMax = 40;

using Fault = std::optional<ExampleFault>;

std::string shown(const YamlNode& value) {
    if (!value.is_scalar()) return std::string(to_string(value.kind));
    return fmt::format("\"{}\"", harmless(value.text.substr(0, kShownBytesMax), Lines::one));
}

bool is_decimal(const std::string& text) {
    return !text.empty() && text.find_first_not_of("+-.0123456789eE") == text.npos &&
           text.find_first_of("0123456789") != text.npos;
}

bool has_type(const YamlNode& value, std::string_view type) {
    if (type.empty()) return true;
    if (type == "object") return value.is_map();
    if (type == "array") return value.is_list();
    if (!value.is_scalar()) return false;
    if (type == "integer") return !value.is_quoted && value.integer().has_value();
    if (type == "number") return !value.is_quoted && is_decimal(value.text);
    if (type == "boolean") return !value.is_quoted && value.boolean().has_value();
    // A text needs no quotes unless it looks like something else.
    if (type == "string") return value.is_quoted || !(value.integer() || value.boolean());
    return true;
}

// null is YAML's null, or the word without quotes.
bool is_null(const YamlNode& value) {
    return value.is_null() || (value.is_scalar() && !value.is_quoted && value.text == "null");
}

bool may_be_null(const YamlNode& schema) {
    const YamlNode* nullable = schema.find("nullable");
    if (nullable != nullptr && nullable->boolean() == true) return true;
    const YamlNode* type = schema.find("type");
    return type != nullptr && std::ranges::any_of(type->items, [](const YamlNode& item) {
               return item.is_null() || item.text == "null";
           });
}

std::optional<std::int64_t> bound(const YamlNode& schema, std::string_view key) {
    const YamlNode* value = schema.find(key);
    return value == nullptr ? std::nullopt : value->integer();
}

class Validation {
public:
    explicit Validation(const OpenApi& document) : document_(document) {}

    Fault look(const YamlNode& value, const YamlNode* schema, const std::string& where, int depth) {
        schema = document_.resolve(schema);
        if (schema == nullptr) return std::nullopt;
        if (depth > kExampleDepthMax || ++steps_ > kExampleStepsMax) {
            return fault(value, where, "an example and schemas that end");
        }
        if (is_null(value)) {
            if (may_be_null(*schema) || schema->members.empty()) return std::nullopt;
            // Whether null may be is said by a part, then.
            if (schema->find("type") != nullptr) return fault(value, where, "a value");
        }
        if (auto found = look_at_type(value, *schema, where)) return found;
        if (auto found = look_at_parts(value, *schema, where, depth)) return found;
        if (value.is_map()) return look_at_members(value, *schema, where, depth);
        if (value.is_list()) return look_at_items(value, *schema, where, depth);
        return std::nullopt;
    }

private:
    static Fault fault(const YamlNode& value, const std::string& where, std::string_view wanted) {
        return ExampleFault{value.line,
                            fmt::format("expected {} at {}, found {}", wanted,
                                        where.empty() ? "the top" : where, shown(value))};
    }

    Fault look_at_type(const YamlNode& value, const YamlNode& schema, const std::string& where) {
        const std::string_view type = type_of(schema);
        if (!has_type(value, type)) return fault(value, where, type);
        if (const YamlNode* words = schema.find("enum")) {
            const bool is_listed = std::ranges::any_of(words->items, [&](const YamlNode& word) {
                return word.is_scalar() && value.is_scalar() && word.text == value.text;
            });
            if (!is_listed) return fault(value, where, "one of the enum's values");
        }
        if (!value.is_scalar()) return std::nullopt;
        const auto length = static_cast<std::int64_t>(value.text.size());
        if (type == "string" && !is_between(length, schema, "minLength", "maxLength")) {
            return fault(value, where, "a text of the length that the schema allows");
        }
        const auto number = value.integer();
        if (type == "integer" && !is_between(*number, schema, "minimum", "maximum")) {
            return fault(value, where, "a number in the schema's range");
        }
        return std::nullopt;
    }

    static bool is_between(std::int64_t number, const YamlNode& schema, std::string_view least,
                           std::string_view most) {
        return number >= bound(schema, least).value_or(number) &&
               number <= bound(schema, most).value_or(number);
    }

    Fault look_at_parts(const YamlNode& value, const YamlNode& schema, const std::string& where,
                        int depth) {
        if (const YamlNode* parts = schema.find("allOf")) {
            for (const YamlNode& part : parts->items) {
                if (auto found = look(value, &part, where, depth + 1)) return found;
            }
        }
        for (const char* word : {"oneOf", "anyOf"}) {
            const YamlNode* parts = schema.find(word);
            if (parts == nullptr) continue;
            const bool fits = std::ranges::any_of(parts->items, [&](const YamlNode& part) {
                return !look(value, &part, where, depth + 1);
            });
            if (!fits) return fault(value, where, "one of the forms that the schema offers");
        }
        return std::nullopt;
    }

    Fault look_at_members(const YamlNode& value, const YamlNode& schema, const std::string& where,
                          int depth) {
        if (const YamlNode* required = schema.find("required")) {
            for (const YamlNode& name : required->items) {
                if (value.find(name.text) != nullptr) continue;
                return fault(value, join(where, name.text), "the required member");
            }
        }
        const YamlNode* properties = schema.find("properties");
        const YamlNode* others = schema.find("additionalProperties");
        for (const YamlMember& member : value.members) {
            const YamlNode* known = properties == nullptr ? nullptr : properties->find(member.key);
            const std::string place = join(where, member.key);
            if (known == nullptr && others != nullptr && others->boolean() == false) {
                return fault(value, place, "a member that the schema has");
            }
            const YamlNode* form = known != nullptr ? known : others;
            if (form == nullptr || form->is_scalar()) continue;
            if (auto found = look(member.value, form, place, depth + 1)) return found;
        }
        return std::nullopt;
    }

    Fault look_at_items(const YamlNode& value, const YamlNode& schema, const std::string& where,
                        int depth) {
        const auto count = static_cast<std::int64_t>(value.items.size());
        if (!is_between(count, schema, "minItems", "maxItems")) {
            return fault(value, where, "as many items as the schema allows");
        }
        const YamlNode* form = schema.find("items");
        if (form == nullptr) return std::nullopt;
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            const std::string place = fmt::format("{}[{}]", where, i);
            if (auto found = look(value.items[i], form, place, depth + 1)) return found;
        }
        return std::nullopt;
    }

    // A key of a stranger's, in a path that is shown.
    static std::string join(const std::string& where, std::string_view name) {
        const std::string word = harmless(name.substr(0, kShownBytesMax), Lines::one);
        return where.empty() ? word : where + "." + word;
    }

    const OpenApi& document_;
    int steps_ = 0;
};

}  // namespace

std::optional<ExampleFault> fault_in_example(const OpenApi& document, const YamlNode& value,
                                             const YamlNode* schema) {
    return Validation(document).look(value, schema, "", 0);
}

}  // namespace onsite::subscriptions
