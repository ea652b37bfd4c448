// What HTTP and Stripe's clients expect around an answer: who asked, in which version, and when.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/split_stream.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kKey = "Authorization: Bearer sk_test_1\r\n";

std::string answer_to(const std::string& bytes, const std::vector<Fault>& faults = {}) {
    Simulator simulator({.seed = 3, .start_us = 1'767'603'600 * kSecond});
    for (const Fault& fault : faults) simulator.faults().add(fault);
    return converse(bytes, [&](const HttpRequest& request) {
        HttpAnswer answered;
        serve_http(simulator, request, [&](HttpAnswer answer) { answered = std::move(answer); });
        return answered;
    });
}

std::string get(const std::string& headers, std::string_view target = "/v1/customers") {
    return answer_to(fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n{}\r\n", target, headers));
}

TEST(HttpRulesTest, TakeTheSchemeOfAKeyInEitherCase) {
    for (const char* sent : {"bearer sk_test_1", "BEARER sk_test_1", "basic c2tfdGVzdF8xOg=="}) {
        EXPECT_THAT(get(fmt::format("authorization: {}\r\n", sent)), StartsWith("HTTP/1.1 200 "))
            << sent;
    }
    const std::string refused = get("");
    EXPECT_THAT(refused, AllOf(StartsWith("HTTP/1.1 401 "),
                               HasSubstr("\r\nWWW-Authenticate: Basic realm=\"Stripe\"\r\n")));
    EXPECT_THAT(get(kKey), Not(HasSubstr("WWW-Authenticate")));
}

TEST(HttpRulesTest, SayTheTimeOfTheSimulator) {
    EXPECT_THAT(get(kKey), HasSubstr("\r\nDate: Mon, 05 Jan 2026 09:00:00 GMT\r\n"));
}

std::string pay(const std::string& headers, std::string_view card) {
    const std::string body = fmt::format(
        "amount=1999&currency=usd&confirm=true&payment_method={}&payment_method_types[]=card",
        card);
    return answer_to(
        fmt::format("POST /v1/payment_intents HTTP/1.1\r\nHost: x\r\n{}{}"
                    "Content-Length: {}\r\n\r\n{}",
                    kKey, headers, body.size(), body));
}

TEST(HttpRulesTest, NameTheRequestThatRanUnderAKey) {
    const std::string answer = pay("Idempotency-Key: a\r\n", "pm_card_visa");
    EXPECT_THAT(answer, ContainsRegex("\r\nOriginal-Request: req_"));
    EXPECT_THAT(pay("", "pm_card_visa"), Not(HasSubstr("Original-Request")));
}

TEST(HttpRulesTest, AdviseAgainstTheRetryOfADecline) {
    const std::string declined = pay("", "pm_card_visa_chargeDeclined");
    EXPECT_THAT(declined, AllOf(StartsWith("HTTP/1.1 402 "),
                                HasSubstr("\r\nStripe-Should-Retry: false\r\n")));
    EXPECT_THAT(pay("", "pm_card_visa"), Not(HasSubstr("Stripe-Should-Retry")));
}

TEST(HttpRulesTest, AdviseWhatAFaultSaysInstead) {
    const std::string answer =
        answer_to(fmt::format("GET /v1/customers HTTP/1.1\r\nHost: x\r\n{}\r\n", kKey),
                  {{.at = CutPoint::before_commit,
                    .kind = FaultKind::status,
                    .status = 402,
                    .should_retry = true}});
    EXPECT_THAT(answer,
                AllOf(StartsWith("HTTP/1.1 402 "), HasSubstr("\r\nStripe-Should-Retry: true\r\n")));
}

TEST(HttpRulesTest, KnowTheVersionsOfTheApi) {
    for (const char* version : {"2011-01-01", "2019-02-19", "2025-03-31.basil",
                                "2026-10-28.preview", "2020-08-27;link_beta=v1"}) {
        const std::string answer = get(kKey + fmt::format("Stripe-Version: {}\r\n", version));
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 ")) << version;
        EXPECT_THAT(answer, HasSubstr(fmt::format("\r\nStripe-Version: {}\r\n", version)));
    }
    for (const char* version : {"garbage", "1999-01-01", "2019-2-19", "2019-13-01", "2019-12-32",
                                "2019-02-19x", "2019-02-19."}) {
        const std::string answer = get(kKey + fmt::format("Stripe-Version: {}\r\n", version));
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << version;
        EXPECT_THAT(answer, HasSubstr(fmt::format("Invalid Stripe API version: {}\"", version)));
        EXPECT_THAT(answer, HasSubstr("\r\nStripe-Version: 2026-"));
    }
}

TEST(HttpRulesTest, RefuseBodiesInJson) {
    const std::string body = R"({"name":"Ada"})";
    const std::string answer =
        answer_to(fmt::format("POST /v1/customers HTTP/1.1\r\nHost: x\r\n{}Content-Type: "
                              "application/json\r\nContent-Length: {}\r\n\r\n{}",
                              kKey, body.size(), body));
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 400 "),
                              HasSubstr("Invalid request: unsupported Content-Type "
                                        "application/json. If error persists and you need "
                                        "assistance, please contact support@stripe.com.")));
}

TEST(HttpRulesTest, SayThatTheSecondVersionOfTheApiIsNotSimulated) {
    const std::string body = R"({"event_name":"x"})";
    EXPECT_THAT(answer_to(fmt::format("POST /v2/billing/meter_events HTTP/1.1\r\nHost: x\r\n{}"
                                      "Content-Type: application/json\r\n"
                                      "Content-Length: {}\r\n\r\n{}",
                                      kKey, body.size(), body)),
                StartsWith("HTTP/1.1 501 "));
}

TEST(HttpRulesTest, TellAPublishableKeyFromAWrongOne) {
    EXPECT_THAT(answer_to("GET /v1/customers HTTP/1.1\r\nHost: x\r\n"
                          "Authorization: Bearer pk_test_1\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 401 "), HasSubstr("secret_key_required"),
                      HasSubstr("cannot be made with a publishable API key")));
}

TEST(HttpRulesTest, WantAHostInHttp11) {
    const std::string line = "GET /v1/customers HTTP/1.1\r\n";
    EXPECT_THAT(answer_to(line + kKey + "\r\n"),
                AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("Expected one header Host")));
    EXPECT_THAT(answer_to(line + kKey + "Host: x\r\nHost: y\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(answer_to("GET /v1/customers HTTP/1.0\r\n" + kKey + "\r\n"),
                StartsWith("HTTP/1.1 200 "));
}

// A client that sends its body without waiting gets both heads at once: the first stays as it is.
TEST(HttpRulesTest, NameAndEndTheAnswerAndNotTheContinue) {
    const std::string answer = answer_to("POST /v1/customers HTTP/1.1\r\nHost: x\r\n" + kKey +
                                         "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n"
                                         "\r\n4\r\nname=Ada\r\n0\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 "));
    EXPECT_THAT(answer, AllOf(HasSubstr("\r\nConnection: close\r\n"),
                              ContainsRegex("\r\nRequest-Id: req_[0-9a-f]+\r\n")));
}

TEST(HttpRulesTest, NameAndEndWhatIsRefusedBeforeTheSimulator) {
    const std::string too_long = get(kKey, "/v1/customers?email=" + std::string(9'000, 'a'));
    EXPECT_THAT(too_long, AllOf(StartsWith("HTTP/1.1 414 "),
                                HasSubstr("Expected a request line of at most 8192 bytes")));
    const std::string post = "POST /v1/customers HTTP/1.1\r\nHost: x\r\n" + kKey;
    const std::string too_large = answer_to(post + "Content-Length: 1048577\r\n\r\n");
    EXPECT_THAT(too_large, StartsWith("HTTP/1.1 413 "));
    const std::string framed = answer_to(post + "Content-Length: x\r\n\r\n");
    const std::string chunked = answer_to(post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n");
    for (const std::string& answer :
         {too_long, too_large, framed, chunked, answer_to("nonsense\r\n\r\n")}) {
        EXPECT_THAT(answer, ContainsRegex("\r\nRequest-Id: req_[0-9a-f]+\r\n"));
        EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
        EXPECT_THAT(answer, Not(HasSubstr("Keep-Alive")));
        EXPECT_THAT(answer, HasSubstr("\r\n\r\n{\"error\":"));
    }
    EXPECT_THAT(get(kKey), HasSubstr("\r\nKeep-Alive: "));
}

}  // namespace
}  // namespace onsite::simulator::testing
