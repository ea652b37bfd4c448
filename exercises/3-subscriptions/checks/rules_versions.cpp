// What lets an API change under clients that do not.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "exercises/3-subscriptions/checks/page.hpp"
#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

void version_on_every_request(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        ruling.expect(header_with(operation, "version") != nullptr, operation.line,
                      fmt::format("expected {} {} to take a header with the version",
                                  operation.method, operation.path));
    }
}

bool is_declared_open(const YamlNode& schema) {
    for (const char* key : {"x-extensible-enum", "x-extensible", "x-open"}) {
        const YamlNode* mark = schema.find(key);
        if (mark != nullptr && mark->boolean() != false) return true;
    }
    return mentions(schema.text_of("description"),
                    {"new value", "more value", "other value", "unknown value", "may grow"});
}

// Some write the values there instead of in an enum.
const YamlNode* values_of(const OpenApi& document, const YamlNode* schema) {
    const YamlNode* values = document.keyword(schema, "enum");
    return values != nullptr ? values : document.keyword(schema, "x-extensible-enum");
}

void enums_are_open(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        const YamlNode* values = values_of(api.document(), property.schema);
        // A single value names the object; what a client sends, the server knows.
        if (values == nullptr || values->items.size() < 2 || !property.is_in_reply) continue;
        ruling.expect(api.document().any_part(property.schema, is_declared_open), property.line,
                      fmt::format("expected {} to say that new values may come "
                                  "(x-extensible-enum: true, or its description)",
                                  property.name));
    }
}

bool is_a_verb(std::string_view segment) {
    constexpr auto kVerbs =
        std::to_array<std::string_view>({"get", "create", "list", "update", "delete", "fetch",
                                         "make", "do", "set", "add", "remove"});
    return std::ranges::any_of(kVerbs, [&](std::string_view verb) {
        return segment == verb || (segment.starts_with(verb) && segment.size() > verb.size() &&
                                   segment[verb.size()] == '_');
    });
}

void paths_are_nouns(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        const auto segments = segments_of(operation.path);
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const std::string_view segment = segments[i];
            if (segment.starts_with('{')) continue;
            const bool is_plain = segment == lowered(segment) && segment.find('-') == segment.npos;
            const bool has_an_id = i + 1 < segments.size() && segments[i + 1].starts_with('{');
            ruling.expect(is_plain && !is_a_verb(segment) && (!has_an_id || segment.ends_with('s')),
                          operation.line,
                          fmt::format("expected {} to be made of nouns in snake_case, of many "
                                      "before an id; found {}",
                                      operation.path, segment));
        }
    }
}

// ---- Deprecation

std::vector<const ApiOperation*> deprecated(const Api& api) {
    std::vector<const ApiOperation*> operations;
    for (const ApiOperation& operation : api.operations()) {
        if (operation.is_deprecated) operations.push_back(&operation);
    }
    return operations;
}

const ApiParameter* header_of_success(const ApiOperation& operation, std::string_view name) {
    const ApiResponse* success = success_of(operation);
    return success == nullptr ? nullptr : header_of(*success, name);
}

void deprecation_is_announced(const Api& api, Ruling& ruling) {
    for (const ApiOperation* operation : deprecated(api)) {
        for (const char* name : {"Deprecation", "Sunset", "Link"}) {
            ruling.expect(header_of_success(*operation, name) != nullptr, operation->line,
                          fmt::format("expected the answer of {} {} to have the header {}",
                                      operation->method, operation->path, name));
        }
    }
}

std::string_view example_of(const ApiParameter* header) {
    if (header == nullptr) return {};
    if (!header->examples.empty()) return header->examples.front().value->text;
    return header->schema == nullptr ? std::string_view{} : header->schema->text_of("example");
}

void dates_have_their_forms(const Api& api, Ruling& ruling) {
    for (const ApiOperation* operation : deprecated(api)) {
        const ApiParameter* deprecation = header_of_success(*operation, "Deprecation");
        const std::string_view at = example_of(deprecation);
        const bool is_epoch =
            at.size() > 1 && at[0] == '@' && at.find_first_not_of("0123456789", 1) == at.npos;
        ruling.expect(is_epoch, deprecation == nullptr ? operation->line : deprecation->line,
                      "expected an example of Deprecation in the form @1796083200");
        const ApiParameter* sunset = header_of_success(*operation, "Sunset");
        ruling.expect(example_of(sunset).ends_with(" GMT"),
                      sunset == nullptr ? operation->line : sunset->line,
                      "expected an example of Sunset in the form Tue, 01 Jun 2027 00:00:00 GMT");
    }
}

void gone_after_sunset(const Api& api, Ruling& ruling) {
    for (const ApiOperation* operation : deprecated(api)) {
        ruling.expect(
            operation->response("410") != nullptr, operation->line,
            fmt::format("expected {} {} to document 410", operation->method, operation->path));
    }
}

constexpr Rule kVersions[] = {
    {"version_on_every_request", "Every operation takes a header with the version.",
     "a client can then try the next version with one request, and go back",
     "Stripe, API versioning", version_on_every_request},
    {"enums_are_open", "An enum in a reply says that new values may come.",
     "a client that breaks on a new value makes every new value a breaking change",
     "Stripe, backward-compatible changes; Zalando guidelines, rule 112", enums_are_open},
    {"paths_are_nouns", "Paths are nouns in snake_case, of many before an id.",
     "whoever knows one path can guess the next", "Google AIP-122; Stripe", paths_are_nouns},
};

constexpr Rule kDeprecation[] = {
    {"deprecation_is_announced",
     "What is deprecated says so in every answer: Deprecation, Sunset and a Link.",
     "nobody reads changelogs, and a program can read headers", "RFC 9745, RFC 8594",
     deprecation_is_announced},
    {"dates_have_their_forms", "Deprecation is a structured date, Sunset an HTTP date.",
     "two forms in one answer are the classic mistake", "RFC 9745, RFC 8594",
     dates_have_their_forms},
    {"gone_after_sunset", "What is deprecated documents the 410 that comes after its sunset.",
     "the end has an error of the same shape, not a surprise", "RFC 9110, 410 Gone",
     gone_after_sunset},
};

}  // namespace

std::span<const Rule> version_rules() { return kVersions; }
std::span<const Rule> deprecation_rules() { return kDeprecation; }

}  // namespace onsite::subscriptions
