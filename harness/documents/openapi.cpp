#include "harness/documents/openapi.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/ascii.hpp"

namespace onsite {
namespace {

// One step of a JSON pointer: ~1 is a slash, ~0 a tilde (RFC 6901).
std::string pointer_word(std::string_view word) {
    std::string plain;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char next = i + 1 < word.size() ? word[i + 1] : ' ';
        const bool is_escape = word[i] == '~' && (next == '0' || next == '1');
        plain.push_back(!is_escape ? word[i] : next == '1' ? '/' : '~');
        if (is_escape) ++i;
    }
    return plain;
}

const YamlNode* follow_pointer(const YamlNode& root, std::string_view reference) {
    if (!reference.starts_with("#/")) return nullptr;
    reference.remove_prefix(2);
    const YamlNode* node = &root;
    for (bool is_more = true; is_more && node != nullptr;) {
        const std::size_t slash = reference.find('/');
        node = node->find(pointer_word(reference.substr(0, slash)));
        is_more = slash != std::string_view::npos;
        if (is_more) reference.remove_prefix(slash + 1);
    }
    return node;
}

constexpr const char* kCombinations[] = {"allOf", "oneOf", "anyOf"};

// Calls `visit` with the schema and with the parts that it is combined of, until one call says
// true. The depth ends a schema that is a part of itself; the budget ends one that branches.
class SchemaWalk {
public:
    SchemaWalk(const OpenApi& api, const std::function<bool(const YamlNode&)>& visit)
        : api_(api), visit_(visit) {}

    bool look(const YamlNode* schema, int depth = 0) {
        schema = api_.resolve(schema);
        if (schema == nullptr || depth > kSchemaDepthMax || !seen_.insert(schema).second) {
            return false;
        }
        if (visit_(*schema)) return true;
        for (const char* word : kCombinations) {
            const YamlNode* parts = schema->find(word);
            if (parts == nullptr) continue;
            for (const YamlNode& part : parts->items) {
                if (look(&part, depth + 1)) return true;
            }
        }
        return false;
    }

private:
    const OpenApi& api_;
    const std::function<bool(const YamlNode&)>& visit_;
    std::set<const YamlNode*> seen_;  // Asked, never walked through.
};

}  // namespace

const ApiParameter* ApiOperation::parameter(std::string_view in, std::string_view name) const {
    for (const ApiParameter& one : parameters) {
        const bool is_named =
            in == "header" ? same_ignoring_case(one.name, name) : one.name == name;
        if (one.in == in && is_named) return &one;
    }
    return nullptr;
}

const ApiResponse* ApiOperation::response(std::string_view status) const {
    const auto found = std::ranges::find(responses, status, &ApiResponse::status);
    return found == responses.end() ? nullptr : &*found;
}

std::string without_parameter_names(std::string_view path) {
    std::string plain;
    bool is_inside = false;
    for (const char letter : path) {
        if (letter == '}') is_inside = false;
        if (!is_inside) plain.push_back(letter);
        if (letter == '{') is_inside = true;
    }
    return plain;
}

const ApiOperation* OpenApi::operation(std::string_view method, std::string_view path) const {
    const std::string wanted = without_parameter_names(path);
    for (const ApiOperation& one : operations_) {
        if (one.method == method && without_parameter_names(one.path) == wanted) return &one;
    }
    return nullptr;
}

const YamlNode* OpenApi::resolve(const YamlNode* node) const {
    for (int hops = 0; node != nullptr; ++hops) {
        const YamlNode* reference = node->find("$ref");
        if (reference == nullptr || !reference->is_scalar()) return node;
        if (hops == kReferencesInARowMax) return nullptr;
        node = follow_pointer(*root_, reference->text);
    }
    return nullptr;
}

const YamlNode* OpenApi::property(const YamlNode* schema, std::string_view name) const {
    const YamlNode* found = nullptr;
    const std::function<bool(const YamlNode&)> visit = [&](const YamlNode& part) {
        const YamlNode* properties = part.find("properties");
        found = properties == nullptr ? nullptr : resolve(properties->find(name));
        return found != nullptr;
    };
    SchemaWalk(*this, visit).look(schema);
    return found;
}

std::vector<std::string> OpenApi::properties(const YamlNode* schema) const {
    std::set<std::string> names;
    const std::function<bool(const YamlNode&)> visit = [&](const YamlNode& part) {
        if (const YamlNode* properties = part.find("properties")) {
            for (const YamlMember& member : properties->members) names.insert(member.key);
        }
        return false;
    };
    SchemaWalk(*this, visit).look(schema);
    return {names.begin(), names.end()};
}

const YamlNode* OpenApi::items(const YamlNode* schema) const {
    return resolve(keyword(schema, "items"));
}

bool OpenApi::any_part(const YamlNode* schema,
                       const std::function<bool(const YamlNode&)>& holds) const {
    return SchemaWalk(*this, holds).look(schema);
}

const YamlNode* OpenApi::keyword(const YamlNode* schema, std::string_view name) const {
    const YamlNode* found = nullptr;
    any_part(schema, [&](const YamlNode& part) {
        found = part.find(name);
        return found != nullptr;
    });
    return found;
}

std::string_view type_of(const YamlNode& schema) {
    const YamlNode* type = schema.find("type");
    if (type == nullptr) return {};
    if (!type->is_list()) return type->text;
    const auto named = std::ranges::find_if(
        type->items, [](const YamlNode& item) { return item.is_scalar() && item.text != "null"; });
    return named == type->items.end() ? std::string_view{} : named->text;
}

std::string_view OpenApi::word(const YamlNode* schema, std::string_view name) const {
    if (name == "type") {
        std::string_view type;
        any_part(schema, [&](const YamlNode& part) { return !(type = type_of(part)).empty(); });
        return type;
    }
    const YamlNode* found = keyword(schema, name);
    return found == nullptr || !found->is_scalar() ? std::string_view{} : found->text;
}

bool OpenApi::holds_fractions(const YamlNode* schema) const {
    const auto is_number = [](const YamlNode& part) { return type_of(part) == "number"; };
    return any_part(schema, is_number) || any_part(items(schema), is_number) ||
           any_part(keyword(schema, "additionalProperties"), is_number);
}

}  // namespace onsite
