// Tax ids of customers and of the account, what the tax office says, and invoices that show them.
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct TaxIdsTest : SubscriptionSteps {
    std::string path_of(const std::string& who) { return "/v1/customers/" + who + "/tax_ids"; }
    Reply add(const std::string& who, std::string_view type, std::string_view value) {
        return client.post(path_of(who), {{"type", type}, {"value", value}});
    }
    std::vector<std::string> told() {
        std::vector<std::string> types = events();
        std::erase_if(types, [](const auto& type) { return !type.starts_with("customer.tax_id"); });
        return types;
    }
    std::string status(const std::string& id) {
        return client.get("/v1/tax_ids/" + id).text("/verification/status");
    }
};

TEST_F(TaxIdsTest, AreMadeReadListedAndDeleted) {
    const std::string who = customer();
    const Reply made = add(who, "eu_vat", "EL123456789");
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_THAT(made.text("/id"), StartsWith("txi_"));
    EXPECT_EQ(made.text("/country"), "GR");
    EXPECT_EQ(made.text("/customer"), who);
    EXPECT_EQ(made.text("/owner/type"), "customer");
    EXPECT_EQ(made.text("/owner/customer"), who);
    const std::string path = path_of(who) + "/" + made.text("/id");
    EXPECT_EQ(client.get(path).body, made.body);
    EXPECT_EQ(client.get("/v1/tax_ids/" + made.text("/id")).body, made.body);
    const Reply second = add(who, "gb_vat", "GB123456789");
    EXPECT_EQ(client.get(path_of(who)).text("/data/0/id"), second.text("/id"));
    EXPECT_EQ(client.get(path_of(who)).body["data"].size(), 2u);

    const Reply gone = client.del(path);
    EXPECT_EQ(gone.body,
              (nlohmann::json{{"id", made.text("/id")}, {"object", "tax_id"}, {"deleted", true}}));
    EXPECT_EQ(client.get(path).status(), 404);
    EXPECT_EQ(client.del(path).status(), 404);
    EXPECT_EQ(client.get(path_of(who)).body["data"].size(), 1u);
    EXPECT_THAT(told(), ElementsAre("customer.tax_id.created", "customer.tax_id.created",
                                    "customer.tax_id.deleted"));
}

TEST_F(TaxIdsTest, OfTheAccountAreOnesOfNobody) {
    const std::string who = customer();
    add(who, "us_ein", "12-3456789");
    const Reply own = client.post("/v1/tax_ids", {{"type", "de_stn"}, {"value", "1234567890"}});
    ASSERT_EQ(own.status(), 200) << own.body;
    EXPECT_EQ(own.body["customer"], nullptr);
    EXPECT_EQ(own.text("/owner/type"), "self");
    EXPECT_EQ(client.get("/v1/tax_ids").body["data"].size(), 1u);
    EXPECT_EQ(client.get("/v1/tax_ids", {{"owner[type]", "customer"}, {"owner[customer]", who}})
                  .text("/data/0/type"),
              "us_ein");
    const Reply named = client.post("/v1/tax_ids", {{"type", "us_ein"},
                                                    {"value", "98-7654321"},
                                                    {"owner[type]", "customer"},
                                                    {"owner[customer]", who}});
    EXPECT_EQ(named.text("/customer"), who);
    EXPECT_EQ(client.get(path_of(who) + "/" + own.text("/id")).status(), 404);
    EXPECT_EQ(client
                  .post("/v1/tax_ids",
                        {{"type", "us_ein"}, {"value", "1"}, {"owner[type]", "application"}})
                  .error("param"),
              "owner[type]");
}

TEST_F(TaxIdsTest, AreVerifiedByTheNumbersThatStripeHasForTests) {
    const std::string who = customer();
    const std::string good = add(who, "eu_vat", "000000000").text("/id");
    const std::string bad = add(who, "au_abn", "111111111").text("/id");
    const std::string other = add(who, "eu_vat", "DE123456789").text("/id");
    EXPECT_EQ(status(add(who, "us_ein", "12-3456789").text("/id")), "unavailable");
    for (const auto& id : {good, bad, other}) EXPECT_EQ(status(id), "pending");
    pass(kDaySec);
    EXPECT_EQ(status(good), "verified");
    EXPECT_EQ(status(bad), "unverified");
    EXPECT_EQ(status(other), "pending");
    EXPECT_EQ(told().back(), "customer.tax_id.updated");
}

TEST_F(TaxIdsTest, ComeWithANewCustomer) {
    const Reply made = client.post("/v1/customers", {{"tax_id_data[0][type]", "eu_vat"},
                                                     {"tax_id_data[0][value]", "ATU12345678"},
                                                     {"tax_id_data[1][type]", "ch_vat"},
                                                     {"tax_id_data[1][value]", "CHE-1 MWST"},
                                                     {"expand[]", "tax_ids"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    ASSERT_EQ(made.body["tax_ids"]["data"].size(), 2u);
    EXPECT_EQ(made.text("/tax_ids/data/1/value"), "ATU12345678");
    EXPECT_EQ(made.text("/tax_ids/url"), path_of(made.text("/id")));
    EXPECT_EQ(client.post("/v1/customers/" + made.text("/id"), {{"tax_id_data[0][type]", "ch_vat"}})
                  .error("code"),
              "parameter_unknown");
    client.del("/v1/customers/" + made.text("/id"));
    EXPECT_EQ(client.get("/v1/tax_ids/" + made.text("/tax_ids/data/0/id")).status(), 404);
}

TEST_F(TaxIdsTest, RefuseWhatStripeRefuses) {
    const std::string who = customer();
    EXPECT_EQ(add(who, "xx_vat", "1").error("param"), "type");
    EXPECT_EQ(add(who, "unknown", "1").error("param"), "type");
    EXPECT_EQ(client.post(path_of(who), {{"type", "eu_vat"}}).error("param"), "value");
    EXPECT_EQ(add("cus_0", "eu_vat", "DE1").status(), 404);
    for (const char* value : {"US123456789", "123456789", "DE", "DE12345678901234", "DE1234_678"}) {
        const Reply reply = add(who, "eu_vat", value);
        EXPECT_EQ(reply.error("code"), "tax_id_invalid") << value;
        EXPECT_EQ(reply.error("message"), "Invalid value for eu_vat.");
    }
    EXPECT_EQ(client
                  .post("/v1/customers",
                        {{"tax_id_data[0][type]", "eu_vat"}, {"tax_id_data[0][value]", "1"}})
                  .error("param"),
              "tax_id_data[0][value]");
}

TEST_F(TaxIdsTest, OfACustomerStayOnTheInvoiceAsItWasFinalised) {
    const std::string who = client.post("/v1/customers", {{"name", "Ada"}}).text("/id");
    const Reply vat = add(who, "eu_vat", "DE123456789");
    const std::string own =
        client.post("/v1/tax_ids", {{"type", "us_ein"}, {"value", "12-3456789"}}).text("/id");
    const std::string path =
        "/v1/invoices/" +
        client.post("/v1/invoices", {{"customer", who}, {"account_tax_ids[]", own}}).text("/id");
    const nlohmann::json before = {{{"type", "eu_vat"}, {"value", "DE123456789"}}};
    EXPECT_EQ(client.get(path).body["customer_tax_ids"], before);
    EXPECT_EQ(client.get(path).text("/account_tax_ids/0"), own);
    client.post("/v1/customers/" + who, {{"name", "Bea"}});
    EXPECT_EQ(client.get(path).text("/customer_name"), "Bea");
    client.post(path + "/finalize");
    client.del(path_of(who) + "/" + vat.text("/id"));
    client.post("/v1/customers/" + who, {{"name", "Cem"}, {"email", "cem@example.com"}});
    const Reply after = client.get(path, {{"expand[]", "account_tax_ids"}});
    EXPECT_EQ(after.text("/customer_name"), "Bea");
    EXPECT_EQ(after.body["customer_email"], nullptr);
    EXPECT_EQ(after.body["customer_tax_ids"], before);
    EXPECT_EQ(after.text("/account_tax_ids/0/value"), "12-3456789");
    EXPECT_EQ(client.post("/v1/invoices", {{"customer", who}, {"account_tax_ids[]", "txi_0"}})
                  .error("param"),
              "account_tax_ids");
}

}  // namespace
}  // namespace onsite::simulator::testing
