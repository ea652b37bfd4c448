#include "exercises/2-invoicing/checks/api_checks.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/words.hpp"
#include "harness/documents/paging.hpp"

namespace onsite::invoicing {
namespace {

constexpr std::string_view kWebhookPath = "/v1/webhooks/stripe";
constexpr std::int64_t kLimitMax = 1'000;  // Of rows in a page.

struct Endpoint {
    std::string_view method;
    std::string_view path;
    std::string_view success;  // What it answers when all is well.
};
constexpr Endpoint kEndpoints[] = {{"post", "/v1/invoices", "201"},
                                   {"get", "/v1/invoices", "200"},
                                   {"get", "/v1/invoices/{}", "200"},
                                   {"post", "/v1/invoices/{}/finalize", "200"},
                                   {"post", "/v1/invoices/{}/send", "2"},
                                   {"post", "/v1/invoices/{}/pay", "2"},
                                   {"post", "/v1/invoices/{}/void", "200"},
                                   {"get", "/v1/invoices/{}/pdf", "200"},
                                   {"post", kWebhookPath, "2"}};

bool is_write(const ApiOperation& operation) {
    const bool is_safe = operation.method == "get" || operation.method == "head" ||
                         operation.method == "options" || operation.method == "trace";
    return !is_safe && operation.path != kWebhookPath;
}

bool is_error(const ApiResponse& response) {
    return response.status.starts_with('4') || response.status.starts_with('5') ||
           response.status == "default";
}

std::string name_of(const ApiOperation& operation) {
    return fmt::format("{} {}", operation.method, operation.path.substr(0, 100));
}

bool has_response(const ApiOperation& operation, std::string_view beginning) {
    return std::ranges::any_of(operation.responses, [&](const ApiResponse& response) {
        return response.status.starts_with(beginning);
    });
}

const YamlNode* json_schema(const std::vector<ApiContent>& contents) {
    const auto found = std::ranges::find_if(contents, [](const ApiContent& content) {
        return content.type.starts_with("application/json");
    });
    return found == contents.end() ? nullptr : found->schema;
}

// Calls visit(name, schema, line) for every property that is described anywhere.
template <typename Visit>
void each_property(const OpenApi& api, const YamlNode& node, const Visit& visit) {
    for (const YamlMember& member : node.members) {
        if (member.key == "example" || member.key == "examples") continue;
        if (member.key == "properties" && member.value.is_map()) {
            for (const YamlMember& property : member.value.members) {
                visit(property.key, api.resolve(&property.value), property.line);
            }
        }
        each_property(api, member.value, visit);
    }
    for (const YamlNode& item : node.items) each_property(api, item, visit);
}

// A text of a certain form (a date), or one of a few, is no amount: due, tax: included.
bool is_amount(const OpenApi& api, const YamlNode* schema, std::string_view name) {
    if (!is_money_name(name)) return false;
    const std::string_view type = api.word(schema, "type");
    constexpr std::string_view kNumbers[] = {"",      "bigint", "decimal", "double",
                                             "float", "int32",  "int64",   "money"};
    const bool is_number_in_text =
        type == "string" && api.keyword(schema, "enum") == nullptr &&
        std::ranges::find(kNumbers, api.word(schema, "format")) != std::end(kNumbers);
    return type == "integer" || is_number_in_text;
}

// The members of an error answer and their types: two schemas that say the same are one shape.
std::string shape_of(const OpenApi& api, const YamlNode* answer) {
    std::string shape = fmt::format("{}", fmt::join(api.properties(answer), " "));
    const YamlNode* error = api.property(answer, "error");
    for (const std::string& name : api.properties(error)) {
        shape += fmt::format(" {}:{}", name, api.word(api.property(error, name), "type"));
    }
    return shape;
}

void expect_no_offset(const ApiOperation* list, Findings& findings) {
    const int line = list == nullptr ? 0 : list->line;
    using Names = std::span<const std::string_view>;
    for (const Names names : {Names(kOffsetNames), Names(kPageNumberNames), Names(kSkipNames)}) {
        const ApiParameter* found = list == nullptr ? nullptr : query_called(*list, names);
        findings.expect(found == nullptr, kApi, found == nullptr ? line : found->line,
                        "expected no counting of rows: invoices that are added meanwhile repeat or "
                        "hide others, and page 10,000 reads all before it");
    }
}

}  // namespace

Result<Verdict> api_is_valid(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    const OpenApi& api = *context.api;
    Findings findings(context.documents, check);
    findings.expect(!api.operations().empty(), kApi, 0, "expected operations under paths");
    for (const ApiProblem& problem : api.problems()) {
        findings.expect(false, kApi, problem.line, problem.message);
    }
    std::map<std::string, int> lines;
    for (const ApiOperation& operation : api.operations()) {
        findings.expect(!operation.id.empty(), kApi, operation.line,
                        fmt::format("expected an operationId of {}: generated clients call their "
                                    "function by it",
                                    name_of(operation)));
        if (operation.id.empty()) continue;
        const auto [first, is_new] = lines.emplace(operation.id, operation.line);
        findings.expect(is_new, kApi, operation.line,
                        fmt::format("expected an operationId of its own, found the one of line {}",
                                    first->second));
    }
    return findings.verdict("api.yaml is OpenAPI 3.0 without loose ends");
}

Result<Verdict> api_has_the_endpoints(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    Findings findings(context.documents, check);
    for (const Endpoint& endpoint : kEndpoints) {
        const ApiOperation* operation = context.api->operation(endpoint.method, endpoint.path);
        findings.expect(operation != nullptr, kApi, 0,
                        fmt::format("expected {} {}", endpoint.method, endpoint.path));
        if (operation == nullptr) continue;
        findings.expect(
            has_response(*operation, endpoint.success), kApi, operation->line,
            fmt::format("expected a response {} of {}",
                        endpoint.success == "2" ? "2xx" : endpoint.success, name_of(*operation)));
        const bool names_one = endpoint.path.find("{}") != std::string_view::npos;
        if (names_one) {
            findings.expect(has_response(*operation, "404"), kApi, operation->line,
                            fmt::format("expected a response 404 of {}: another account's invoice "
                                        "is no different from a missing one",
                                        name_of(*operation)));
        }
    }
    return findings.verdict("everything that the brief asks for can be called");
}

Result<Verdict> api_amounts_are_integers(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    const OpenApi& api = *context.api;
    Findings findings(context.documents, check);
    bool has_money = false, has_fraction = false;
    each_property(api, api.root(), [&](std::string_view name, const YamlNode* schema, int line) {
        const bool is_fraction = api.holds_fractions(schema) && !is_measure_name(name);
        if (!is_fraction && !is_amount(api, schema, name)) return;
        has_money = true;
        has_fraction = has_fraction || is_fraction;
        findings.expect(!is_fraction && api.word(schema, "type") == "integer", kApi, line,
                        "expected type: integer, minor units: a JSON number with a fraction is a "
                        "double in most clients");
    });
    findings.expect(has_money, kApi, 0, "expected properties with amounts");
    Verdict verdict = findings.verdict("every amount of the API is an integer");
    if (has_fraction) verdict.percent = 0;  // As in the schema: one is as bad as all.
    return verdict;
}

Result<Verdict> writes_take_an_idempotency_key(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    Findings findings(context.documents, check);
    for (const ApiOperation& operation : context.api->operations()) {
        if (!is_write(operation)) continue;
        const ApiParameter* key = operation.parameter("header", "Idempotency-Key");
        findings.expect(key != nullptr && key->is_required, kApi, operation.line,
                        fmt::format("expected a required header Idempotency-Key of {}: a client "
                                    "that got no answer must be able to ask again",
                                    name_of(operation)));
        findings.expect(operation.response("409") != nullptr, kApi, operation.line,
                        fmt::format("expected a response 409 of {}: the key came with another "
                                    "request, or its first one is still running",
                                    name_of(operation)));
    }
    findings.expect(std::ranges::any_of(context.api->operations(), is_write), kApi, 0,
                    "expected operations that write");
    return findings.verdict("every write takes an idempotency key and says what a reused one gets");
}

Result<Verdict> errors_have_one_shape(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    const OpenApi& api = *context.api;
    Findings findings(context.documents, check);
    const YamlNode* first = nullptr;
    for (const ApiOperation& operation : api.operations()) {
        findings.expect(std::ranges::any_of(operation.responses, is_error), kApi, operation.line,
                        fmt::format("expected the errors of {}", name_of(operation)));
        for (const ApiResponse& response : operation.responses) {
            if (!is_error(response)) continue;
            const YamlNode* schema = json_schema(response.contents);
            const YamlNode* error = api.property(schema, "error");
            const bool is_whole = api.property(error, "type") != nullptr &&
                                  api.property(error, "code") != nullptr &&
                                  api.property(error, "message") != nullptr &&
                                  api.property(error, "param") != nullptr;
            findings.expect(is_whole, kApi, response.line,
                            fmt::format("expected an error of {} with type, code, message and "
                                        "param, in application/json",
                                        name_of(operation)));
            if (!is_whole) continue;
            if (first == nullptr) first = schema;
            findings.expect(schema == first || shape_of(api, schema) == shape_of(api, first), kApi,
                            response.line,
                            fmt::format("expected the error schema of line {}: one shape for all",
                                        first->line));
        }
    }
    return findings.verdict("all errors have one shape");
}

Result<Verdict> lists_page_by_cursor(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    const ApiOperation* list = context.api->operation("get", "/v1/invoices");
    Findings findings(context.documents, check);
    const int line = list == nullptr ? 0 : list->line;
    findings.expect(list != nullptr && query_called(*list, kCursorNames) != nullptr, kApi, line,
                    "expected get /v1/invoices to take starting_after or cursor: the page after a "
                    "row");
    expect_no_offset(list, findings);
    const ApiParameter* limit = list == nullptr ? nullptr : list->parameter("query", "limit");
    const YamlNode* maximum =
        limit == nullptr ? nullptr : context.api->keyword(limit->schema, "maximum");
    const std::int64_t most = maximum == nullptr ? 0 : maximum->integer().value_or(0);
    findings.expect(most >= 1 && most <= kLimitMax, kApi, limit == nullptr ? line : limit->line,
                    fmt::format("expected limit with a maximum of at most {}: nobody asks for a "
                                "million rows at once",
                                kLimitMax));
    for (const std::string_view name : {"customer", "status"}) {
        findings.expect(list != nullptr && list->parameter("query", name) != nullptr, kApi, line,
                        fmt::format("expected get /v1/invoices to take {}", name));
    }
    const ApiResponse* page = list == nullptr ? nullptr : list->response("200");
    const YamlNode* schema = page == nullptr ? nullptr : json_schema(page->contents);
    findings.expect(says_there_is_more(*context.api, schema), kApi,
                    page == nullptr ? line : page->line,
                    "expected has_more or next_cursor in the page: when does a client stop?");
    return findings.verdict("lists go on after a row");
}

Result<Verdict> webhook_is_verified(const Context& context, const std::string& check) {
    if (!context.api) return unreadable(check, context.api.error());
    const ApiOperation* webhook = context.api->operation("post", kWebhookPath);
    Findings findings(context.documents, check);
    const int line = webhook == nullptr ? 0 : webhook->line;
    const ApiParameter* signature =
        webhook == nullptr ? nullptr : webhook->parameter("header", "Stripe-Signature");
    findings.expect(signature != nullptr && signature->is_required, kApi, line,
                    "expected post /v1/webhooks/stripe with a required header Stripe-Signature: "
                    "anybody can send an event");
    findings.expect(webhook != nullptr && webhook->response("400") != nullptr, kApi, line,
                    "expected a response 400 for a signature that is wrong or too old");
    findings.expect(webhook != nullptr && has_response(*webhook, "5"), kApi, line,
                    "expected a response 5xx: when the event could not be stored, Stripe has to "
                    "send it again");
    return findings.verdict("Stripe's events are taken with their signature");
}

}  // namespace onsite::invoicing
