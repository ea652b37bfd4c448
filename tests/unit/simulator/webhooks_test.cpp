#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/resources/webhook_endpoints.hpp"
#include "simulator/webhooks/deliveries.hpp"
#include "simulator/webhooks/retry_schedule.hpp"
#include "simulator/webhooks/signature.hpp"
#include "tests/support/recording_sender.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::int64_t kStartS = 1'700'000'000;

struct WebhooksTest : ::testing::Test {
    WebhooksTest() {
        deliveries.set_sender(&sender);
        endpoint = client.post("/v1/webhook_endpoints",
                               {{"url", "http://127.0.0.1:1/hook"}, {"enabled_events[]", "*"}});
    }
    std::string path() const { return "/v1/webhook_endpoints/" + endpoint.text("/id"); }
    void change(StripeClient::Values values) { client.post(path(), values); }
    Reply customer(std::string_view name = "Ada") {
        Reply made = client.post("/v1/customers", {{"name", name}});
        run_for(0);
        return made;
    }
    void run_for(std::int64_t us) {
        simulator.timeline().advance_to(simulator.timeline().now_us() + us);
    }
    // Answers the latest attempt, and lets time do what is due.
    void answer(int status) {
        ASSERT_TRUE(deliveries.answered(sender.sent.back().number, status));
        run_for(0);
    }
    void fault(WebhookFault one) { ASSERT_TRUE(deliveries.faults().add(std::move(one))); }
    std::string name_in(std::size_t place) const {
        return nlohmann::json::parse(*sender.sent.at(place).payload)["data"]["object"]["name"];
    }
    std::int64_t pending() { return client.get("/v1/events").body["data"][0]["pending_webhooks"]; }

    Simulator simulator{{.seed = 7, .start_us = kStartS * kSecond}};
    Deliveries deliveries{simulator};
    RecordingSender sender;
    StripeClient client{simulator};
    Reply endpoint;
};

TEST(WebhookSignatureTest, IsTheOneThatStripesClientsTake) {
    const std::vector<std::string> secrets = {"whsec_test"};
    EXPECT_EQ(webhook_signature(R"({"id":"evt_1","object":"event","type":"x"})", kStartS, secrets),
              "t=1700000000,"
              "v1=e97d72bf7623e6a5dea5d26df31bd7649f25537d543cb07dd97863ca485ab6df");
}

TEST(WebhookSignatureTest, TheMomentIsReadBackAndNeverGuessed) {
    EXPECT_EQ(signed_at(webhook_signature("{}", 1'700'000'000, {})), 1'700'000'000);
    EXPECT_EQ(signed_at("t=12,v1=ab,v1=cd"), 12);
    for (const char* header :
         {"", "t", "t=", "t=,v1=", "v1=ab,t=12", "t=1x,v1=ab", "t=99999999999999999999"}) {
        EXPECT_EQ(signed_at(header), 0) << header;
    }
}

TEST_F(WebhooksTest, TellTheSecretOnceAndHaveAllFields) {
    EXPECT_THAT(endpoint.text("/secret"), StartsWith("whsec_"));
    EXPECT_EQ(endpoint.text("/secret").size(), std::string("whsec_").size() + 32);
    const Reply read = client.get(path());
    EXPECT_FALSE(read.body.contains("secret"));
    for (const char* field :
         {"api_version", "application", "created", "description", "enabled_events", "livemode",
          "metadata", "object", "status", "url"}) {
        EXPECT_TRUE(read.body.contains(field)) << field;
    }
    EXPECT_EQ(client.get("/v1/webhook_endpoints").body["data"].size(), 1u);
}

TEST_F(WebhooksTest, RefuseWhatIsNoEndpoint) {
    const auto post = [&](StripeClient::Values values) {
        return client.post("/v1/webhook_endpoints", values);
    };
    EXPECT_EQ(post({{"enabled_events[]", "*"}}).error("code"), "parameter_missing");
    EXPECT_EQ(post({{"url", "http://a.example"}}).error("code"), "parameter_missing");
    EXPECT_THAT(post({{"url", "a.example"}, {"enabled_events[]", "*"}}).error("message"),
                HasSubstr("explicit scheme"));
    EXPECT_EQ(post({{"url", "http://a b"}, {"enabled_events[]", "*"}}).status(), 400);
    for (std::size_t i = 1; i < kWebhookEndpointsMax; ++i) {
        post({{"url", "http://a.example"}, {"enabled_events[]", "x"}});
    }
    EXPECT_THAT(post({{"url", "http://a.example"}, {"enabled_events[]", "x"}}).error("message"),
                HasSubstr("maximum of 16"));
}

TEST_F(WebhooksTest, AreSentSignedAndAcknowledged) {
    const Reply made = customer();
    ASSERT_EQ(sender.sent.size(), 1u);
    const WebhookAttempt& sent = sender.sent[0];
    EXPECT_EQ(sent.url, "http://127.0.0.1:1/hook");
    const std::vector<std::string> secrets = {endpoint.text("/secret")};
    EXPECT_EQ(sent.signature, webhook_signature(*sent.payload, kStartS, secrets));
    const auto event = nlohmann::json::parse(*sent.payload);
    EXPECT_EQ(event["data"]["object"], made.body);
    EXPECT_EQ(event["pending_webhooks"], 1);

    World& world = *simulator.find_world("sk_test_1");
    EXPECT_FALSE(world.is_acknowledged(event["id"].get<std::string>()));
    EXPECT_EQ(pending(), 1);
    answer(204);
    EXPECT_EQ(pending(), 0);
    EXPECT_TRUE(world.is_acknowledged(event["id"].get<std::string>()));
    EXPECT_FALSE(deliveries.answered(sent.number, 200)) << "a second answer is nobody's";
}

TEST_F(WebhooksTest, GoToEndpointsThatWantThem) {
    change({{"enabled_events[]", "customer.deleted"}});
    const Reply made = customer();
    EXPECT_THAT(sender.sent, IsEmpty());
    EXPECT_EQ(pending(), 0);
    client.del("/v1/customers/" + made.text("/id"));
    run_for(0);
    EXPECT_THAT(sender.types(), ElementsAre("customer.deleted"));
}

TEST_F(WebhooksTest, ComeOneAtATimeAndInOrder) {
    customer("a");
    customer("b");
    customer("c");
    ASSERT_EQ(sender.sent.size(), 1u);
    answer(200);
    ASSERT_EQ(sender.sent.size(), 2u);
    answer(500);  // It is tried again later; the next one does not wait for it.
    ASSERT_EQ(sender.sent.size(), 3u);
    answer(200);
    run_for(kRetryPauses[0]);
    ASSERT_EQ(sender.sent.size(), 4u);
    EXPECT_EQ(name_in(2), "c");
    EXPECT_EQ(name_in(3), "b");
}

TEST_F(WebhooksTest, AreTriedForThreeDaysAndThenGivenUp) {
    customer();
    std::int64_t begun_us = simulator.timeline().now_us();
    for (std::size_t i = 0; i < kRetryPauses.size(); ++i) {
        answer(i % 2 == 0 ? 302 : 0);
        run_for(kRetryPauses[i] - 1);
        EXPECT_EQ(sender.sent.size(), i + 1) << "too early";
        run_for(1);
        EXPECT_EQ(sender.sent.size(), i + 2);
        EXPECT_NE(sender.sent[i].signature, sender.sent[i + 1].signature) << "not signed afresh";
    }
    EXPECT_LE(simulator.timeline().now_us() - begun_us, 3 * kDay);
    EXPECT_GT(simulator.timeline().now_us() - begun_us, 2 * kDay);
    answer(500);
    run_for(10 * kDay);
    EXPECT_EQ(sender.sent.size(), kRetryPauses.size() + 1);
    EXPECT_EQ(pending(), 1);
}

TEST_F(WebhooksTest, StopWhenTheEndpointIsDisabledOrDeleted) {
    customer();
    change({{"disabled", "true"}});
    answer(500);
    run_for(3 * kDay);
    EXPECT_EQ(sender.sent.size(), 1u);
    change({{"disabled", "false"}});
    customer();
    EXPECT_EQ(sender.sent.size(), 2u);
    client.del(path());
    answer(500);
    customer();
    run_for(3 * kDay);
    EXPECT_EQ(sender.sent.size(), 2u);
}

TEST_F(WebhooksTest, AreSignedWithBothSecretsForAWhileAfterARoll) {
    World& world = *simulator.find_world("sk_test_1");
    WebhookEndpoint& row = *world.tables.webhook_endpoints.find(endpoint.text("/id"));
    const std::string fresh = roll_secret(world, row, kHour);
    customer();
    const std::vector<std::string> both = {fresh, endpoint.text("/secret")};
    EXPECT_EQ(sender.sent[0].signature, webhook_signature(*sender.sent[0].payload, kStartS, both));
    answer(200);
    run_for(kHour);
    customer();
    const std::vector<std::string> one = {fresh};
    EXPECT_EQ(sender.sent[1].signature,
              webhook_signature(*sender.sent[1].payload, kStartS + 3600, one));
}

TEST_F(WebhooksTest, ThatWaitAreSentWhenThereIsASenderAgain) {
    deliveries.set_sender(nullptr);
    customer();
    EXPECT_THAT(sender.sent, IsEmpty());
    run_for(kHour);
    deliveries.set_sender(&sender);
    ASSERT_EQ(sender.sent.size(), 1u);
    EXPECT_THAT(sender.sent[0].signature, StartsWith("t=1700003600,"));
}

TEST_F(WebhooksTest, CanComeTwice) {
    fault({.event_type = "customer.created", .nth = 2, .kind = WebhookFaultKind::duplicate});
    for (const char* name : {"a", "b", "c"}) {
        customer(name);
        answer(200);
    }
    // The copy of b was answered in place of c's first answer.
    answer(200);
    ASSERT_EQ(sender.sent.size(), 4u);
    EXPECT_EQ(*sender.sent[1].payload, *sender.sent[2].payload);
    EXPECT_EQ(name_in(3), "c");
    EXPECT_EQ(pending(), 0);
}

TEST_F(WebhooksTest, CanComeInTheWrongOrder) {
    fault({.event_type = "customer.created", .nth = 1, .kind = WebhookFaultKind::swap});
    customer("a");
    EXPECT_THAT(sender.sent, IsEmpty());
    customer("b");
    answer(200);
    ASSERT_EQ(sender.sent.size(), 2u);
    EXPECT_EQ(name_in(0), "b");
    EXPECT_EQ(name_in(1), "a");
}

TEST_F(WebhooksTest, ThatAreSwappedWithNothingComeLater) {
    fault({.event_type = "*", .nth = 1, .kind = WebhookFaultKind::swap});
    customer();
    run_for(kSwapWaitUs);
    EXPECT_EQ(sender.sent.size(), 1u);
}

TEST_F(WebhooksTest, CanBeLateOrLost) {
    fault({.event_type = "customer.created",
           .nth = 1,
           .kind = WebhookFaultKind::delay,
           .delay_us = kMinute});
    fault({.event_type = "customer.created", .nth = 2, .kind = WebhookFaultKind::drop});
    fault(
        {.event_type = "customer.created", .nth = 3, .kind = WebhookFaultKind::drop, .attempt = 0});
    customer("late");
    customer("lost");
    customer("never");
    EXPECT_THAT(sender.sent, IsEmpty());
    run_for(kMinute);
    EXPECT_EQ(name_in(0), "late");
    answer(200);
    EXPECT_EQ(name_in(1), "lost") << "its second attempt";
    answer(200);
    run_for(4 * kDay);
    EXPECT_EQ(sender.sent.size(), 2u);
}

TEST_F(WebhooksTest, CanBeSignedWrongly) {
    fault({.event_type = "*", .nth = 1, .kind = WebhookFaultKind::corrupt_signature});
    fault({.event_type = "*", .nth = 2, .kind = WebhookFaultKind::stale_timestamp});
    const std::vector<std::string> secrets = {endpoint.text("/secret")};
    customer();
    const std::string right = webhook_signature(*sender.sent[0].payload, kStartS, secrets);
    EXPECT_NE(sender.sent[0].signature, right);
    EXPECT_EQ(sender.sent[0].signature.size(), right.size());
    answer(400);
    customer();
    EXPECT_EQ(sender.sent[1].signature,
              webhook_signature(*sender.sent[1].payload, kStartS - kStaleSeconds, secrets));
    answer(400);
    run_for(kRetryPauses[0]);
    EXPECT_EQ(sender.sent[2].signature,
              webhook_signature(*sender.sent[2].payload, kStartS + 60, secrets))
        << "the second attempt is good";
}

TEST_F(WebhooksTest, AreForwardedFromEveryAccount) {
    client.del(path());
    deliveries.forward_to("http://127.0.0.1:2/", "whsec_forward");
    customer();
    answer(200);
    StripeClient other(simulator, "sk_test_2");
    other.post("/v1/customers", {{"name", "Bea"}});
    run_for(0);
    ASSERT_EQ(sender.sent.size(), 2u);
    EXPECT_EQ(sender.sent[1].url, "http://127.0.0.1:2/");
}

// An endpoint that does not keep up, without the price of a request for each of its events.
struct EndlessEventsTest : ::testing::Test {
    EndlessEventsTest() {
        deliveries.set_sender(&sender);
        StripeClient(simulator).post("/v1/webhook_endpoints",
                                     {{"url", "http://127.0.0.1:1/"}, {"enabled_events[]", "*"}});
    }
    void happen() {
        simulator.worlds().front()->emit("customer.created", object);
        simulator.timeline().advance_to(simulator.timeline().now_us());
    }

    std::size_t given_up = 0;
    Body object = std::make_shared<const std::string>("{}");
    Simulator simulator{{.seed = 7, .rows_max = 10, .trace_sink = [this](std::string_view line) {
                             given_up += line.find("hook_given_up") != line.npos ? 1 : 0;
                         }}};
    Deliveries deliveries{simulator};
    RecordingSender sender;
};

TEST_F(EndlessEventsTest, AreGivenUpWhenTooManyWaitForAnAnswer) {
    for (std::size_t i = 0; i <= kDeliveriesMax; ++i) happen();
    EXPECT_EQ(sender.sent.size(), 1u);
    EXPECT_EQ(given_up, 0u);
    happen();
    EXPECT_EQ(given_up, 1u);
}

TEST_F(EndlessEventsTest, AreGivenUpWhenTooManyWaitForARetry) {
    const auto fail = [&] {
        happen();
        deliveries.answered(sender.sent.back().number, 500);
    };
    for (std::size_t i = 0; i < kDeliveriesMax; ++i) fail();
    EXPECT_EQ(given_up, 0u);
    fail();
    EXPECT_EQ(given_up, 1u);
}

}  // namespace
}  // namespace onsite::simulator::testing
