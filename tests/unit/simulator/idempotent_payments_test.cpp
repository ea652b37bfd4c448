// Idempotency keys of payments, through the whole core.

#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

const std::string kIntents = "/v1/payment_intents";

struct IdempotentPaymentsTest : ::testing::TestWithParam<const char*> {
    const Profile& profile = *find_profile(GetParam());
    Simulator simulator{{.seed = 7, .profile = &profile, .start_us = 1'767'603'600 * kSecond}};
    StripeClient client{simulator};

    Reply pay(std::string_view card, std::string_view amount = "1999") {
        return client.post(kIntents, {{"amount", amount},
                                      {"currency", "usd"},
                                      {"confirm", "true"},
                                      {"payment_method", card}});
    }
    std::size_t intents() { return client.get(kIntents, {{"limit", "100"}}).body["data"].size(); }
    void wait_us(std::int64_t us) {
        simulator.timeline().advance_to(simulator.timeline().now_us() + us);
    }
};

TEST_P(IdempotentPaymentsTest, ReplayAPayment) {
    client.idempotency_key = "a";
    const Reply first = pay("pm_card_visa");
    ASSERT_EQ(first.status(), 200) << first.body;
    const Reply again = pay("pm_card_visa");
    EXPECT_EQ(again.body, first.body);
    EXPECT_TRUE(again.response.is_replayed);
    EXPECT_EQ(again.response.original_request, first.response.request_id);
    EXPECT_NE(again.response.request_id, first.response.request_id);
    EXPECT_EQ(intents(), 1u);
}

TEST_P(IdempotentPaymentsTest, ReplayADeclineWhereTheProviderDoes) {
    client.idempotency_key = "a";
    const Reply first = pay("pm_card_visa_chargeDeclined");
    EXPECT_EQ(first.status(), 402);
    const Reply again = pay("pm_card_visa_chargeDeclined");
    EXPECT_EQ(again.status(), 402);
    const bool is_replayed = profile.replays == Replays::everything;
    EXPECT_EQ(again.response.is_replayed, is_replayed);
    EXPECT_EQ(again.body == first.body, is_replayed);
    EXPECT_EQ(intents(), is_replayed ? 1u : 2u);
}

TEST_P(IdempotentPaymentsTest, KeepNothingOfARequestThatWasRefusedBefore) {
    client.idempotency_key = "a";
    EXPECT_EQ(pay("pm_card_visa", "-1").status(), 400);
    EXPECT_EQ(pay("pm_card_visa", "49").error("code"), "amount_too_small");
    const Reply good = pay("pm_card_visa");
    EXPECT_EQ(good.status(), 200);
    EXPECT_FALSE(good.response.is_replayed);
}

TEST_P(IdempotentPaymentsTest, KeepAStateThatRefused) {
    client.idempotency_key = "a";
    const std::string path = kIntents + "/" + pay("pm_card_visa").text("/id") + "/confirm";
    client.idempotency_key = "b";
    EXPECT_EQ(client.post(path).error("code"), "payment_intent_unexpected_state");
    const Reply again = client.post(path);
    EXPECT_EQ(again.status(), 400);
    EXPECT_EQ(again.response.is_replayed, profile.replays == Replays::everything);
}

TEST_P(IdempotentPaymentsTest, RefuseAKeyForAnotherRequest) {
    client.idempotency_key = "a";
    pay("pm_card_visa");
    const Reply other = pay("pm_card_visa", "2000");
    EXPECT_EQ(other.status(), profile.mismatch_status);
    EXPECT_EQ(other.error("type"), "idempotency_error");
    EXPECT_THAT(other.error("message"),
                HasSubstr("can only be used with the same parameters they were first used with"));
    const Reply elsewhere = client.post("/v1/customers");
    EXPECT_EQ(elsewhere.status(), profile.mismatch_status);
    EXPECT_THAT(elsewhere.error("message"),
                HasSubstr("('/v1/customers' vs '/v1/payment_intents')"));
    EXPECT_EQ(intents(), 1u);
}

TEST_P(IdempotentPaymentsTest, RefuseAKeyForAnotherEndpointThatTakesTheSameParameters) {
    client.idempotency_key = "a";
    const std::string path =
        kIntents + "/" +
        client.post(kIntents, {{"amount", "1999"}, {"currency", "usd"}}).text("/id");
    client.idempotency_key = "b";
    EXPECT_EQ(client.post(path + "/cancel").status(), 200);
    const Reply other = client.post("/v1/customers");
    EXPECT_EQ(other.status(), profile.mismatch_status);
    EXPECT_FALSE(other.response.is_replayed);
    EXPECT_THAT(other.error("message"), HasSubstr("can only be used for the same endpoint"));
    EXPECT_TRUE(client.post(path + "/cancel").response.is_replayed);
}

TEST_P(IdempotentPaymentsTest, RefuseAKeyWhoseRequestStillRuns) {
    ASSERT_TRUE(simulator.faults().add({.operation = "POST /v1/payment_intents",
                                        .at = CutPoint::before_commit,
                                        .kind = FaultKind::delay,
                                        .delay_us = kSecond}));
    int slow = 0;
    simulator.submit({.method = Method::post,
                      .path = kIntents,
                      .params = {{"amount", "1999"},
                                 {"currency", "usd"},
                                 {"confirm", "true"},
                                 {"payment_method", "pm_card_visa"}},
                      .account_key = "sk_test_1",
                      .idempotency_key = "a",
                      .operation = {}},
                     [&](const ApiResponse& response) { slow = response.status; });
    client.idempotency_key = "a";
    const Reply busy = pay("pm_card_visa");
    EXPECT_EQ(busy.status(), profile.in_flight_status);
    EXPECT_EQ(busy.error("code"), "idempotency_key_in_use");
    EXPECT_EQ(slow, 0);
    wait_us(kSecond);
    EXPECT_EQ(slow, 200);
    EXPECT_TRUE(pay("pm_card_visa").response.is_replayed);
    EXPECT_EQ(intents(), 1u);
}

TEST_P(IdempotentPaymentsTest, ForgetAKeyAfterItsTime) {
    client.idempotency_key = "a";
    pay("pm_card_visa");
    wait_us(profile.retention_us - 1);
    EXPECT_TRUE(pay("pm_card_visa").response.is_replayed);
    wait_us(1);
    EXPECT_FALSE(pay("pm_card_visa").response.is_replayed);
    EXPECT_EQ(intents(), 2u);
}

TEST_P(IdempotentPaymentsTest, AskForAKeyWhereTheProviderDoes) {
    const Reply keyless = pay("pm_card_visa");
    EXPECT_EQ(keyless.status(), profile.missing_status == 0 ? 200 : profile.missing_status);
}

TEST_P(IdempotentPaymentsTest, ReplayAnErrorThatCameAfterTheCommit) {
    ASSERT_TRUE(simulator.faults().add({.operation = "POST /v1/payment_intents",
                                        .at = CutPoint::after_commit,
                                        .kind = FaultKind::status,
                                        .status = 500}));
    client.idempotency_key = "a";
    EXPECT_EQ(pay("pm_card_visa").status(), 500);
    EXPECT_EQ(intents(), 1u);
    const Reply again = pay("pm_card_visa");
    const bool is_replayed = profile.replays == Replays::everything;
    EXPECT_EQ(again.status(), is_replayed ? 500 : 200);
    EXPECT_EQ(intents(), is_replayed ? 1u : 2u);
}

INSTANTIATE_TEST_SUITE_P(Profiles, IdempotentPaymentsTest,
                         ::testing::Values("stripe-v1", "stripe-v2", "ietf", "brief"),
                         [](const auto& test) {
                             std::string name = test.param;
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace onsite::simulator::testing
