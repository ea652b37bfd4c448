// Products, prices, coupons, promotion codes and tax rates.
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

struct CatalogTest : BillingTest {};

TEST_F(CatalogTest, KeepsPricesBelowACent) {
    const Reply product = client.post("/v1/products", {{"name", "Calls"}, {"id", "calls"}});
    EXPECT_EQ(product.text("/id"), "calls");
    const Reply made = client.post(
        "/v1/prices",
        {{"product", "calls"}, {"currency", "USD"}, {"unit_amount_decimal", "0.02925"}});
    EXPECT_TRUE(made.body["unit_amount"].is_null());
    EXPECT_EQ(made.text("/unit_amount_decimal"), "0.02925");
    EXPECT_EQ(made.text("/type"), "one_time");
    const std::string who = customer();
    const Reply item = client.post(
        "/v1/invoiceitems",
        {{"customer", who}, {"pricing[price]", made.text("/id")}, {"quantity", "1000"}});
    EXPECT_EQ(item.body["amount"], 29);
    EXPECT_EQ(client.del("/v1/products/calls").status(), 400);
}

TEST_F(CatalogTest, TakesTheElementsOfArraysByTheirNumbers) {
    const Reply made = client.post("/v1/products", {{"name", "Gold"},
                                                    {"images[10]", "https://a.example/3"},
                                                    {"images[2]", "https://a.example/2"},
                                                    {"images[0]", "https://a.example/1"},
                                                    {"marketing_features[1][name]", "Second"},
                                                    {"marketing_features[0][name]", "First"}});
    EXPECT_EQ(made.body["images"].dump(),
              R"(["https://a.example/1","https://a.example/2","https://a.example/3"])");
    EXPECT_EQ(made.text("/marketing_features/0/name"), "First");
}

TEST_F(CatalogTest, FindsPricesByTheirKey) {
    const auto keyed = [&](std::string_view transfer) {
        return client.post("/v1/prices", {{"product_data[name]", "Gold"},
                                          {"currency", "usd"},
                                          {"unit_amount", "100"},
                                          {"lookup_key", "gold"},
                                          {"transfer_lookup_key", transfer}});
    };
    const Reply first = keyed("false");
    EXPECT_EQ(first.status(), 200) << first.body;
    EXPECT_THAT(keyed("false").error("message"), HasSubstr("already uses that lookup key"));
    const Reply second = keyed("true");
    const Reply found =
        client.get("/v1/prices", {{"lookup_keys[]", "gold"}, {"expand[]", "data.product"}});
    ASSERT_EQ(found.body["data"].size(), 1u);
    EXPECT_EQ(found.text("/data/0/id"), second.text("/id"));
    EXPECT_EQ(found.text("/data/0/product/name"), "Gold");
}

TEST_F(CatalogTest, ExpandsAProductWhoseIdTheClientChose) {
    client.post("/v1/products", {{"name", "Calls"}, {"id", "calls"}});
    const Reply made = client.post(
        "/v1/prices",
        {{"product", "calls"}, {"currency", "usd"}, {"unit_amount", "5"}, {"expand[]", "product"}});
    EXPECT_EQ(made.text("/product/name"), "Calls");
}

TEST_F(CatalogTest, KnowsRecurringPricesAsPlans) {
    const Reply made = client.post("/v1/plans", {{"amount", "900"},
                                                 {"currency", "usd"},
                                                 {"interval", "week"},
                                                 {"interval_count", "2"},
                                                 {"product[name]", "Gold"},
                                                 {"nickname", "fortnight"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/object"), "plan");
    EXPECT_EQ(made.body["amount"], 900);
    const Reply as_price = client.get("/v1/prices/" + made.text("/id"));
    EXPECT_EQ(as_price.text("/recurring/interval"), "week");
    EXPECT_EQ(as_price.body["recurring"]["interval_count"], 2);
    EXPECT_EQ(as_price.text("/product"), made.text("/product"));
    const std::string monthly = price(500);
    const Reply once = client.post(
        "/v1/prices", {{"product_data[name]", "Shirt"}, {"currency", "usd"}, {"unit_amount", "1"}});
    const Reply listed = client.get("/v1/plans", {{"expand[]", "data.product"}});
    ASSERT_EQ(listed.body["data"].size(), 2u);
    EXPECT_EQ(listed.text("/data/0/id"), monthly);
    EXPECT_EQ(listed.text("/data/1/product/name"), "Gold");
    EXPECT_EQ(client.get("/v1/plans/" + once.text("/id")).status(), 404);
    const std::string path = "/v1/plans/" + monthly;
    EXPECT_EQ(client.post(path, {{"active", "false"}}).body["active"], false);
    EXPECT_EQ(client.get("/v1/prices/" + monthly).body["active"], false);
    EXPECT_EQ(client.post("/v1/plans", {{"amount", "1"}, {"currency", "usd"}}).error("param"),
              "interval");
}

TEST_F(CatalogTest, KeepsPercentagesExactly) {
    const Reply made =
        client.post("/v1/coupons", {{"percent_off", "25.5"}, {"duration", "forever"}});
    EXPECT_EQ(made.body["percent_off"], 25.5);
    EXPECT_TRUE(made.body["amount_off"].is_null());
    EXPECT_EQ(client.post("/v1/coupons", {{"percent_off", "100.1"}}).error("param"), "percent_off");
    EXPECT_EQ(client.post("/v1/coupons", {{"percent_off", "1e1"}}).error("param"), "percent_off");
    EXPECT_EQ(client.post("/v1/coupons", {{"duration", "once"}}).error("param"), "percent_off");
    EXPECT_EQ(client.post("/v1/coupons", {{"amount_off", "5"}}).error("param"), "currency");
}

TEST_F(CatalogTest, KeepsDiscountsOfDeletedCoupons) {
    client.post("/v1/coupons", {{"id", "half"}, {"percent_off", "50"}, {"duration", "forever"}});
    const Reply made = client.post("/v1/subscriptions", {{"customer", customer()},
                                                         {"items[0][price]", price(5'000)},
                                                         {"discounts[0][coupon]", "half"}});
    EXPECT_EQ(client.del("/v1/coupons/half").body["deleted"], true);
    EXPECT_EQ(client.get("/v1/coupons/half").status(), 404);
    pass(32 * kDaySec);
    EXPECT_EQ(invoices()[0]["total"], 2'500);
}

TEST_F(CatalogTest, GivesPromotionCodesToWhomTheyAreFor) {
    client.post("/v1/coupons", {{"id", "half"}, {"percent_off", "50"}});
    const std::string who = customer();
    const Reply code = client.post("/v1/promotion_codes", {{"promotion[type]", "coupon"},
                                                           {"promotion[coupon]", "half"},
                                                           {"code", "FALL20"},
                                                           {"customer", who},
                                                           {"max_redemptions", "1"}});
    ASSERT_EQ(code.status(), 200) << code.body;
    const auto use = [&](std::string_view customer_id) {
        return client.post("/v1/invoices", {{"customer", customer_id},
                                            {"discounts[0][promotion_code]", code.text("/id")}});
    };
    EXPECT_EQ(use(customer()).status(), 400);
    EXPECT_EQ(use(who).status(), 200);
    EXPECT_EQ(use(who).status(), 400);
    const Reply found = client.get("/v1/promotion_codes", {{"code", "FALL20"}});
    EXPECT_EQ(found.body["data"][0]["times_redeemed"], 1);
    EXPECT_EQ(found.body["data"][0]["active"], false);
}

TEST_F(CatalogTest, UpdatesAndListsTaxRates) {
    const Reply made = client.post(
        "/v1/tax_rates", {{"display_name", "VAT"}, {"percentage", "7.7"}, {"inclusive", "true"}});
    EXPECT_EQ(made.body["percentage"], 7.7);
    client.post("/v1/tax_rates/" + made.text("/id"), {{"active", "false"}});
    EXPECT_TRUE(client.get("/v1/tax_rates", {{"active", "true"}}).body["data"].empty());
    EXPECT_EQ(client.post("/v1/tax_rates", {{"display_name", "VAT"}}).error("param"), "percentage");
}

}  // namespace
}  // namespace onsite::simulator::testing
