// What the first day with an API is like.

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/example.hpp"
#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

bool has_example(const std::vector<ApiContent>& contents) {
    return std::ranges::any_of(contents,
                               [](const ApiContent& content) { return !content.examples.empty(); });
}

void writes_have_examples(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_write(operation)) continue;
        const ApiResponse* success = success_of(operation);
        const bool shows_request = !operation.body || has_example(operation.body->contents);
        const bool shows_reply = success != nullptr && has_example(success->contents);
        ruling.expect(shows_request && shows_reply, operation.line,
                      fmt::format("expected an example of what {} {} takes and of what it answers",
                                  operation.method, operation.path));
    }
}

void judge_example(const Api& api, const YamlNode& value, const YamlNode* schema, Ruling& ruling) {
    const auto fault = fault_in_example(api.document(), value, schema);
    ruling.expect(!fault, fault ? fault->line : value.line, fault ? fault->problem : "");
}

void judge_examples(const Api& api, const std::vector<ApiContent>& contents, Ruling& ruling) {
    for (const ApiContent& content : contents) {
        for (const ApiExample& example : content.examples) {
            judge_example(api, *example.value, content.schema, ruling);
        }
    }
}

// A parameter that many operations share is judged once: an example of it is one place.
void judge_parameters(const Api& api, Ruling& ruling) {
    std::set<const YamlNode*> judged;
    for (const ApiOperation& operation : api.operations()) {
        for (const ApiParameter& parameter : operation.parameters) {
            for (const ApiExample& example : parameter.examples) {
                if (!judged.insert(example.value).second) continue;
                judge_example(api, *example.value, parameter.schema, ruling);
            }
        }
    }
}

void examples_are_valid(const Api& api, Ruling& ruling) {
    judge_parameters(api, ruling);
    for (const YamlNode* schema : api.schemas()) {
        const YamlNode* example = schema->find("example");
        if (example != nullptr) judge_example(api, *example, schema, ruling);
    }
    for (const auto* operations : {&api.operations(), &api.webhooks()}) {
        for (const ApiOperation& operation : *operations) {
            if (operation.body) judge_examples(api, operation.body->contents, ruling);
            for (const ApiResponse& response : operation.responses) {
                judge_examples(api, response.contents, ruling);
            }
        }
    }
}

void writes_return_the_object(const Api& api, Ruling& ruling) {
    for (const ApiOperation& operation : api.operations()) {
        if (!is_write(operation)) continue;
        const ApiResponse* success = success_of(operation);
        const YamlNode* schema = success == nullptr ? nullptr : json_schema(success->contents);
        ruling.expect(api.document().property(schema, "id") != nullptr, operation.line,
                      fmt::format("expected {} {} to answer with the object, which has an id",
                                  operation.method, operation.path));
    }
}

void operations_have_names(const Api& api, Ruling& ruling) {
    std::map<std::string, int> names;
    for (const ApiOperation& operation : api.operations()) ++names[operation.id];
    for (const ApiOperation& operation : api.operations()) {
        ruling.expect(
            !operation.id.empty() && names[operation.id] == 1 && !operation.summary.empty(),
            operation.line,
            fmt::format("expected {} {} to have a summary and an operationId of its own",
                        operation.method, operation.path));
    }
}

void properties_are_snake_case(const Api& api, Ruling& ruling) {
    for (const ApiProperty& property : api.properties()) {
        const bool is_plain = property.name.find_first_not_of(
                                  "abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
        ruling.expect(is_plain, property.line, "expected a name in snake_case");
    }
}

void there_is_a_sandbox(const Api& api, Ruling& ruling) {
    bool has_sandbox = false;
    if (const YamlNode* servers = api.document().root().find("servers")) {
        for (const YamlNode& server : servers->items) {
            has_sandbox |= mentions(server.text_of("url"), {"sandbox", "test"}) ||
                           mentions(server.text_of("description"), {"sandbox", "test"});
        }
    }
    ruling.expect(has_sandbox, 1, "expected a server that is described as the sandbox");
    const bool has_clock = std::ranges::any_of(api.operations(), [](const ApiOperation& operation) {
        return operation.method == "post" && mentions(operation.path, {"clock"});
    });
    ruling.expect(has_clock, 1, "expected operations on a test clock: nobody waits out a trial");
}

void metadata_is_kept(const Api& api, Ruling& ruling) {
    const ApiOperation* read = api.ending("get", "/subscriptions/{}");
    const ApiResponse* success = read == nullptr ? nullptr : success_of(*read);
    if (success == nullptr) return;
    const YamlNode* metadata = api.document().property(json_schema(success->contents), "metadata");
    ruling.expect(api.document().keyword(metadata, "additionalProperties") != nullptr,
                  success->line,
                  "expected metadata, an object with additionalProperties, in a subscription");
}

constexpr Rule kRules[] = {
    {"writes_have_examples", "Every write has an example of its request and of its answer.",
     "people copy the example and read the rest when it fails", "Stripe, API reference",
     writes_have_examples},
    {"examples_are_valid", "Every example is valid against its schema.",
     "an example that does not work costs the trust in all others", "OpenAPI 3.0.3, example object",
     examples_are_valid},
    {"writes_return_the_object", "Every write answers with the object.",
     "a client that has to read after each write reads something newer", "Stripe, API reference",
     writes_return_the_object},
    {"operations_have_names", "Every operation has a summary and an operationId of its own.",
     "generated clients are named after it", "OpenAPI 3.0.3, operation object",
     operations_have_names},
    {"properties_are_snake_case", "Properties are named in snake_case, all of them.",
     "two styles make people look up every name", "Stripe; Zalando guidelines, rule 118",
     properties_are_snake_case},
    {"there_is_a_sandbox", "There is a sandbox, and its time can be moved.",
     "a trial of 14 days has to be tried in a minute", "Stripe, test clocks", there_is_a_sandbox},
    {"metadata_is_kept", "A subscription keeps metadata of the client's.",
     "otherwise every client keeps a table from its ids to ours", "Stripe, metadata",
     metadata_is_kept},
};

}  // namespace

std::span<const Rule> developer_rules() { return kRules; }

}  // namespace onsite::subscriptions
