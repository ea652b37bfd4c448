#include "exercises/3-subscriptions/checks/api.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/ascii.hpp"
#include "exercises/3-subscriptions/checks/page.hpp"

namespace onsite::subscriptions {
namespace {

// Every property below some schemas. A schema that is a part of itself is looked at once.
class PropertyWalk {
public:
    PropertyWalk(const OpenApi& document, std::vector<ApiProperty>& into,
                 std::vector<const YamlNode*>& schemas)
        : document_(document), into_(into), schemas_(schemas) {}

    // `whole` is the schema that this one is a part of by allOf: both describe one object.
    void look(const YamlNode* schema, bool is_in_reply, int depth = 0,
              const YamlNode* whole = nullptr) {
        schema = document_.resolve(schema);
        if (schema == nullptr || depth > kPropertyDepthMax) return;
        if (!seen_.insert(schema).second) return;
        schemas_.push_back(schema);
        if (whole == nullptr) whole = schema;
        if (const YamlNode* properties = schema->find("properties")) {
            for (const YamlMember& member : properties->members) {
                add(member, *whole, is_in_reply, depth);
            }
        }
        for (const char* word : {"allOf", "oneOf", "anyOf"}) {
            const YamlNode* parts = schema->find(word);
            if (parts == nullptr) continue;
            const bool is_one_object = word == std::string_view("allOf");
            for (const YamlNode& part : parts->items) {
                look(&part, is_in_reply, depth + 1, is_one_object ? whole : nullptr);
            }
        }
        look(schema->find("items"), is_in_reply, depth + 1);
        look(schema->find("additionalProperties"), is_in_reply, depth + 1);
    }

private:
    void add(const YamlMember& member, const YamlNode& owner, bool is_in_reply, int depth) {
        const YamlNode* schema = document_.resolve(&member.value);
        if (schema == nullptr || into_.size() == kPropertiesMax) return;
        into_.push_back({member.key, member.line, schema, &owner, is_in_reply});
        look(schema, is_in_reply, depth + 1);
    }

    const OpenApi& document_;
    std::vector<ApiProperty>& into_;
    std::vector<const YamlNode*>& schemas_;
    std::set<const YamlNode*> seen_;  // Asked, never walked through.
};

// Runs of letters and digits, in small letters.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool is_inside = false;
    for (const char letter : lowered(text)) {
        const bool is_part = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_part && !is_inside) words.emplace_back();
        if (is_part) words.back().push_back(letter);
        is_inside = is_part;
    }
    return words;
}

bool is_a_number_in_letters(std::string_view word) {
    constexpr auto kNumbers = std::to_array<std::string_view>(
        {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
         "fifteen", "twenty", "thirty", "forty", "sixty", "ninety", "hundred"});
    return std::ranges::find(kNumbers, word) != kNumbers.end();
}

}  // namespace

Api::Api(OpenApi document) : document_(std::move(document)) {
    PropertyWalk walk(document_, properties_, schemas_);
    for (const ApiOperation& operation : operations()) {
        for (const ApiResponse& response : operation.responses) {
            for (const ApiContent& content : response.contents) walk.look(content.schema, true);
        }
    }
    // What a webhook is sent with is a reply to whoever reads it.
    for (const ApiOperation& webhook : webhooks()) {
        if (!webhook.body) continue;
        for (const ApiContent& content : webhook.body->contents) walk.look(content.schema, true);
    }
    for (const ApiOperation& operation : operations()) {
        if (!operation.body) continue;
        for (const ApiContent& content : operation.body->contents) walk.look(content.schema, false);
    }
}

Result<Api> Api::read(std::string_view text, std::string_view what) {
    auto document = OpenApi::read(text, what);
    if (!document) return pass_on(document);
    return Api(std::move(*document));
}

const ApiOperation* Api::ending(std::string_view method, std::string_view path) const {
    for (const ApiOperation& operation : operations()) {
        if (operation.method != method) continue;
        if (without_parameter_names(operation.path).ends_with(path)) return &operation;
    }
    return nullptr;
}

bool is_write(const ApiOperation& operation) {
    return operation.method == "post" || operation.method == "patch";
}

bool is_list(const ApiOperation& operation) {
    return operation.method == "get" && operation.path.ends_with('s');
}

bool takes_an_id(const ApiOperation& operation) {
    return operation.path.find('{') != std::string::npos;
}

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) segments.push_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return segments;
}

const ApiResponse* success_of(const ApiOperation& operation) {
    // The smallest, not the first: the order of keys means nothing.
    const ApiResponse* found = nullptr;
    for (const ApiResponse& response : operation.responses) {
        if (!response.status.starts_with('2')) continue;
        if (found == nullptr || response.status < found->status) found = &response;
    }
    return found;
}

const YamlNode* json_schema(const std::vector<ApiContent>& contents) {
    const auto found = std::ranges::find_if(contents, [](const ApiContent& content) {
        // Without what may follow: "application/json; charset=utf-8".
        const std::string_view type = std::string_view(content.type);
        return trimmed(type.substr(0, type.find(';'))).ends_with("json");
    });
    return found == contents.end() ? nullptr : found->schema;
}

const ApiParameter* header_of(const ApiResponse& response, std::string_view name) {
    const auto found = std::ranges::find_if(response.headers, [&](const ApiParameter& header) {
        return same_ignoring_case(header.name, name);
    });
    return found == response.headers.end() ? nullptr : &*found;
}

const ApiParameter* header_with(const ApiOperation& operation, std::string_view word) {
    const auto found =
        std::ranges::find_if(operation.parameters, [&](const ApiParameter& parameter) {
            return parameter.in == "header" && mentions(parameter.name, {word});
        });
    return found == operation.parameters.end() ? nullptr : &*found;
}

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
    const std::string small = lowered(text);
    return std::ranges::any_of(words, [&](std::string_view word) {
        return small.find(lowered(word)) != std::string::npos;
    });
}

bool mentions_span(std::string_view text, std::initializer_list<std::string_view> units) {
    const std::vector<std::string> words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t digits =
            std::min(words[i].find_first_not_of("0123456789"), words[i].size());
        if (digits == 0 && !is_a_number_in_letters(words[i])) continue;
        const bool is_joined = digits > 0 && digits < words[i].size();  // "24h"
        const std::string unit = is_joined              ? words[i].substr(digits)
                                 : i + 1 < words.size() ? words[i + 1]
                                                        : "";
        const bool is_unit = std::ranges::any_of(
            units, [&](std::string_view wanted) { return (unit + ' ').starts_with(wanted); });
        if (is_unit) return true;
    }
    return false;
}

}  // namespace onsite::subscriptions
