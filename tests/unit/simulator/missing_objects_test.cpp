// Lists that are asked for what belongs to an object that does not exist.
#include <utility>

#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

struct MissingObjectsTest : SimulatorTest {};

TEST_F(MissingObjectsTest, AreNamedByListsThatFilterByThem) {
    for (const auto& [list, filter] :
         {std::pair{"payment_intents", "customer"}, std::pair{"charges", "customer"},
          std::pair{"charges", "payment_intent"}, std::pair{"setup_intents", "customer"},
          std::pair{"refunds", "charge"}, std::pair{"refunds", "payment_intent"},
          std::pair{"disputes", "charge"}, std::pair{"disputes", "payment_intent"},
          std::pair{"credit_notes", "customer"}, std::pair{"credit_notes", "invoice"},
          std::pair{"invoiceitems", "customer"}, std::pair{"invoiceitems", "invoice"},
          std::pair{"invoices", "customer"}, std::pair{"invoices", "subscription"},
          std::pair{"subscriptions", "customer"}, std::pair{"subscription_items", "subscription"},
          std::pair{"checkout/sessions", "customer"},
          std::pair{"checkout/sessions", "payment_intent"},
          std::pair{"checkout/sessions", "subscription"}}) {
        const Reply reply = client.get("/v1/" + std::string(list), {{filter, "x_nope"}});
        EXPECT_EQ(reply.status(), 400) << list;
        EXPECT_EQ(reply.error("code"), "resource_missing") << list;
        EXPECT_EQ(reply.error("param"), filter) << list;
        EXPECT_EQ(reply.error("message"), "No such " + std::string(filter) + ": 'x_nope'") << list;
    }
}

TEST_F(MissingObjectsTest, AreNamedByTheWordOfTheirUrl) {
    for (const std::string path : {"payment_intents", "setup_intents"}) {
        EXPECT_EQ(client.get("/v1/" + path + "/x_nope").error("param"), "intent") << path;
        EXPECT_EQ(client.post("/v1/" + path + "/x_nope/confirm").error("param"), "intent") << path;
    }
    EXPECT_EQ(client.get("/v1/customers/x_nope").error("param"), "id");
    const Reply secret = client.get("/v1/payment_intents/pi_1_secret_2");
    EXPECT_EQ(secret.status(), 400);
    EXPECT_EQ(
        secret.error("message"),
        "You passed a string that looks like a client secret as the PaymentIntent ID, but you "
        "must provide a valid PaymentIntent ID. Please use the value in the `id` field of the "
        "PaymentIntent.");
}

TEST_F(MissingObjectsTest, AreNotThoseThatWereDeleted) {
    const std::string customer = client.post("/v1/customers").text("/id");
    client.post("/v1/payment_intents",
                {{"amount", "500"}, {"currency", "usd"}, {"customer", customer}});
    client.del("/v1/customers/" + customer);
    const Reply reply = client.get("/v1/payment_intents", {{"customer", customer}});
    ASSERT_EQ(reply.status(), 200) << reply.body;
    EXPECT_EQ(reply.body["data"].size(), 1u);
}

}  // namespace
}  // namespace onsite::simulator::testing
