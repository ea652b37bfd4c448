#include "exercises/3-subscriptions/checks/example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::subscriptions {
namespace {

using ::testing::HasSubstr;

// The fault of the value `example` under the schema `A`.
std::string fault_of(const std::string& schemas, const std::string& example) {
    const auto document = OpenApi::read(
        "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {" + schemas + "}}\nexample: " + example,
        "api.yaml");
    EXPECT_TRUE(document) << document.error().message;
    const YamlNode& root = document->root();
    const auto fault =
        fault_in_example(*document, *root.find("example"), root.at({"components", "schemas", "A"}));
    return fault ? fault->problem : "";
}

TEST(ExampleTest, TypesAreKeptApart) {
    EXPECT_EQ(fault_of("A: {type: integer}", "12"), "");
    EXPECT_THAT(fault_of("A: {type: integer}", "\"12\""), HasSubstr("expected integer at the top"));
    EXPECT_THAT(fault_of("A: {type: integer}", "12.5"), HasSubstr("\"12.5\""));
    EXPECT_EQ(fault_of("A: {type: number}", "12.5"), "");
    EXPECT_EQ(fault_of("A: {type: string}", "usd"), "");
    EXPECT_EQ(fault_of("A: {type: string}", "\"12\""), "");
    EXPECT_NE(fault_of("A: {type: string}", "12"), "");
    EXPECT_NE(fault_of("A: {type: boolean}", "\"true\""), "");
    EXPECT_NE(fault_of("A: {type: object}", "[1]"), "");
    EXPECT_NE(fault_of("A: {type: array, items: {}}", "{a: 1}"), "");
    EXPECT_EQ(fault_of("A: {}", "[1, {a: null}]"), "");
}

TEST(ExampleTest, NullHasToBeAllowed) {
    EXPECT_NE(fault_of("A: {type: string}", "null"), "");
    EXPECT_EQ(fault_of("A: {type: string, nullable: true}", "null"), "");
}

TEST(ExampleTest, MembersAndItemsAreNamedByTheirPath) {
    const std::string schemas =
        "A: {type: object, required: [data], properties: {data: {type: array, items: {$ref: "
        "\"#/components/schemas/B\"}}}}, B: {type: object, additionalProperties: false, "
        "properties: {amount: {type: integer, minimum: 0}}}";
    EXPECT_EQ(fault_of(schemas, "{data: [{amount: 1}]}"), "");
    EXPECT_THAT(fault_of(schemas, "{}"), HasSubstr("the required member at data"));
    EXPECT_THAT(fault_of(schemas, "{data: [{amount: 1}, {amount: x}]}"),
                HasSubstr("at data[1].amount"));
    EXPECT_THAT(fault_of(schemas, "{data: [{amount: -1}]}"), HasSubstr("range"));
    EXPECT_THAT(fault_of(schemas, "{data: [{sum: 1}]}"), HasSubstr("data[0].sum"));
}

TEST(ExampleTest, EnumsLengthsAndPartsCount) {
    EXPECT_NE(fault_of("A: {type: string, enum: [a, b]}", "c"), "");
    EXPECT_EQ(fault_of("A: {type: string, enum: [a, b]}", "b"), "");
    EXPECT_NE(fault_of("A: {type: string, maxLength: 3}", "euro"), "");
    EXPECT_NE(fault_of("A: {type: array, minItems: 1, items: {}}", "[]"), "");
    EXPECT_NE(fault_of("A: {allOf: [{type: integer}, {type: integer, maximum: 3}]}", "4"), "");
    EXPECT_EQ(fault_of("A: {oneOf: [{type: integer}, {type: string}]}", "x"), "");
    EXPECT_NE(fault_of("A: {anyOf: [{type: integer}, {type: boolean}]}", "x"), "");
    EXPECT_NE(fault_of("A: {type: object, additionalProperties: {type: integer}}", "{a: x}"), "");
}

TEST(ExampleTest, SchemasThatNeverEndAreGivenUp) {
    EXPECT_THAT(fault_of("A: {allOf: [{$ref: \"#/components/schemas/A\"}]}", "1"),
                HasSubstr("schemas that end"));
    const std::string branch = "{$ref: \"#/components/schemas/A\"}";
    EXPECT_NE(fault_of("A: {anyOf: [" + branch + ", " + branch + ", " + branch + "]}", "1"), "");
}

}  // namespace
}  // namespace onsite::subscriptions
