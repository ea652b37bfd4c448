#include "simulator/session/session.hpp"

#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/recording_sender.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::int64_t kStartUs = 1'767'603'600 * kSecond;  // 2026-01-05T09:00:00Z

struct SessionTest : ::testing::Test {
    SessionTest() { begin({.seed = 7, .start_us = kStartUs}); }
    void begin(SessionSettings settings) {
        session = std::make_unique<Session>(std::move(settings));
        session->set_sender(&sender);
    }
    // The answer, when it came at once.
    std::optional<HttpAnswer> send(std::string method, std::string target, std::string body = {},
                                   Peer peer = {}) {
        auto answer = std::make_shared<std::optional<HttpAnswer>>();
        latest = answer;
        session->serve(now_us,
                       {.method = std::move(method),
                        .target = std::move(target),
                        .headers = {{"Authorization", "Bearer sk_test_1"}, {"Host", host}},
                        .body = std::move(body)},
                       peer, [answer](HttpAnswer given) { *answer = std::move(given); });
        return *answer;
    }
    nlohmann::json get(const std::string& target) {
        return nlohmann::json::parse(send("GET", target)->response.body);
    }
    std::int64_t virtual_us() { return session->simulator().timeline().now_us(); }

    std::string host = "127.0.0.1:12111";
    std::int64_t now_us = kStartUs;
    RecordingSender sender;
    std::unique_ptr<Session> session;
    std::shared_ptr<std::optional<HttpAnswer>> latest;
};

TEST_F(SessionTest, MovesAVirtualClockByAStepForEachRequestOfTheApi) {
    now_us += kDay;
    send("GET", "/v1/customers");
    send("GET", "/_onsite/state");
    EXPECT_EQ(virtual_us(), kStartUs + 1'000);
    send("POST", "/_onsite/clock", R"({"advance": 60})");
    EXPECT_EQ(virtual_us(), kStartUs + 1'000 + kMinute);
    send("POST", "/_onsite/clock", R"({"to": "2026-01-05T10:00:00Z"})");
    EXPECT_EQ(virtual_us(), kStartUs + kHour);
    const auto back = send("POST", "/_onsite/clock", R"({"to": "2026-01-05T09:00:00Z"})");
    EXPECT_EQ(back->response.status, 400);
    EXPECT_THAT(back->response.body, HasSubstr("only goes forward"));
    EXPECT_EQ(virtual_us(), kStartUs + kHour);
}

TEST_F(SessionTest, FollowsTheMachineAndWhatItWasMovedAhead) {
    begin({.is_real_time = true, .start_us = kStartUs});
    now_us += kSecond;
    send("GET", "/v1/customers");
    EXPECT_EQ(virtual_us(), now_us);
    send("POST", "/_onsite/clock", R"({"advance": 3600})");
    now_us += kSecond;
    send("GET", "/v1/customers");
    EXPECT_EQ(virtual_us(), now_us + kHour);
    session->tick(now_us - kDay);
    EXPECT_EQ(virtual_us(), now_us + kHour) << "a machine's clock that is set back moves nothing";
}

TEST_F(SessionTest, SaysWhenSomethingIsDue) {
    begin({.is_real_time = true, .start_us = kStartUs, .forward_url = "http://127.0.0.1:1/"});
    send("POST", "/v1/customers", "name=Ada");
    ASSERT_EQ(sender.sent.size(), 1u);
    session->webhook_answered(now_us, sender.sent[0].number, 500);
    EXPECT_EQ(session->next_tick_us(), kStartUs + kMinute);
    session->tick(kStartUs + kMinute);
    EXPECT_EQ(sender.sent.size(), 2u);
}

TEST_F(SessionTest, ShowsItsState) {
    send("POST", "/v1/customers", "name=Ada");
    const auto state = get("/_onsite/state");
    EXPECT_EQ(state["now"]["rfc3339"], "2026-01-05T09:00:00Z");
    EXPECT_EQ(state["clock"], "virtual");
    EXPECT_EQ(state["seed"], 7);
    EXPECT_EQ(state["profile"], "stripe-v1");
    EXPECT_EQ(state["requests"], 1);
    EXPECT_EQ(state["trace"]["lines"], 3);
    EXPECT_EQ(state["accounts"][0]["events"], 1);
}

TEST_F(SessionTest, ShowsItsTraceFromAnyLine) {
    send("POST", "/v1/customers", "name=Ada");
    const std::string all = send("GET", "/_onsite/trace")->response.body;
    EXPECT_THAT(all, StartsWith("{\"i\":0,"));
    const std::string rest = send("GET", "/_onsite/trace?from=2")->response.body;
    EXPECT_THAT(rest, StartsWith("{\"i\":2,"));
    EXPECT_TRUE(all.ends_with(rest));
    EXPECT_EQ(send("GET", "/_onsite/trace?from=99")->response.body, "");
    EXPECT_EQ(send("GET", "/_onsite/trace?from=-1")->response.status, 400);
    EXPECT_EQ(send("GET", "/_onsite/trace?fro")->response.status, 400);
}

TEST_F(SessionTest, ForgetsTheOldestLinesOfALongTraceAndSaysSo) {
    begin({.trace_bytes_max = 2'000});
    for (int i = 0; i < 100; ++i) send("GET", "/v1/customers");
    const std::string text = send("GET", "/_onsite/trace")->response.body;
    EXPECT_LT(text.size(), 2'100u);
    EXPECT_THAT(text, StartsWith("{\"ev\":\"dropped\",\"lines\":1"));
}

TEST_F(SessionTest, InstallsAllFaultsOrNone) {
    const std::string good = R"({"operation":"*","attempt":1,"at":"response","kind":"lost"})";
    const std::string hook = R"({"event":"*","kind":"duplicate"})";
    EXPECT_EQ(send("POST", "/_onsite/faults", "{\"faults\":[" + good + "," + hook + "]}")
                  ->response.status,
              200);
    EXPECT_EQ(get("/_onsite/state")["faults"].size(), 2u);
    for (const std::string bad :
         {R"({"at":"connect","kind":"stall"})", R"({"at":"x","kind":"lost"})",
          R"({"at":"response","kind":"lost","tpyo":1})", R"({"event":"*","kind":"lost"})", "[]",
          "{", "7"}) {
        const auto answer =
            send("POST", "/_onsite/faults", "{\"faults\":[" + good + "," + bad + "]}");
        EXPECT_EQ(answer->response.status, 400) << bad;
    }
    EXPECT_EQ(get("/_onsite/state")["faults"].size(), 2u);
    EXPECT_EQ(send("GET", "/v1/customers")->cut, Cut::lost);
    send("DELETE", "/_onsite/faults");
    EXPECT_EQ(send("GET", "/v1/customers")->cut, Cut::none);
}

TEST_F(SessionTest, HoldsADelayedAnswerUntilTheClockIsThere) {
    send("POST", "/_onsite/faults", R"({"at":"before_commit","kind":"delay","delay_ms":60000})");
    EXPECT_FALSE(send("POST", "/v1/customers", "name=Ada"));
    const auto waiting = latest;
    send("POST", "/_onsite/clock", R"({"advance": 60})");
    ASSERT_TRUE(*waiting);
    EXPECT_EQ((*waiting)->response.status, 200);
}

TEST_F(SessionTest, GivesUpWhatWaitsWhenItIsReset) {
    send("POST", "/_onsite/faults", R"({"at":"before_commit","kind":"delay","delay_ms":60000})");
    send("POST", "/v1/customers", "name=Ada");
    const auto waiting = latest;
    send("POST", "/_onsite/reset");
    ASSERT_TRUE(*waiting);
    EXPECT_EQ((*waiting)->cut, Cut::reset);
}

TEST_F(SessionTest, BeginsAgainWithTheSameAnswersOrAnotherSeed) {
    const auto first = send("POST", "/v1/customers", "name=Ada")->response.body;
    const auto hash = get("/_onsite/state")["trace"]["hash"];
    send("POST", "/_onsite/clock", R"({"advance": 60})");
    send("POST", "/_onsite/reset");
    EXPECT_EQ(send("POST", "/v1/customers", "name=Ada")->response.body, first);
    EXPECT_EQ(get("/_onsite/state")["trace"]["hash"], hash);
    send("POST", "/_onsite/seed", R"({"seed": 8})");
    EXPECT_EQ(get("/_onsite/seed")["seed"], 8);
    EXPECT_NE(send("POST", "/v1/customers", "name=Ada")->response.body, first);
    EXPECT_EQ(send("POST", "/_onsite/seed")->response.status, 400);
}

TEST_F(SessionTest, TakesNoOldAnswerForANewWebhook) {
    begin({.seed = 7, .start_us = kStartUs, .forward_url = "http://127.0.0.1:1/"});
    send("POST", "/v1/customers", "name=Ada");
    send("POST", "/_onsite/reset");
    send("POST", "/v1/customers", "name=Ada");
    ASSERT_EQ(sender.sent.size(), 2u);
    session->webhook_answered(now_us, sender.sent[0].number, 200);
    EXPECT_EQ(get("/_onsite/state")["webhooks_in_flight"], 1);
}

TEST_F(SessionTest, ShowsThePageOfABankAndTellsWhatWasChosen) {
    EXPECT_THAT(send("GET", "/_onsite/3ds/pi_1<script>")->response.body,
                HasSubstr("<code>pi_1&lt;script&gt;</code>"));
    EXPECT_EQ(send("POST", "/_onsite/3ds/pi_1", "result=complete")->response.status, 404);
    EXPECT_EQ(send("POST", "/_onsite/3ds/pi_1", "result=x")->response.status, 400);
    constexpr std::string_view kPayment =
        "amount=1999&currency=usd&payment_method=pm_card_authenticationRequired&confirm=true"
        "&return_url=http://shop.test/done";
    const auto asked = send("POST", "/v1/payment_intents", std::string(kPayment));
    const auto intent = nlohmann::json::parse(asked->response.body);
    ASSERT_EQ(intent["status"], "requires_action");
    const std::string url = intent["next_action"]["redirect_to_url"]["url"];
    const std::string id = intent["id"];
    EXPECT_EQ(url, "http://" + host + "/_onsite/3ds/" + id);
    const auto chosen = send("POST", "/_onsite/3ds/" + id, "result=complete");
    EXPECT_EQ(chosen->response.status, 303);
    EXPECT_THAT(*find_header(chosen->response.headers, "Location"),
                StartsWith("http://shop.test/done?payment_intent=" + id));
    EXPECT_EQ(get("/v1/payment_intents/" + id)["status"], "succeeded");
}

TEST_F(SessionTest, LetsNoReturnUrlAddAHeader) {
    const auto refused = send("POST", "/v1/payment_intents",
                              "amount=1999&currency=usd&payment_method=pm_card_visa&confirm=true"
                              "&return_url=http://shop.test/%0D%0ASet-Cookie:a");
    EXPECT_THAT(refused->response.body, HasSubstr("url_invalid"));
}

TEST_F(SessionTest, IsControlledFromThisMachineOnly) {
    EXPECT_EQ(send("GET", "/_onsite/state", "", {.is_local = false})->response.status, 403);
    EXPECT_EQ(send("GET", "/v1/customers", "", {.is_local = false})->response.status, 200);
    for (const char* good : {"localhost:1", "127.0.0.1", "[::1]:80"}) {
        host = good;
        EXPECT_EQ(send("GET", "/_onsite/state")->response.status, 200) << good;
    }
    host = "rebound.example:80";
    EXPECT_EQ(send("POST", "/_onsite/reset")->response.status, 403);
}

TEST_F(SessionTest, RefusesOtherControlPathsAndMethods) {
    EXPECT_EQ(send("GET", "/_onsite")->response.status, 404);
    EXPECT_EQ(send("GET", "/_onsite/stat")->response.status, 404);
    EXPECT_EQ(send("GET", "/_onsite/states")->response.status, 404);
    EXPECT_EQ(send("DELETE", "/_onsite/state")->response.status, 405);
    EXPECT_THAT(send("GET", "/_onsitex")->response.body, HasSubstr("Unrecognized request URL"));
    EXPECT_EQ(
        send("POST", "/_onsite/webhook_endpoints/we_0", R"({"roll_secret":0})")->response.status,
        404);
}

}  // namespace
}  // namespace onsite::simulator::testing
