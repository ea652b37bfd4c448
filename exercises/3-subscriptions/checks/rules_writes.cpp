// What makes it safe to repeat a write whose answer was lost.

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::int64_t kKeyLengthMax = 255;

std::string name_of(const ApiOperation& operation) {
    return fmt::format("{} {}", operation.method, operation.path);
}

const ApiParameter* key_of(const ApiOperation& operation) {
    return operation.parameter("header", "Idempotency-Key");
}

void key_on_every_write(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_write(operation)) continue;
        const ApiParameter* key = key_of(operation);
        ruling.expect(key != nullptr && key->is_required, operation.line,
                      fmt::format("expected {} to require the header Idempotency-Key, found {}",
                                  name_of(operation), key == nullptr ? "none" : "an optional one"));
    }
}

void key_has_a_length(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        const ApiParameter* key = key_of(operation);
        if (key == nullptr) continue;
        const YamlNode* length = api.document().keyword(key->schema, "maxLength");
        const std::int64_t most = length == nullptr ? 0 : length->integer().value_or(0);
        ruling.expect(most >= 1 && most <= kKeyLengthMax, key->line,
                      fmt::format("expected maxLength of at most {}", kKeyLengthMax));
    }
}

void key_has_a_lifetime(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        const ApiParameter* key = key_of(operation);
        if (key == nullptr) continue;
        ruling.expect(mentions_span(key->description, {"hour", "h ", "day"}), key->line,
                      "expected a description that says for how many hours or days a key is kept");
    }
}

void replay_is_marked(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_write(operation)) continue;
        const ApiResponse* success = success_of(operation);
        const ApiParameter* mark =
            success == nullptr ? nullptr : header_of(*success, "Idempotent-Replayed");
        ruling.expect(mark != nullptr, success == nullptr ? operation.line : success->line,
                      fmt::format("expected the response of {} to have the header "
                                  "Idempotent-Replayed",
                                  name_of(operation)));
    }
}

// Everything that a response says about itself: its description and the names and texts of its
// examples.
bool says(const ApiResponse& response, std::initializer_list<std::string_view> words) {
    if (mentions(response.description, words)) return true;
    for (const ApiContent& content : response.contents) {
        for (const ApiExample& example : content.examples) {
            const YamlNode* error = example.value->find("error");
            if (mentions(example.name, words)) return true;
            if (error != nullptr && mentions(error->text_of("code"), words)) return true;
        }
    }
    return false;
}

void conflicts_are_told_apart(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_write(operation)) continue;
        const ApiResponse* conflict = operation.response("409");
        const bool is_in_use =
            conflict != nullptr && says(*conflict, {"in_use", "in use", "in progress"});
        const bool is_mismatch =
            conflict != nullptr && says(*conflict, {"mismatch", "reused", "other parameters"});
        ruling.expect(is_in_use && is_mismatch,
                      conflict == nullptr ? operation.line : conflict->line,
                      fmt::format("expected a 409 of {} that tells a key in use from a key with "
                                  "another body",
                                  name_of(operation)));
    }
}

constexpr Rule kRules[] = {
    {"key_on_every_write", "Every POST and PATCH requires an Idempotency-Key.",
     "a client whose connection broke must be able to ask again without paying twice",
     "IETF draft idempotency-key-header; Stripe, idempotent requests", key_on_every_write},
    {"key_has_a_length", "An idempotency key has a length that is bounded.",
     "a key is stored and indexed, and nobody may choose a megabyte",
     "Stripe, idempotent requests: 255 characters", key_has_a_length},
    {"key_has_a_lifetime", "The documentation says how long a key is kept.",
     "a retry after that is a new request, and a client must know",
     "IETF draft idempotency-key-header, section 2.3", key_has_a_lifetime},
    {"replay_is_marked", "A replayed answer says that it is one.",
     "whoever debugs a double click must be able to tell the first answer from its copy",
     "Stripe, Idempotent-Replayed", replay_is_marked},
    {"conflicts_are_told_apart",
     "A 409 tells a key that is in use from a key that came with another body.",
     "the first is worth another try, the second never is",
     "IETF draft idempotency-key-header; Brandur Leach, rocket-rides-atomic",
     conflicts_are_told_apart},
};

}  // namespace

std::span<const Rule> idempotency_rules() { return kRules; }

}  // namespace onsite::subscriptions
