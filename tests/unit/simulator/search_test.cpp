// The query language of /search, and what it finds.
#include "simulator/wire/search_query.hpp"
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// ---- The language ----

TEST(SearchQueryTest, IsReadClauseByClause) {
    const auto query = parse_search(R"(email:"a@b.c" AND -metadata['k "1"']:null amount>=500)");
    ASSERT_TRUE(query) << query.error();
    ASSERT_EQ(query->clauses.size(), 3u);
    EXPECT_EQ(query->clauses[0].value, "a@b.c");
    EXPECT_EQ(query->clauses[1].key, "k \"1\"");
    EXPECT_TRUE(query->clauses[1].is_negated);
    EXPECT_TRUE(query->clauses[1].is_null);
    EXPECT_EQ(query->clauses[2].op, SearchOperator::at_least);
    EXPECT_EQ(query->clauses[2].number, 500);
    EXPECT_FALSE(query->is_any);
}

TEST(SearchQueryTest, TakesACharacterBehindABackslashAsItIs) {
    const auto query = parse_search(R"(name:"a \"b\" \\ c")");
    ASSERT_TRUE(query);
    EXPECT_EQ(query->clauses[0].value, R"(a "b" \ c)");
    EXPECT_EQ(parse_search(to_string(*query)), query);
}

TEST(SearchQueryTest, IsRefusedWhenItIsNone) {
    for (const char* bad : {"",
                            " ",
                            "name",
                            "name:",
                            ":\"a\"",
                            "name:\"a",
                            "name:a",
                            "name\"a\"",
                            "metadata:\"a\"",
                            "metadata[k]:\"a\"",
                            "metadata[\"\"]:\"a\"",
                            "name:\"a\"name:\"b\"",
                            "name:\"a\" AND",
                            "AND name:\"a\"",
                            "name~null",
                            "amount>\"ten\"",
                            "name~\"ab\"",
                            "a:\"b\" OR c:\"d\" AND e:\"f\"",
                            "a:1 b:1 c:1 d:1 e:1 f:1 g:1 h:1 i:1 j:1 k:1",
                            "name:\"a\\"}) {
        EXPECT_FALSE(parse_search(bad)) << bad;
    }
}

// ---- What it finds ----

struct SearchTest : BillingTest {
    std::vector<std::string> names(std::string_view query) {
        const Reply reply = client.get("/v1/customers/search", {{"query", query}});
        EXPECT_EQ(reply.status(), 200) << reply.body;
        std::vector<std::string> found;
        for (const auto& one : reply.body["data"]) found.push_back(one["name"]);
        return found;
    }
    void add(std::string_view name, std::string_view email, std::string_view plan) {
        client.post("/v1/customers", {{"name", name}, {"email", email}, {"metadata[plan]", plan}});
    }
    std::string refused(std::string_view query, std::string path = "/v1/customers/search") {
        const Reply reply = client.get(std::move(path), {{"query", query}});
        EXPECT_EQ(reply.status(), 400) << reply.body;
        EXPECT_EQ(reply.error("param"), "query");
        return reply.error("message");
    }
};

TEST_F(SearchTest, FindsCustomersByWhatTheyHave) {
    add("Ada", "ada@example.com", "gold");
    add("Bea", "bea@example.org", "free");
    add("Cleo", "", "");
    EXPECT_THAT(names(R"(email:"ADA@example.com")"), ElementsAre("Ada"));
    EXPECT_THAT(names(R"(email~"example")"), ElementsAre("Bea", "Ada"));
    EXPECT_THAT(names(R"(email~"example" AND -metadata["plan"]:"gold")"), ElementsAre("Bea"));
    EXPECT_THAT(names(R"(name:"Cleo" OR metadata["plan"]:"gold")"), ElementsAre("Cleo", "Ada"));
    EXPECT_THAT(names("email:null"), ElementsAre("Cleo"));
    EXPECT_THAT(names(R"(-metadata["plan"]:null)"), ElementsAre("Bea", "Ada"));
    EXPECT_THAT(names("created>0 email:\"nobody\""), ElementsAre());
}

TEST_F(SearchTest, ComparesNumbers) {
    for (const char* amount : {"500", "1000", "1500"}) {
        client.post("/v1/payment_intents", {{"amount", amount}, {"currency", "usd"}});
    }
    const Reply found =
        client.get("/v1/payment_intents/search",
                   {{"query", R"(amount>500 AND amount<=1500 status:"requires_payment_method")"}});
    ASSERT_EQ(found.body["data"].size(), 2u) << found.body;
    EXPECT_EQ(found.text("/object"), "search_result");
    EXPECT_EQ(found.text("/url"), "/v1/payment_intents/search");
    EXPECT_EQ(
        client.get("/v1/payment_intents/search", {{"query", "amount:500"}}).body["data"].size(),
        1u);
}

TEST_F(SearchTest, GoesOnAtTheNextPage) {
    for (const char* name : {"one", "two", "three"}) add(name, "all@example.com", "");
    const Reply first = client.get("/v1/customers/search",
                                   {{"query", R"(email:"all@example.com")"}, {"limit", "2"}});
    EXPECT_EQ(first.body["has_more"], true);
    const Reply second =
        client.get("/v1/customers/search", {{"query", R"(email:"all@example.com")"},
                                            {"limit", "2"},
                                            {"page", first.text("/next_page")}});
    ASSERT_EQ(second.body["data"].size(), 1u);
    EXPECT_EQ(second.text("/data/0/name"), "one");
    EXPECT_EQ(second.body["has_more"], false);
    EXPECT_TRUE(second.body["next_page"].is_null());
    EXPECT_EQ(
        client.get("/v1/customers/search", {{"query", "created>0"}, {"page", "x"}}).error("param"),
        "page");
}

TEST_F(SearchTest, FindsEachOfTheOtherKinds) {
    const std::string of = price(1'000);
    subscribe(customer(), of);
    for (const auto& [path, query] :
         {std::pair{"/v1/charges/search", R"(payment_method_details.card.last4:"4242")"},
          std::pair{"/v1/invoices/search", R"(status:"paid" AND total:1000)"},
          std::pair{"/v1/prices/search", R"(type:"recurring" AND active:"true")"},
          std::pair{"/v1/products/search", R"(name~"gol" AND active:true)"},
          std::pair{"/v1/subscriptions/search", R"(status:"active")"}}) {
        const Reply found = client.get(path, {{"query", query}});
        EXPECT_EQ(found.status(), 200) << found.body;
        EXPECT_EQ(found.body["data"].size(), 1u) << path << found.body;
    }
}

TEST_F(SearchTest, RefusesWhatStripeRefuses) {
    EXPECT_THAT(refused("name"), HasSubstr("We were unable to parse your search query"));
    EXPECT_THAT(refused(R"(shoe:"42")"),
                HasSubstr("Field `shoe` is an unsupported search field for resource `customers`"));
    EXPECT_THAT(refused(R"(name>5)"), HasSubstr("does not support this operator"));
    EXPECT_THAT(refused(R"(created~"123")"), HasSubstr("does not support this operator"));
    EXPECT_THAT(refused(R"(status~"act")", "/v1/subscriptions/search"), HasSubstr("`:` only"));
    EXPECT_EQ(client.get("/v1/customers/search").error("code"), "parameter_missing");
}

TEST_F(SearchTest, DoesNotFindTheDeleted) {
    add("Ada", "ada@example.com", "");
    const Reply found = client.get("/v1/customers/search", {{"query", R"(name:"Ada")"}});
    client.del("/v1/customers/" + found.text("/data/0/id"));
    EXPECT_THAT(names(R"(name:"Ada")"), ElementsAre());
}

}  // namespace
}  // namespace onsite::simulator::testing
