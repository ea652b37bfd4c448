// Texts and shapes that clients of Stripe see: descriptions, orders of lines, numbers of invoices.
#include <vector>

#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

struct ShapesTest : SubscriptionSteps {
    std::vector<std::string> descriptions(const nlohmann::json& invoice) {
        std::vector<std::string> texts;
        for (const auto& line : invoice["lines"]["data"]) texts.push_back(line["description"]);
        return texts;
    }
    std::string price_in(std::string_view currency, std::string_view amount,
                         std::string_view interval, std::string_view count) {
        return client
            .post("/v1/prices", {{"currency", currency},
                                 {"unit_amount_decimal", amount},
                                 {"product_data[name]", "Gold"},
                                 {"recurring[interval]", interval},
                                 {"recurring[interval_count]", count}})
            .text("/id");
    }
    std::string first_line(const std::string& price_id) {
        const Reply made = client.post("/v1/subscriptions", {{"customer", customer()},
                                                             {"items[0][price]", price_id},
                                                             {"items[0][quantity]", "200"},
                                                             {"expand[]", "latest_invoice"}});
        return made.text("/latest_invoice/lines/data/0/description");
    }
    nlohmann::json previous(std::string_view type) {
        const Reply events = client.get("/v1/events");
        for (const auto& event : events.body["data"]) {
            if (event["type"] == type) return event["data"]["previous_attributes"];
        }
        return nullptr;
    }
};

TEST_F(ShapesTest, LinesOfSubscriptionsSayTheirRate) {
    EXPECT_EQ(first_line(price_in("usd", "1000", "month", "1")), "200 × Gold (at $10.00 / month)");
    EXPECT_EQ(first_line(price_in("eur", "50", "week", "1")), "200 × Gold (at €0.50 / week)");
    EXPECT_EQ(first_line(price_in("gbp", "12.5", "year", "1")), "200 × Gold (at £0.125 / year)");
    EXPECT_EQ(first_line(price_in("jpy", "500", "month", "3")),
              "200 × Gold (at ¥500 / every 3 months)");
    EXPECT_EQ(first_line(price_in("chf", "250", "day", "1")), "200 × Gold (at CHF 2.50 / day)");
}

TEST_F(ShapesTest, PaymentsOfSubscriptionsSayWhatTheyAreFor) {
    const std::string who = customer();
    const Reply made = subscribe(who, price(1'000));
    const auto newest = [&] {
        return client.get("/v1/payment_intents", {{"customer", who}}).text("/data/0/description");
    };
    EXPECT_EQ(newest(), "Subscription creation");
    EXPECT_EQ(client.get("/v1/charges", {{"customer", who}}).text("/data/0/description"),
              "Subscription creation");
    pass(32 * kDaySec);
    EXPECT_EQ(newest(), "Subscription update");
    EXPECT_EQ(invoices()[0]["description"], nullptr);
}

TEST_F(ShapesTest, LinesBeginWithWhatWaitedTheNewestFirst) {
    const std::string who = customer();
    for (const char* text : {"first", "second"}) {
        client.post(
            "/v1/invoiceitems",
            {{"customer", who}, {"amount", "100"}, {"currency", "usd"}, {"description", text}});
    }
    const std::string gold = price(1'000);
    const std::string extra = price(300);
    const Reply made = client.post("/v1/subscriptions", {{"customer", who},
                                                         {"items[0][price]", gold},
                                                         {"items[1][price]", extra},
                                                         {"expand[]", "latest_invoice"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_THAT(descriptions(made.body["latest_invoice"]),
                ElementsAre("second", "first", "1 × Gold (at $3.00 / month)",
                            "1 × Gold (at $10.00 / month)"));
}

TEST_F(ShapesTest, PrefixesOfInvoicesAreCapitalsAndDigits) {
    const std::string who = customer();
    EXPECT_THAT(client.get("/v1/customers/" + who).text("/invoice_prefix"),
                MatchesRegex("[0-9A-Z]{8}"));
    for (const char* prefix : {"abc", "A B", "ABC!", "ABCDEFGHIJKLM"}) {
        const Reply reply = client.post("/v1/customers", {{"invoice_prefix", prefix}});
        EXPECT_EQ(reply.status(), 400) << prefix;
        EXPECT_EQ(reply.error("param"), "invoice_prefix");
    }
    EXPECT_EQ(client.post("/v1/customers", {{"invoice_prefix", "ACME1"}}).text("/invoice_prefix"),
              "ACME1");
}

TEST_F(ShapesTest, EventsNameTheMembersThatChanged) {
    const Reply made = client.post("/v1/customers", {{"metadata[a]", "1"}, {"metadata[b]", "2"}});
    client.post("/v1/customers/" + made.text("/id"), {{"metadata[a]", "3"}, {"metadata[c]", "4"}});
    EXPECT_EQ(previous("customer.updated"),
              (nlohmann::json{{"metadata", {{"a", "1"}, {"c", nullptr}}}}));
    client.post("/v1/customers/" + made.text("/id"), {{"metadata[b]", ""}});
    EXPECT_EQ(previous("customer.updated"), (nlohmann::json{{"metadata", {{"b", "2"}}}}));
}

TEST_F(ShapesTest, AuthorizationsSayUntilWhenTheyLast) {
    const Reply made = client.post("/v1/payment_intents", {{"amount", "500"},
                                                           {"currency", "usd"},
                                                           {"payment_method", "pm_card_visa"},
                                                           {"capture_method", "manual"},
                                                           {"payment_method_types[]", "card"},
                                                           {"confirm", "true"},
                                                           {"expand[]", "latest_charge"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    const auto& card = made.body["latest_charge"]["payment_method_details"]["card"];
    EXPECT_EQ(card["capture_before"], kStart + 7 * kDaySec);
    const Reply captured = client.post("/v1/payment_intents/" + made.text("/id") + "/capture",
                                       {{"expand[]", "latest_charge"}});
    EXPECT_FALSE(captured.body["latest_charge"]["payment_method_details"]["card"].contains(
        "capture_before"));
}

TEST_F(ShapesTest, TheLeastAmountInYenHasItsSign) {
    EXPECT_EQ(client.post("/v1/payment_intents", {{"amount", "49"}, {"currency", "jpy"}})
                  .error("message"),
              "Amount must be at least ¥50 jpy");
}

TEST_F(ShapesTest, CountriesHaveTwoLetters) {
    const Reply reply = client.post("/v1/customers", {{"address[country]", "USA"}});
    EXPECT_EQ(reply.status(), 400);
    EXPECT_EQ(reply.error("param"), "address[country]");
    EXPECT_EQ(reply.error("message"),
              "Country 'USA' is unknown. Try using a 2-character alphanumeric country code "
              "instead, such as 'US', 'EG', or 'GB'.");
    EXPECT_EQ(client.post("/v1/customers", {{"address[country]", "DE"}}).text("/address/country"),
              "DE");
}

TEST_F(ShapesTest, DescriptorsAreNotForCards) {
    const auto pay = [&](std::string_view name, std::string_view value) {
        return client.post("/v1/payment_intents", {{"amount", "500"},
                                                   {"currency", "usd"},
                                                   {"payment_method_types[]", "card"},
                                                   {name, value}});
    };
    const Reply refused = pay("statement_descriptor", "SHOP");
    EXPECT_EQ(refused.status(), 400);
    EXPECT_EQ(refused.error("param"), "statement_descriptor");
    EXPECT_THAT(refused.error("message"),
                StartsWith("The statement_descriptor parameter is not supported for the "
                           "payment_method_type `card`."));
    EXPECT_EQ(pay("statement_descriptor_suffix", "SHOP").status(), 200);
    for (const char* wrong : {"A*B", "<A>", "A\\B", "'A'", "\"A\""}) {
        const Reply reply = pay("statement_descriptor_suffix", wrong);
        EXPECT_EQ(reply.status(), 400) << wrong;
        EXPECT_THAT(reply.error("message"), HasSubstr("must not contain"));
    }
}

}  // namespace
}  // namespace onsite::simulator::testing
