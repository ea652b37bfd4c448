// APIs that are nearly right, beyond what the mutants show.
#include "exercises/2-invoicing/checks/api_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/invoicing/answer.hpp"

namespace onsite::invoicing {
namespace {

using ::testing::HasSubstr;

Verdict judge_api(const std::string& check, const std::string& from, const std::string& to) {
    return Answer(kApi, changed(kApi, from, to)).judge(check);
}

TEST(ApiChecksTest, AReferenceToNothingIsALooseEnd) {
    const Verdict verdict =
        judge_api("api_is_valid", "schema: {$ref: \"#/components/schemas/Event\"}",
                  "schema: {$ref: \"#/components/schemas/Elsewhere\"}");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_THAT(verdict.message, HasSubstr("leads nowhere"));
}

TEST(ApiChecksTest, TwoOperationsWithOneNameClash) {
    EXPECT_THAT(
        judge_api("api_is_valid", "operationId: voidInvoice", "operationId: payInvoice").message,
        HasSubstr("the one of line"));
}

TEST(ApiChecksTest, AKeyThatIsOptionalIsNone) {
    const Verdict verdict =
        judge_api("writes_take_an_idempotency_key", "      in: header\n      required: true\n",
                  "      in: header\n");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
}

TEST(ApiChecksTest, AnAmountInTextIsNone) {
    EXPECT_EQ(judge_api("api_amounts_are_integers", "paid_amount: {type: integer, format: int64}",
                        "paid_amount: {type: string}")
                  .outcome,
              Outcome::fail);
}

TEST(ApiChecksTest, AFractionIsFoundBehindAReference) {
    for (const char* schema :
         {"{allOf: [{type: number}], description: With tax.}",
          "{oneOf: [{type: integer}, {type: number}]}", "{type: array, items: {type: number}}",
          "{type: object, additionalProperties: {allOf: [{type: number}]}}"}) {
        const Verdict verdict =
            judge_api("api_amounts_are_integers", "paid_amount: {type: integer, format: int64}",
                      "paid_amount: " + std::string(schema));
        EXPECT_EQ(verdict.percent, 0) << schema;
        EXPECT_THAT(verdict.message, HasSubstr(": paid_amount: ")) << schema;
    }
}

TEST(ApiChecksTest, WhatIsNoAmountMayHaveAFraction) {
    for (const char* schema :
         {"tax_percent: {type: number}", "quantity: {type: number}",
          "due: {type: string, format: date}", "tax: {type: string, enum: [none, added]}",
          "paid_amount: {allOf: [{type: integer}], description: Minor units.}"}) {
        const Verdict verdict = judge_api("api_amounts_are_integers",
                                          "paid_amount: {type: integer, format: int64}", schema);
        EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
    }
}

// NotFound with a schema of its own.
Verdict judge_not_found(const std::string& schema) {
    const std::string text =
        "Not there, or another account's. The two look the same.\n      content: ";
    return judge_api("errors_have_one_shape", text + "*error",
                     text + "{application/json: {schema: " + schema + "}}");
}

TEST(ApiChecksTest, OneShapeMayBeWrittenInSeveralPlaces) {
    const std::string answer = "{$ref: \"#/components/schemas/ErrorAnswer\"}";
    const std::string error = "{$ref: \"#/components/schemas/ErrorAnswer/properties/error\"}";
    for (const std::string& same : {"{allOf: [" + answer + "], description: None.}",
                                    "{type: object, properties: {error: " + error + "}}"}) {
        const Verdict verdict = judge_not_found(same);
        EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
    }
    const Verdict verdict = judge_not_found(
        "{type: object, properties: {error: {type: object, properties: {type: {type: string}, "
        "code: "
        "{type: integer}, message: {type: string}, param: {type: string}}}}}");
    EXPECT_THAT(verdict.message, HasSubstr("one shape for all"));
}

TEST(ApiChecksTest, ADefaultResponseIsAnError) {
    const auto errors = [&](const std::string& responses) {
        return Answer(kApi, changed(kApi, "paths:\n",
                                    "paths:\n  /v1/health:\n    get: {operationId: health, "
                                    "responses: {\"200\": {description: Up.}" +
                                        responses + "}}\n"))
            .judge("errors_have_one_shape");
    };
    EXPECT_THAT(errors("").message, HasSubstr("expected the errors of get /v1/health"));
    EXPECT_EQ(errors(", default: {$ref: \"#/components/responses/NotFound\"}").outcome,
              Outcome::pass);
    EXPECT_EQ(errors(", default: {description: Text.}").outcome, Outcome::fail);
}

TEST(ApiChecksTest, APageByItsNumberCountsRowsBesideACursorToo) {
    for (const char* name : {"offset", "start_index", "page", "page_no", "page_number", "skip"}) {
        const std::string counted =
            "- {name: " + std::string(name) + ", in: query, schema: {type: integer}}\n        ";
        const std::string cursor = "- name: starting_after";
        const Verdict verdict = judge_api("lists_page_by_cursor", cursor, counted + cursor);
        EXPECT_THAT(verdict.message, HasSubstr("expected no counting of rows")) << name;
        EXPECT_EQ(verdict.percent, 87);
    }
}

TEST(ApiChecksTest, ALimitWithoutAMaximumIsNone) {
    EXPECT_THAT(judge_api("lists_page_by_cursor", "maximum: 100, ", "maximum: 1000000, ").message,
                HasSubstr("with a maximum of at most 1000"));
    EXPECT_THAT(judge_api("lists_page_by_cursor", "maximum: 100, ", "").message,
                HasSubstr("with a maximum"));
}

TEST(ApiChecksTest, WhatIsNoYamlFailsWithItsLine) {
    const Verdict verdict =
        Answer(kApi, "openapi: 3.0.3\npaths: {\n").judge("errors_have_one_shape");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_THAT(verdict.message, HasSubstr("api.yaml:"));
}

TEST(ApiChecksTest, AHostileDocumentIsRefusedByEveryCheck) {
    std::string laughs = "openapi: 3.0.3\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string last = "*a" + std::to_string(i - 1);
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + ", " + last +
                  ", " + last + ", " + last + ", " + last + ", " + last + "]\n";
    }
    const Answer answer(kApi, laughs);
    for (const Check& check : all_checks(answer.context())) {
        if (check.name == "holds_in_postgresql") continue;
        EXPECT_TRUE(check.run()) << check.name;
    }
    EXPECT_THAT(answer.judge("api_is_valid").message, HasSubstr("aliases repeat"));
}

TEST(ApiChecksTest, ATextThatIsMeantAsANumberIsAnAmount) {
    for (const char* schema :
         {"{type: string, format: decimal}", "{type: string, format: int64}"}) {
        const Verdict verdict =
            judge_api("api_amounts_are_integers", "paid_amount: {type: integer, format: int64}",
                      "paid_amount: " + std::string(schema));
        EXPECT_THAT(verdict.message, HasSubstr(": paid_amount: ")) << schema;
    }
}

TEST(ApiChecksTest, ACursorMayHaveAnyOfItsNames) {
    for (const char* name : {"page_token", "pageToken", "\"page[after]\"", "startingAfter"}) {
        const Verdict verdict = judge_api("lists_page_by_cursor", "- name: starting_after",
                                          "- name: " + std::string(name));
        EXPECT_EQ(verdict.outcome, Outcome::pass) << name << verdict.message;
    }
    for (const char* more :
         {"next_page_token: {type: string}", "hasMore: {type: boolean}",
          "pagination: {type: object, properties: {next_cursor: {type: string}}}"}) {
        const Verdict verdict =
            judge_api("lists_page_by_cursor", "has_more: {type: boolean}", more);
        EXPECT_EQ(verdict.outcome, Outcome::pass) << more << verdict.message;
    }
}

TEST(ApiChecksTest, ACountOfRowsIsOneHoweverItIsSpelt) {
    for (const char* name : {"pageNumber", "\"page[number]\"", "startIndex", "page_index"}) {
        const Verdict verdict =
            judge_api("lists_page_by_cursor", "- name: starting_after",
                      "- name: " + std::string(name) +
                          "\n          in: query\n          schema: {type: integer}\n"
                          "        - name: starting_after");
        EXPECT_THAT(verdict.message, HasSubstr("expected no counting of rows")) << name;
    }
}

}  // namespace
}  // namespace onsite::invoicing
