// Lists and errors: what every client reads, whatever it asked for.

#include <algorithm>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/rules.hpp"
#include "harness/documents/paging.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::int64_t kLimitMax = 1'000;

void cursors_not_offsets(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_list(operation)) continue;
        const bool has_cursor = query_called(operation, kCursorNames) != nullptr;
        const bool has_offset = query_called(operation, kOffsetNames) != nullptr ||
                                query_called(operation, kPageNumberNames) != nullptr ||
                                query_called(operation, kSkipNames) != nullptr;
        ruling.expect(has_cursor && !has_offset, operation.line,
                      fmt::format("expected get {} to take a cursor (starting_after) and no offset",
                                  operation.path));
    }
}

std::optional<std::int64_t> number_of(const OpenApi& document, const ApiParameter* parameter,
                                      std::string_view key) {
    if (parameter == nullptr) return std::nullopt;
    const YamlNode* value = document.keyword(parameter->schema, key);
    return value == nullptr ? std::nullopt : value->integer();
}

void limit_is_bounded(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_list(operation)) continue;
        const ApiParameter* limit = query_called(operation, kPageSizeNames);
        const auto least = number_of(api.document(), limit, "minimum");
        const auto most = number_of(api.document(), limit, "maximum");
        const bool holds = least && *least >= 1 && most && *most <= kLimitMax &&
                           number_of(api.document(), limit, "default").has_value();
        ruling.expect(holds, limit == nullptr ? operation.line : limit->line,
                      fmt::format("expected a query parameter limit with minimum 1, a maximum of "
                                  "at most {} and a default",
                                  kLimitMax));
    }
}

void list_says_if_there_is_more(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    for (const ApiOperation& operation : api.operations()) {
        if (!is_list(operation)) continue;
        const ApiResponse* success = success_of(operation);
        const YamlNode* schema = success == nullptr ? nullptr : json_schema(success->contents);
        const bool has_data = document.items(document.property(schema, "data")) != nullptr;
        ruling.expect(has_data && says_there_is_more(document, schema),
                      success == nullptr ? operation.line : success->line,
                      fmt::format("expected get {} to answer with an array data and with has_more",
                                  operation.path));
    }
}

bool is_error(const ApiResponse& response) {
    return response.status.starts_with('4') || response.status.starts_with('5') ||
           response.status == "default";
}

void one_error_shape(const Api& api, Ruling& ruling) {
    const OpenApi& document = api.document();
    for (const ApiOperation& operation : api.operations()) {
        for (const ApiResponse& response : operation.responses) {
            if (!is_error(response)) continue;
            const YamlNode* error = document.property(json_schema(response.contents), "error");
            std::string missing;
            for (const char* part : {"type", "code", "message", "param"}) {
                if (document.property(error, part) == nullptr) missing += fmt::format(" {}", part);
            }
            ruling.expect(missing.empty(), response.line,
                          fmt::format("expected the {} of {} {} to have an error with type, code, "
                                      "message and param; missing:{}",
                                      response.status, operation.method, operation.path, missing));
        }
    }
}

void expect_status(const ApiOperation& operation, std::string_view status, Ruling& ruling) {
    ruling.expect(
        operation.response(status) != nullptr, operation.line,
        fmt::format("expected {} {} to document {}", operation.method, operation.path, status));
}

void refusals_are_documented(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        expect_status(operation, "401", ruling);
        expect_status(operation, "403", ruling);
        if (takes_an_id(operation)) expect_status(operation, "404", ruling);
    }
}

void bad_input_is_documented(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_write(operation)) continue;
        const bool is_there =
            operation.response("400") != nullptr || operation.response("422") != nullptr;
        ruling.expect(
            is_there, operation.line,
            fmt::format("expected {} {} to document 400 or 422", operation.method, operation.path));
    }
}

void rate_limit_says_when(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        const ApiResponse* limit = operation.response("429");
        ruling.expect(limit != nullptr && header_of(*limit, "Retry-After") != nullptr,
                      limit == nullptr ? operation.line : limit->line,
                      fmt::format("expected {} {} to document 429 with the header Retry-After",
                                  operation.method, operation.path));
    }
}

void answers_have_a_request_id(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        for (const ApiResponse& response : operation.responses) {
            const bool has_id = header_of(response, "Request-Id") != nullptr ||
                                header_of(response, "X-Request-Id") != nullptr;
            ruling.expect(has_id, response.line,
                          fmt::format("expected the {} of {} {} to have the header Request-Id",
                                      response.status, operation.method, operation.path));
        }
    }
}

constexpr Rule kLists[] = {
    {"cursors_not_offsets", "A list is read by cursor, not by offset.",
     "a row that is added while somebody reads shifts every offset: rows come twice or never",
     "Stripe, pagination", cursors_not_offsets},
    {"limit_is_bounded", "The size of a page has a default and a maximum.",
     "one client that asks for everything is an outage", "Stripe, pagination", limit_is_bounded},
    {"list_says_if_there_is_more", "A page says whether there is another one.",
     "a page that happens to be full looks like the last", "Stripe, has_more",
     list_says_if_there_is_more},
};

constexpr Rule kErrors[] = {
    {"one_error_shape", "Every error has type, code, message and param.",
     "a program branches on code, a form marks param, a person reads message", "Stripe, errors",
     one_error_shape},
    {"refusals_are_documented", "401, 403 and, where there is an id, 404 are documented.",
     "a client has to tell a wrong key, a key without the right and a thing that is not there",
     "RFC 9110", refusals_are_documented},
    {"bad_input_is_documented", "Every write documents what it answers to bad input.",
     "it is the first answer that a developer gets", "RFC 9110", bad_input_is_documented},
    {"rate_limit_says_when", "A 429 says with Retry-After when to come back.",
     "without it, every client that was refused comes back at the same moment", "RFC 6585",
     rate_limit_says_when},
    {"answers_have_a_request_id", "Every answer has a Request-Id.",
     "it is what a customer can quote and support can find", "Stripe, request ids",
     answers_have_a_request_id},
};

}  // namespace

std::span<const Rule> list_rules() { return kLists; }
std::span<const Rule> error_rules() { return kErrors; }

}  // namespace onsite::subscriptions
