// Rules on small documents that break one thing each; answers_test.cpp has the whole ones.

#include "exercises/3-subscriptions/checks/rules.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

using Rules = std::span<const Rule> (*)();
constexpr Rules kAll[] = {endpoint_rules,    pausing_rules, idempotency_rules, amount_rules,
                          money_rules,       list_rules,    error_rules,       version_rules,
                          deprecation_rules, webhook_rules, developer_rules};

Ruling ruling(std::string_view id, std::string_view text) {
    const auto api = Api::read(text, "api.yaml");
    EXPECT_TRUE(api) << api.error().message;
    for (const Rules& rules : kAll) {
        for (const Rule& rule : rules()) {
            if (rule.id != id) continue;
            Ruling found;
            rule.judge(*api, found);
            return found;
        }
    }
    ADD_FAILURE() << "there is no rule " << id;
    return {};
}

// A GET whose 200 answers with this schema.
std::string answering(std::string_view schema, std::string_view path = "/things/{id}") {
    return "openapi: 3.0.3\npaths:\n  " + std::string(path) +
           ":\n    get:\n      responses:\n        '200':\n          content:\n"
           "            application/json:\n              schema: " +
           std::string(schema) + "\n";
}

bool holds(std::string_view id, std::string_view text) { return ruling(id, text).holds(); }

TEST(RulesTest, EachHasItsOwnIdASentenceAReasonAndASource) {
    std::set<std::string> ids;
    for (const Rules& rules : kAll) {
        for (const Rule& rule : rules()) {
            EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
            EXPECT_TRUE(std::string_view(rule.sentence).ends_with('.')) << rule.id;
            EXPECT_FALSE(std::string_view(rule.why).empty()) << rule.id;
            EXPECT_FALSE(std::string_view(rule.source).empty()) << rule.id;
        }
    }
    EXPECT_EQ(ids.size(), 45u) << "README.md and CHANGELOG.md say how many";
}

TEST(RulesTest, NothingToJudgeIsNoPass) {
    for (const Rules& rules : kAll) {
        for (const Rule& rule : rules()) {
            EXPECT_FALSE(holds(rule.id, "openapi: 3.0.3\npaths: {}")) << rule.id;
        }
    }
}

TEST(RulesTest, Money) {
    const auto amount = [](std::string_view type, std::string_view others = "") {
        return answering("{properties: {amount: {type: " + std::string(type) +
                         ", description: in cents}" + std::string(others) + "}}");
    };
    EXPECT_TRUE(holds("amounts_are_integers", amount("integer")));
    EXPECT_FALSE(holds("amounts_are_integers", amount("number")));
    EXPECT_FALSE(holds("amounts_are_integers", amount("string")));
    EXPECT_EQ(ruling("amounts_are_integers", amount("number")).findings().at(0).line, 9);
    EXPECT_TRUE(holds("amounts_name_their_unit", amount("integer")));
    EXPECT_FALSE(holds("currency_beside_amount", amount("integer")));
    EXPECT_TRUE(holds("currency_beside_amount", amount("integer", ", currency: {type: string}")));
    EXPECT_FALSE(holds("currency_is_a_code", amount("integer", ", currency: {type: string}")));
    EXPECT_TRUE(holds("currency_is_a_code",
                      amount("integer", ", currency: {type: string, enum: [usd, eur]}")));
}

// OpenAPI 3.0 lets nothing stand beside a $ref, so a description comes with allOf.
TEST(RulesTest, AReferenceWithWordsBesideItIsRead) {
    const std::string parts =
        "{properties: {currency: {allOf: [{type: string, enum: [usd, eur]}]}, "
        "total: {allOf: [{type: integer, description: Minor units.}], description: With tax.}, "
        "id: {allOf: [{type: string, example: in_1}]}, ended_at: {allOf: [{type: integer}]}, "
        "status: {allOf: [{type: string, enum: [a, b]}]}}}";
    for (const char* rule :
         {"amounts_are_integers", "amounts_name_their_unit", "currency_is_a_code",
          "currency_beside_amount", "ids_are_opaque", "times_have_one_form"}) {
        EXPECT_TRUE(holds(rule, answering(parts))) << rule;
    }
    EXPECT_FALSE(holds("enums_are_open", answering(parts)));
}

TEST(RulesTest, ACurrencyMayStandInAnotherPartOfTheObject) {
    const std::string money = "{properties: {total: {type: integer}}}";
    const std::string base = "{properties: {currency: {type: string}}}";
    EXPECT_TRUE(
        holds("currency_beside_amount", answering("{allOf: [" + base + ", " + money + "]}")));
    EXPECT_FALSE(holds("currency_beside_amount",
                       answering("{allOf: [" + money + ", {properties: {line: " + base + "}}]}")));
}

TEST(RulesTest, AFractionIsMoneyWhateverItIsCalled) {
    const auto with = [](std::string_view property) {
        return answering("{properties: {amount: {type: integer}, " + std::string(property) + "}}");
    };
    for (const char* property : {"price: {type: number}", "fee: {allOf: [{type: number}]}",
                                 "total: {oneOf: [{type: integer}, {type: number}]}",
                                 "prices: {type: array, items: {type: number}}"}) {
        EXPECT_FALSE(holds("amounts_are_integers", answering("{properties: {amount: {type: integer"
                                                             "}, " +
                                                             std::string(property) + "}}")))
            << property;
    }
    EXPECT_TRUE(holds("amounts_are_integers", with("percent_off: {type: number}")));
    EXPECT_TRUE(holds("amounts_are_integers", with("price: {type: string}")));  // Its id.
    EXPECT_TRUE(holds("amounts_are_integers", with("price: {type: string, example: price_1.5}")));
    EXPECT_FALSE(holds("amounts_are_integers", with("price: {type: string, example: '29.00'}")));
    EXPECT_FALSE(
        holds("amounts_are_integers", with("unit_price: {type: string, format: decimal}")));
    EXPECT_TRUE(
        holds("amounts_are_integers", answering("{properties: {price_minor: {type: integer}}}")));
}

TEST(RulesTest, AnExampleOfASchemaIsAnExample) {
    const auto with = [](std::string_view example) {
        return answering(
            "{type: object, properties: {status: {type: string, enum: [a, b]}}, "
            "example: {status: " +
            std::string(example) + "}}");
    };
    EXPECT_TRUE(holds("examples_are_valid", with("a")));
    EXPECT_FALSE(holds("examples_are_valid", with("c")));
    EXPECT_FALSE(holds("examples_are_valid",
                       answering("{properties: {total: {type: integer, example: ten}}}")));
    EXPECT_FALSE(holds("examples_are_valid",
                       "openapi: 3.0.3\npaths: {/v1/things: {get: {parameters: [{name: limit, in: "
                       "query, schema: {type: integer}, example: many}], responses: {'200': "
                       "{description: x}}}}}"));
}

// OpenAPI 3.1 has no nullable: it lists null among the types.
TEST(RulesTest, ATypeMayBeOneOfAList) {
    EXPECT_TRUE(holds("ids_are_opaque", answering("{properties: {id: {type: [string, 'null'], "
                                                  "example: sub_1}}}")));
    EXPECT_TRUE(holds("examples_are_valid",
                      answering("{properties: {at: {type: ['null', integer], example: 1}}, "
                                "example: {at: null}}")));
    EXPECT_FALSE(holds("examples_are_valid",
                       answering("{properties: {at: {type: [integer, 'null'], example: now}}}")));
    EXPECT_FALSE(holds("amounts_are_integers",
                       answering("{properties: {amount: {type: [number, 'null']}}}")));
}

TEST(RulesTest, AMediaTypeMayNameItsCharacters) {
    std::string text =
        answering("{properties: {data: {type: array, items: {}}, has_more: {}}}", "/v1/things");
    text.replace(text.find("application/json"), 16, "application/json; charset=utf-8");
    EXPECT_TRUE(holds("list_says_if_there_is_more", text));
}

TEST(RulesTest, IdsAndTimes) {
    EXPECT_TRUE(holds("ids_are_opaque", answering("{properties: {id: {type: string, example: "
                                                  "sub_1}}}")));
    EXPECT_FALSE(holds("ids_are_opaque", answering("{properties: {id: {type: integer}}}")));
    EXPECT_FALSE(
        holds("ids_are_opaque", answering("{properties: {id: {type: string, example: 17}}}")));
    const std::string seconds = "{properties: {created: {type: integer}, ";
    EXPECT_TRUE(holds("times_have_one_form",
                      answering(seconds + "cancel_at_period_end: {type: boolean}}}")));
    EXPECT_FALSE(holds("times_have_one_form",
                       answering(seconds + "ended_at: {type: string, format: date-time}}}")));
    EXPECT_FALSE(
        holds("times_have_one_form", answering("{properties: {ended_at: {type: string}}}")));
}

TEST(RulesTest, Lists) {
    const auto list = [](std::string_view parameters) {
        return "openapi: 3.0.3\npaths: {/v1/things: {get: {parameters: [" +
               std::string(parameters) + "], responses: {'200': {description: x}}}}}";
    };
    EXPECT_TRUE(holds("cursors_not_offsets", list("{name: starting_after, in: query}")));
    EXPECT_FALSE(holds("cursors_not_offsets", list("")));
    EXPECT_FALSE(
        holds("cursors_not_offsets", list("{name: cursor, in: query}, {name: page, in: query}")));
    for (const char* cursor : {"page_token", "pageToken", "'page[after]'"}) {
        EXPECT_TRUE(
            holds("cursors_not_offsets", list("{name: " + std::string(cursor) + ", in: query}")))
            << cursor;
    }
    for (const char* offset : {"pageNumber", "'page[number]'", "startIndex", "offset"}) {
        EXPECT_FALSE(holds("cursors_not_offsets", list("{name: cursor, in: query}, {name: " +
                                                       std::string(offset) + ", in: query}")))
            << offset;
    }
    for (const char* size : {"limit", "page_size", "per_page"}) {
        EXPECT_TRUE(holds("limit_is_bounded",
                          list("{name: " + std::string(size) +
                               ", in: query, schema: {minimum: 1, maximum: 100, default: 10}}")))
            << size;
    }
    EXPECT_FALSE(holds("limit_is_bounded", list("{name: limit, in: query, schema: {minimum: 1, "
                                                "maximum: 100000, default: 10}}")));
    EXPECT_TRUE(holds(
        "list_says_if_there_is_more",
        answering("{properties: {data: {type: array, items: {}}, has_more: {}}}", "/v1/things")));
    EXPECT_TRUE(holds("list_says_if_there_is_more",
                      answering("{properties: {data: {type: array, items: {}}, pagination: "
                                "{properties: {next_cursor: {type: string}}}}}",
                                "/v1/things")));
    EXPECT_FALSE(
        holds("list_says_if_there_is_more", answering("{type: array, items: {}}", "/v1/things")));
}

TEST(RulesTest, Versions) {
    const auto status = [](std::string_view more) {
        return answering("{properties: {status: {type: string, enum: [a, b]" + std::string(more) +
                         "}}}");
    };
    EXPECT_FALSE(holds("enums_are_open", status("")));
    EXPECT_FALSE(holds("enums_are_open", status(", x-extensible-enum: false")));
    EXPECT_TRUE(holds("enums_are_open", status(", x-extensible-enum: true")));
    EXPECT_TRUE(holds("enums_are_open", status(", description: New values may come.")));
    const auto path = [](std::string_view text) { return answering("{}", text); };
    EXPECT_TRUE(holds("paths_are_nouns", path("/v1/subscriptions/{id}/cancel")));
    EXPECT_FALSE(holds("paths_are_nouns", path("/v1/get_subscription/{id}")));
    EXPECT_FALSE(holds("paths_are_nouns", path("/v1/createSubscription")));
    EXPECT_FALSE(holds("paths_are_nouns", path("/v1/subscription/{id}")));
    EXPECT_FALSE(holds("paths_are_nouns", path("/v1/payment-methods")));
}

TEST(RulesTest, Spans) {
    EXPECT_TRUE(mentions_span("kept for 24 hours", {"hour"}));
    EXPECT_TRUE(mentions_span("300seconds", {"second"}));
    EXPECT_TRUE(mentions_span("refused after five minutes", {"minute"}));
    EXPECT_TRUE(mentions_span("Thirty-six hours.", {"hour"}));
    EXPECT_TRUE(mentions_span("is kept for 24h.", {"hour", "h "}));
    EXPECT_TRUE(mentions_span("at most 300 s", {"second", "s "}));
    EXPECT_FALSE(mentions_span("3 subscriptions", {"second", "s "}));
    EXPECT_FALSE(mentions_span("stone minutes", {"minute"}));
    EXPECT_FALSE(mentions_span("for hours and hours", {"hour"}));
    EXPECT_FALSE(mentions_span("7", {"hour"}));
    EXPECT_FALSE(mentions_span("", {"hour"}));
}

TEST(RulesTest, ReportHasAPercentAndTheFirstSentence) {
    const auto api = Api::read(answering("{properties: {id: {type: integer}}}"), "api.yaml");
    ASSERT_TRUE(api);
    const Verdict verdict = judge("money", money_rules(), *api, "");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_EQ(verdict.percent, 0);
    EXPECT_THAT(verdict.message, ::testing::HasSubstr("0 of 5 rules hold"));
}

}  // namespace
}  // namespace onsite::subscriptions
