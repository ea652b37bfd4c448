// What Stripe says of parameters that it does not take: their names, types, lengths.
#include <fmt/format.h>

#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::StartsWith;

struct ParamsRefusedTest : SimulatorTest {
    Reply create(StripeClient::Values params) { return client.post("/v1/customers", params); }
};

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST_F(ParamsRefusedTest, NamesAllThatAreUnknown) {
    const Reply reply = create({{"quantity", "1"}, {"address[planet]", "Mars"}, {"name", "Ada"}});
    EXPECT_EQ(reply.status(), 400);
    EXPECT_EQ(reply.error("code"), "parameter_unknown");
    EXPECT_EQ(reply.error("message"), "Received unknown parameters: quantity, address[planet]");
    EXPECT_EQ(reply.error("param"), "quantity");
}

TEST_F(ParamsRefusedTest, SaysWhereTheRequestIsLogged) {
    const Reply reply = create({{"quantity", "1"}});
    EXPECT_EQ(reply.error("request_log_url"), "https://dashboard.stripe.com/test/logs/" +
                                                  std::string(reply.response.request_id) +
                                                  "?t=1767603600");
    EXPECT_EQ(client.get("/v1/nothing").error("request_log_url"), "");
}

TEST_F(ParamsRefusedTest, SaysWhichTypeWasExpected) {
    const Reply text = create({{"name[0]", "a"}, {"name[b][c]", "\""}});
    EXPECT_EQ(text.error("message"), R"(Invalid string: {"0":"a","b":{"c":"\""}})");
    EXPECT_EQ(text.error("param"), "name");
    const Reply array = create({{"preferred_locales", "en"}});
    EXPECT_EQ(array.error("message"), "Invalid array");
    EXPECT_EQ(array.error("param"), "preferred_locales");
    const Reply object = create({{"metadata", "a"}});
    EXPECT_EQ(object.error("message"), "Invalid object");
    EXPECT_EQ(object.error("param"), "metadata");
}

TEST_F(ParamsRefusedTest, CountsCharactersAndNotBytes) {
    const std::string value = repeated("é", 500);
    const std::string key = repeated("€", 40);
    const std::string name = repeated("é", 256);
    const Reply kept =
        create({{"metadata[a]", value}, {"metadata[" + key + "]", "1"}, {"name", name}});
    ASSERT_EQ(kept.status(), 200) << kept.body;
    EXPECT_EQ(kept.text("/metadata/a"), value);
    EXPECT_EQ(kept.body["metadata"][key], "1");
    EXPECT_EQ(kept.text("/name"), name);
    EXPECT_EQ(create({{"name", name + "é"}}).status(), 400);
}

TEST_F(ParamsRefusedTest, SaysHowLongMetadataIs) {
    const std::string value = repeated("é", 501);
    const Reply of_value = create({{"metadata[a]", value}});
    EXPECT_EQ(of_value.error("message"),
              "Metadata values can have up to 500 characters, but you passed in a value that is "
              "501 characters. Invalid value: " +
                  value);
    EXPECT_EQ(of_value.error("param"), "metadata");
    const std::string key(41, 'k');
    EXPECT_EQ(create({{"metadata[" + key + "]", "1"}}).error("message"),
              "Metadata keys can have up to 40 characters, but you passed in a key that is 41 "
              "characters. Invalid key: " +
                  key);
    EXPECT_THAT(create({{"metadata[a]", std::string(6'000, 'v')}}).error("message"),
                StartsWith("Metadata values can have up to 500 characters"));
}

TEST_F(ParamsRefusedTest, TakesAddressesOfMailboxesOnly) {
    const auto expect_invalid = [](const Reply& reply, std::string_view param) {
        EXPECT_EQ(reply.status(), 400) << reply.body;
        EXPECT_EQ(reply.error("code"), "email_invalid");
        EXPECT_EQ(reply.error("message"), "Invalid email address: notanemail");
        EXPECT_EQ(reply.error("param"), param);
    };
    expect_invalid(create({{"email", "notanemail"}}), "email");
    for (const char* wrong : {"@b.com", "a@", "a@b@c.com", "a b@c.com"}) {
        EXPECT_EQ(create({{"email", wrong}}).error("code"), "email_invalid") << wrong;
    }
    const Reply made = create({{"email", "ada+1@example.com"}});
    EXPECT_EQ(made.text("/email"), "ada+1@example.com");
    const std::string path = "/v1/customers/" + made.text("/id");
    expect_invalid(client.post(path, {{"email", "notanemail"}}), "email");
    EXPECT_EQ(client.post(path, {{"email", ""}}).text("/email"), "null");
    expect_invalid(
        client.post("/v1/payment_intents",
                    {{"amount", "500"}, {"currency", "usd"}, {"receipt_email", "notanemail"}}),
        "receipt_email");
    expect_invalid(client.post("/v1/charges", {{"amount", "500"},
                                               {"currency", "usd"},
                                               {"source", "tok_visa"},
                                               {"receipt_email", "notanemail"}}),
                   "receipt_email");
    expect_invalid(client.post("/v1/checkout/sessions", {{"mode", "setup"},
                                                         {"currency", "usd"},
                                                         {"success_url", "https://example.com"},
                                                         {"customer_email", "notanemail"}}),
                   "customer_email");
}

}  // namespace
}  // namespace onsite::simulator::testing
