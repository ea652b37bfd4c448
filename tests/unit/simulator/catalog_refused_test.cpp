// What Stripe refuses of prices and promotion codes.
#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

struct CatalogRefusedTest : SimulatorTest {
    Reply promote(std::string_view code) {
        return client.post(
            "/v1/promotion_codes",
            {{"promotion[type]", "coupon"}, {"promotion[coupon]", coupon}, {"code", code}});
    }
    std::string coupon = client.post("/v1/coupons", {{"percent_off", "20"}}).text("/id");
};

TEST_F(CatalogRefusedTest, PromotionCodesThatDifferByCaseOnly) {
    const Reply first = promote("Fall-20");
    ASSERT_EQ(first.status(), 200) << first.body;
    EXPECT_EQ(first.text("/code"), "Fall-20");
    const Reply second = promote("FALL-20");
    EXPECT_EQ(second.status(), 400);
    EXPECT_EQ(second.error("message"),
              "An active promotion code with `code: FALL-20` already exists.");
    const Reply found = client.get("/v1/promotion_codes", {{"code", "fall-20"}});
    ASSERT_EQ(found.body["data"].size(), 1u);
    EXPECT_EQ(found.text("/data/0/id"), first.text("/id"));

    client.post("/v1/promotion_codes/" + first.text("/id"), {{"active", "false"}});
    EXPECT_EQ(promote("FALL-20").status(), 200);
}

TEST_F(CatalogRefusedTest, PromotionCodesOfOtherCharacters) {
    for (const char* code : {"fall 20", "fall_20", "20%", "é", "<b>"}) {
        const Reply reply = promote(code);
        EXPECT_EQ(reply.status(), 400) << code;
        EXPECT_EQ(reply.error("param"), "code");
        EXPECT_THAT(reply.error("message"), HasSubstr("Valid characters are"));
    }
}

TEST_F(CatalogRefusedTest, ToArchiveTheDefaultPriceOfAProduct) {
    const Reply product = client.post("/v1/products", {{"name", "Gold"},
                                                       {"default_price_data[currency]", "usd"},
                                                       {"default_price_data[unit_amount]", "500"}});
    ASSERT_EQ(product.status(), 200) << product.body;
    const std::string path = "/v1/prices/" + product.text("/default_price");
    const Reply refused = client.post(path, {{"active", "false"}});
    EXPECT_EQ(refused.status(), 400);
    EXPECT_EQ(refused.error("message"),
              "This price cannot be archived because it is the default price of its product.");
    EXPECT_EQ(client.post(path, {{"nickname", "main"}}).status(), 200);
    client.post("/v1/products/" + product.text("/id"), {{"default_price", ""}});
    EXPECT_EQ(client.post(path, {{"active", "false"}}).body["active"], false);
}

}  // namespace
}  // namespace onsite::simulator::testing
