#include "simulator/payments/test_cards.hpp"
#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct PaymentMethodsTest : SimulatorTest {
    std::string customer = client.post("/v1/customers").text("/id");

    Reply create(std::string_view number, std::string_view exp_year = "2030") {
        return client.post("/v1/payment_methods", {{"type", "card"},
                                                   {"card[number]", number},
                                                   {"card[exp_month]", "8"},
                                                   {"card[exp_year]", exp_year},
                                                   {"card[cvc]", "314"}});
    }
    Reply attach(const std::string& method) {
        return client.post("/v1/payment_methods/" + method + "/attach", {{"customer", customer}});
    }
};

TEST(TestCards, HaveNumbersThatACardCanHave) {
    for (const TestCard& card : test_cards()) {
        EXPECT_TRUE(has_check_digit(card.number)) << card.number;
        if (card.payment_method.empty()) continue;
        EXPECT_EQ("tok_" + std::string(card.payment_method.substr(8)), card.token);
    }
    EXPECT_FALSE(has_check_digit("4242424242424241"));
    EXPECT_FALSE(has_check_digit(""));
    EXPECT_FALSE(has_check_digit("4242x"));
}

TEST_F(PaymentMethodsTest, AreMadeOfANumberWithoutKeepingIt) {
    const Reply made = create("4242 4242 4242 4242");
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/card/last4"), "4242");
    EXPECT_EQ(made.text("/card/brand"), "visa");
    EXPECT_EQ(made.response.body->find("424242424242"), std::string::npos);
    EXPECT_EQ(create("4242424242424242").text("/card/fingerprint"), made.text("/card/fingerprint"));
    EXPECT_NE(create("5555555555554444").text("/card/fingerprint"), made.text("/card/fingerprint"));
}

TEST_F(PaymentMethodsTest, RefuseCardsThatNoBankHas) {
    EXPECT_EQ(create("4242424242424241").error("code"), "incorrect_number");
    EXPECT_EQ(create("4242424242424242", "2020").error("code"), "invalid_expiry_year");
    EXPECT_EQ(create("4242424242424242", "99999").error("code"), "invalid_expiry_year");
    const Reply live = create("4111111111111111");
    EXPECT_EQ(live.status(), 402);
    EXPECT_EQ(live.error("decline_code"), "test_mode_live_card");
    EXPECT_EQ(client.post("/v1/payment_methods", {{"type", "card"}}).error("param"), "card");
    EXPECT_EQ(client.post("/v1/payment_methods", {{"type", "sepa_debit"}}).status(), 400);
}

TEST_F(PaymentMethodsTest, AreCardsOfManyCountries) {
    for (const auto& [name, country] :
         {std::pair("pm_card_us", "US"), std::pair("pm_card_gb", "GB"),
          std::pair("pm_card_de", "DE"), std::pair("pm_card_jp", "JP")}) {
        EXPECT_EQ(attach(name).text("/card/country"), country) << name;
    }
    EXPECT_EQ(create("4000008260000000").text("/card/country"), "GB");
}

TEST_F(PaymentMethodsTest, AreCardsThatSomethingIsWrongWith) {
    const auto pay = [&](std::string_view card) {
        return client.post("/v1/payment_intents", {{"amount", "1000"},
                                                   {"currency", "usd"},
                                                   {"confirm", "true"},
                                                   {"payment_method", card},
                                                   {"expand[]", "latest_charge"}});
    };
    const Reply risky = pay("pm_card_riskLevelElevated");
    ASSERT_EQ(risky.text("/status"), "succeeded") << risky.body;
    EXPECT_EQ(risky.text("/latest_charge/outcome/risk_level"), "elevated");
    EXPECT_EQ(pay("pm_card_visa").text("/latest_charge/outcome/risk_level"), "normal");
    const Reply mistyped = pay("pm_card_cvcCheckFail");
    ASSERT_EQ(mistyped.text("/status"), "succeeded") << mistyped.body;
    EXPECT_EQ(mistyped.text("/latest_charge/payment_method_details/card/checks/cvc_check"), "fail");
    EXPECT_EQ(create("4000000000000101").text("/card/checks/cvc_check"), "fail");
    EXPECT_EQ(pay("pm_card_createIssuerFraudRecord").text("/status"), "succeeded");
    const Reply blocked = pay("pm_card_chargeDeclinedFraudulent");
    EXPECT_EQ(blocked.status(), 402);
    EXPECT_EQ(blocked.error("decline_code"), "fraudulent");
}

TEST_F(PaymentMethodsTest, AreAttachedListedAndDetached) {
    const Reply attached = attach("pm_card_visa");
    ASSERT_EQ(attached.status(), 200) << attached.body;
    EXPECT_EQ(attached.text("/customer"), customer);
    const std::string id = attached.text("/id");
    const std::string path = "/v1/customers/" + customer + "/payment_methods";
    EXPECT_EQ(client.get(path).text("/data/0/id"), id);
    EXPECT_EQ(client.get(path + "/" + id).body, attached.body);
    EXPECT_EQ(client.get("/v1/payment_methods", {{"customer", customer}}).text("/data/0/id"), id);

    EXPECT_EQ(client.post("/v1/payment_methods/" + id + "/detach").text("/customer"), "null");
    EXPECT_TRUE(client.get(path).body["data"].empty());
    EXPECT_THAT(attach(id).error("message"), HasSubstr("It may not be used again"));
    EXPECT_EQ(client.post("/v1/payment_methods/" + id + "/detach").status(), 400);
    EXPECT_EQ(client.get("/v1/events").text("/data/0/type"), "payment_method.detached");
    EXPECT_EQ(client.get("/v1/events").text("/data/1/type"), "payment_method.attached");
}

TEST_F(PaymentMethodsTest, ThatDeclineCannotBeAttachedSaveOne) {
    const Reply refused = attach("pm_card_visa_chargeDeclinedInsufficientFunds");
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("code"), "card_declined");
    EXPECT_EQ(refused.error("decline_code"), "insufficient_funds");
    EXPECT_EQ(attach("pm_card_chargeCustomerFail").status(), 200);
    EXPECT_EQ(attach("pm_card_nonsense").status(), 404);
}

TEST_F(PaymentMethodsTest, AreUpdatedOnceTheyAreAttached) {
    const std::string id = attach("pm_card_visa").text("/id");
    const Reply changed =
        client.post("/v1/payment_methods/" + id,
                    {{"billing_details[name]", "Ada"}, {"card[exp_year]", "2033"}});
    EXPECT_EQ(changed.text("/billing_details/name"), "Ada");
    EXPECT_EQ(changed.body["card"]["exp_year"], 2033);
    EXPECT_EQ(client.get("/v1/events").text("/data/0/type"), "payment_method.updated");
    const std::string loose = create("4242424242424242").text("/id");
    EXPECT_EQ(client.post("/v1/payment_methods/" + loose, {{"metadata[a]", "b"}}).status(), 400);
}

TEST_F(PaymentMethodsTest, AreMadeOfATokenOnce) {
    const Reply token = client.post("/v1/tokens", {{"card[number]", "4242424242424242"},
                                                   {"card[exp_month]", "8"},
                                                   {"card[exp_year]", "2030"},
                                                   {"card[name]", "Ada"}});
    ASSERT_EQ(token.status(), 200) << token.body;
    EXPECT_THAT(token.text("/card/id"), StartsWith("card_"));
    EXPECT_EQ(token.text("/card/brand"), "Visa");
    const std::string id = token.text("/id");
    const StripeClient::Values params = {{"type", "card"}, {"card[token]", id}};
    EXPECT_EQ(client.post("/v1/payment_methods", params).text("/card/last4"), "4242");
    EXPECT_EQ(client.get("/v1/tokens/" + id).body["used"], true);
    EXPECT_EQ(client.post("/v1/payment_methods", params).error("code"), "token_already_used");
    EXPECT_EQ(client.post("/v1/payment_methods", {{"type", "card"}, {"card[token]", "tok_amex"}})
                  .text("/card/brand"),
              "amex");
}

}  // namespace
}  // namespace onsite::simulator::testing
