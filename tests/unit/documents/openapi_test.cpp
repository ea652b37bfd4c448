#include "harness/documents/openapi.hpp"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

OpenApi read(const std::string& text) {
    auto api = OpenApi::read(text, "api.yaml");
    EXPECT_TRUE(api) << (api ? "" : api.error().message);
    return std::move(*api);
}

constexpr const char* kApi = R"(openapi: 3.0.3
info: {title: Invoices, version: "1"}
paths:
  /v1/invoices/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: trace, in: query}
    post:
      operationId: updateInvoice
      parameters:
        - $ref: "#/components/parameters/IdempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Invoice"}
            example: {id: in_1}
      responses:
        "200":
          description: Done
          headers:
            Idempotent-Replayed: {schema: {type: boolean}}
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Invoice"}
              examples:
                small: {value: {id: in_2}}
        "409": {$ref: "#/components/responses/Conflict"}
      callbacks:
        paid:
          "{$request.body#/url}":
            post: {responses: {"200": {description: Taken}}}
x-webhooks:
  invoice.paid:
    post:
      responses: {"200": {description: Taken}}
components:
  parameters:
    IdempotencyKey: {name: Idempotency-Key, in: header, required: true, schema: {type: string}}
  responses:
    Conflict: {description: Another body}
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: string}}}
    Invoice:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          properties:
            lines: {type: array, items: {$ref: "#/components/schemas/Line"}}
    Line:
      type: object
      properties: {amount: {type: integer}, of: {$ref: "#/components/schemas/Invoice"}}
)";

TEST(OpenApiTest, ReadsOperationsWithWhatTheyReferTo) {
    const OpenApi api = read(kApi);
    EXPECT_THAT(api.problems(), IsEmpty());
    const ApiOperation* update = api.operation("post", "/v1/invoices/{anything}");
    ASSERT_NE(update, nullptr);
    EXPECT_EQ(update->id, "updateInvoice");
    EXPECT_EQ(update->line, 8);
    ASSERT_NE(update->parameter("header", "idempotency-key"), nullptr);
    EXPECT_TRUE(update->parameter("header", "idempotency-key")->is_required);
    EXPECT_NE(update->parameter("path", "id"), nullptr);
    EXPECT_EQ(update->parameter("query", "TRACE"), nullptr);
    ASSERT_TRUE(update->body);
    EXPECT_TRUE(update->body->is_required);
    EXPECT_EQ(update->body->contents[0].examples[0].value->text_of("id"), "in_1");
    const ApiResponse* done = update->response("200");
    ASSERT_NE(done, nullptr);
    EXPECT_EQ(done->headers[0].name, "Idempotent-Replayed");
    EXPECT_EQ(done->contents[0].examples[0].name, "small");
    EXPECT_EQ(update->response("409")->description, "Another body");
    EXPECT_EQ(api.operation("get", "/v1/invoices/{id}"), nullptr);
}

TEST(OpenApiTest, ReadsWebhooksAndCallbacks) {
    const OpenApi api = read(kApi);
    ASSERT_THAT(api.webhooks(), SizeIs(2));
    EXPECT_EQ(api.webhooks()[0].path, "{$request.body#/url}");
    EXPECT_EQ(api.webhooks()[1].path, "invoice.paid");
}

TEST(OpenApiTest, LooksThroughCombinationsAndReferences) {
    const OpenApi api = read(kApi);
    const YamlNode* invoice = api.root().at({"components", "schemas", "Invoice"});
    EXPECT_THAT(api.properties(invoice), ElementsAre("id", "lines"));
    const YamlNode* line = api.items(api.property(invoice, "lines"));
    EXPECT_EQ(api.property(line, "amount")->text_of("type"), "integer");
    // A line has an invoice, which has lines: one may go round as often as one likes.
    EXPECT_EQ(api.property(line, "of"), invoice);
    EXPECT_EQ(api.property(nullptr, "of"), nullptr);
}

TEST(OpenApiTest, ReferencesInACircleLeadNowhere) {
    const OpenApi api = read(
        "openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n"
        "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n"
        "    C: {allOf: [{$ref: '#/components/schemas/C'}], properties: {x: {}}}\n"
        "    D: {$ref: 'https://example.com/d.yaml'}\n");
    const auto schema = [&](std::string_view name) {
        return api.root().at({"components", "schemas", name});
    };
    EXPECT_EQ(api.resolve(schema("A")), nullptr);
    EXPECT_EQ(api.resolve(schema("D")), nullptr);
    EXPECT_THAT(api.properties(schema("C")), ElementsAre("x"));
    ASSERT_THAT(api.problems(), SizeIs(3));
    EXPECT_EQ(api.problems()[0].line, 5);
    EXPECT_THAT(api.problems()[2].message, HasSubstr("https://example.com/d.yaml"));
}

// Each schema has two parts that are the next one: 2^60 ways to go.
TEST(OpenApiTest, DoesNotWalkEveryWayThroughASchema) {
    std::string text = "openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n";
    for (int i = 0; i < 60; ++i) {
        text += fmt::format(
            "    S{0}: {{anyOf: [{{$ref: '#/components/schemas/S{1}'}}, "
            "{{$ref: '#/components/schemas/S{1}'}}]}}\n",
            i, i + 1);
    }
    text += "    S60: {}\n";
    const OpenApi api = read(text);
    EXPECT_EQ(api.property(api.root().at({"components", "schemas", "S0"}), "x"), nullptr);
}

TEST(OpenApiTest, SaysWhatIsWrongWithTheLine) {
    const OpenApi api = read(
        "openapi: 3.0.3\npaths:\n  /a:\n    get: {}\n    post:\n      parameters: [{in: query}]\n"
        "      responses: {'200': {$ref: '#/nowhere'}}\n  /b: 7\n");
    ASSERT_THAT(api.problems(), SizeIs(4));
    EXPECT_EQ(api.problems()[0].line, 4);
    EXPECT_THAT(api.problems()[0].message, HasSubstr("expected responses of get /a"));
    EXPECT_EQ(api.problems()[1].line, 6);
    EXPECT_EQ(api.problems()[2].line, 8);
    EXPECT_EQ(api.problems()[3].line, 7);
}

TEST(OpenApiTest, RefusesWhatIsNoOpenApi) {
    for (const char* text : {"", "[]", "swagger: '2.0'", "openapi: 2", "openapi: {a: b}"}) {
        const auto api = OpenApi::read(text, "api.yaml");
        ASSERT_FALSE(api) << text;
        EXPECT_THAT(api.error().message, HasSubstr("expected openapi: 3.0.3")) << text;
    }
}

}  // namespace
}  // namespace onsite
