// What has no endpoint here: 501 for what Stripe has, 404 for what it does not have.
#include "simulator/core/stripe_routes.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

TEST(StripeRoutes, HaveAllThatIsSimulated) {
    for (const auto& table : route_tables()) {
        for (const Route& route : table) {
            EXPECT_TRUE(is_stripes(route.method, route.path))
                << to_string(route.method) << ' ' << route.path;
        }
    }
}

TEST(StripeRoutes, AreFoundByTheirMethodAndTheirSteps) {
    EXPECT_TRUE(is_stripes(Method::get, "/v1/quotes/qt_1"));
    EXPECT_TRUE(is_stripes(Method::post, "/v1/quotes/qt_1/accept"));
    EXPECT_TRUE(is_stripes(Method::get, "/v2/core/events"));
    for (const std::string_view path :
         {"/", "//", "/v1", "/v1/", "/v1//", "/v2/", "/v1/quotes/", "/v1/quotes/qt_1/",
          "/v1/quotes//accept", "/v1/quotes/qt_1/accept/it", "/quotes", "/v1/*", "/v1/quote",
          "/v1/v1/quotes", "/v1//v2/core/events"}) {
        EXPECT_FALSE(is_stripes(Method::get, path)) << path;
        EXPECT_FALSE(is_stripes(Method::post, path)) << path;
    }
    EXPECT_FALSE(is_stripes(Method::del, "/v1/quotes/qt_1"));
}

struct UnknownUrlTest : ::testing::Test {
    Simulator simulator{{.seed = 7}};
    StripeClient client{simulator};
};

TEST_F(UnknownUrlTest, IsNotSimulatedWhenStripeHasIt) {
    for (const char* path :
         {"/v2/core/accounts", "/v2/core/event_destinations", "/v1/product_catalog/trial_offers",
          "/v1/three_d_secure/authentications", "/v1/payment_links", "/oauth/token"}) {
        const Reply reply = client.post(path);
        EXPECT_EQ(reply.status(), 501) << path;
        EXPECT_EQ(reply.error("code"), "not_simulated") << path;
    }
}

TEST_F(UnknownUrlTest, IsThatOfAnObjectWhenAWordOfTheApiHasNoSuchMethod) {
    const Reply reply = client.post("/v1/customers/search", {{"name", "Ada"}});
    EXPECT_EQ(reply.status(), 404);
    EXPECT_EQ(reply.error("message"), "No such customer: 'search'");
    EXPECT_EQ(client.get("/v1/invoices/create_preview").error("message"),
              "No such invoice: 'create_preview'");
}

TEST_F(UnknownUrlTest, IsUnrecognizedWhenStripeDoesNotHaveIt) {
    const auto expect_unknown = [](const Reply& reply, const std::string& url) {
        EXPECT_EQ(reply.status(), 404) << url;
        EXPECT_EQ(reply.error("message"),
                  "Unrecognized request URL (" + url +
                      "). Please see https://stripe.com/docs or we can help at "
                      "https://support.stripe.com/.");
    };
    expect_unknown(client.get("/v1/customers/cus_x/nope"), "GET: /v1/customers/cus_x/nope");
    expect_unknown(client.del("/v1/customers"), "DELETE: /v1/customers");
    expect_unknown(client.post("/v1/balance"), "POST: /v1/balance");
    expect_unknown(client.get("/v1/customers/"), "GET: /v1/customers/");
    expect_unknown(client.get("/v3/customers"), "GET: /v3/customers");
}

}  // namespace
}  // namespace onsite::simulator::testing
