// What a client sends and Stripe shows again, and whose parameter a refusal names.
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

struct KeptFieldsTest : SubscriptionSteps {};

TEST_F(KeptFieldsTest, OfProducts) {
    const Reply made = client.post("/v1/products", {{"name", "Gold"},
                                                    {"marketing_features[0][name]", "Fast"},
                                                    {"marketing_features[1][name]", "Loud"},
                                                    {"shippable", "false"}});
    const auto features = nlohmann::json::parse(R"([{"name":"Fast"},{"name":"Loud"}])");
    EXPECT_EQ(made.body["marketing_features"], features) << made.body;
    EXPECT_EQ(made.body["shippable"], false);
    const std::string at = "/v1/products/" + made.text("/id");
    EXPECT_EQ(client.post(at, {{"name", "Silver"}}).body["marketing_features"], features);
    EXPECT_TRUE(client.post(at, {{"marketing_features", ""}}).body["marketing_features"].empty());
    EXPECT_TRUE(client.post("/v1/products", {{"name", "x"}}).body["shippable"].is_null());
}

TEST_F(KeptFieldsTest, OfInvoices) {
    const Reply made = client.post("/v1/invoices", {{"customer", customer()},
                                                    {"custom_fields[0][name]", "PO"},
                                                    {"custom_fields[0][value]", "12"}});
    EXPECT_EQ(made.body["custom_fields"], nlohmann::json::parse(R"([{"name":"PO","value":"12"}])"));
    const std::string at = "/v1/invoices/" + made.text("/id");
    EXPECT_TRUE(client.post(at, {{"custom_fields", ""}}).body["custom_fields"].is_null());
    EXPECT_EQ(client.post(at, {{"custom_fields[0][name]", "PO"}}).error("param"),
              "custom_fields[0][value]");
}

TEST_F(KeptFieldsTest, FieldsOfACustomerAreThoseOfTheirInvoices) {
    const nlohmann::json fields = nlohmann::json::parse(R"([{"name":"VAT","value":"7"}])");
    const Reply made =
        client.post("/v1/customers", {{"invoice_settings[custom_fields][0][name]", "VAT"},
                                      {"invoice_settings[custom_fields][0][value]", "7"}});
    EXPECT_EQ(made.body["invoice_settings"]["custom_fields"], fields);
    const std::string who = made.text("/id");
    EXPECT_EQ(client.post("/v1/invoices", {{"customer", who}}).body["custom_fields"], fields);
    EXPECT_EQ(client
                  .post("/v1/invoices", {{"customer", who},
                                         {"custom_fields[0][name]", "PO"},
                                         {"custom_fields[0][value]", "12"}})
                  .text("/custom_fields/0/name"),
              "PO");
    const Reply bare =
        client.post("/v1/customers/" + who, {{"invoice_settings[custom_fields]", ""}});
    EXPECT_EQ(bare.body["invoice_settings"]["custom_fields"], nullptr);
}

TEST_F(KeptFieldsTest, ATransactionOfABalanceKeepsItsTextAndNothingElse) {
    const std::string path = "/v1/customers/" + customer() + "/balance_transactions";
    const std::string at =
        path + "/" + client.post(path, {{"amount", "-300"}, {"currency", "usd"}}).text("/id");
    const Reply changed = client.post(at, {{"description", "goodwill"}, {"metadata[a]", "1"}});
    EXPECT_EQ(changed.text("/description"), "goodwill");
    EXPECT_EQ(changed.body["amount"], -300);
    EXPECT_EQ(client.get(at).body, changed.body);
    EXPECT_EQ(client.post(at, {{"amount", "5"}}).error("code"), "parameter_unknown");
    EXPECT_EQ(client.post(path + "/cbtxn_0", {{"description", "x"}}).status(), 404);
}

TEST_F(KeptFieldsTest, AnAddressToShipToHasAName) {
    EXPECT_EQ(client.post("/v1/customers", {{"shipping[address][line1]", "Main Street 1"}})
                  .error("param"),
              "shipping[name]");
    EXPECT_EQ(client
                  .post("/v1/payment_intents",
                        {{"amount", "500"}, {"currency", "usd"}, {"shipping[name]", "Ada"}})
                  .error("param"),
              "shipping[address]");
}

TEST_F(KeptFieldsTest, ARefusalNamesTheItemThatIsMeant) {
    const std::string who = customer();
    const std::string gold = price(1'000);
    EXPECT_EQ(
        client
            .post("/v1/subscriptions",
                  {{"customer", who}, {"items[0][price]", gold}, {"items[1][price]", "price_nope"}})
            .error("param"),
        "items[1][price]");
    const Reply made = subscribe(who, gold);
    EXPECT_EQ(client
                  .post("/v1/subscription_items",
                        {{"subscription", made.text("/id")}, {"price", "price_nope"}})
                  .error("param"),
              "price");
}

}  // namespace
}  // namespace onsite::simulator::testing
