// One scenario through three transports: typed, bytes in memory, a socket.
#include <mutex>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/transport/socket_server.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/split_stream.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Step {
    Method method;
    std::string path;
    std::string form = {};
    std::string key = {};
    std::string operation = {};
};

// Replays, a mismatch, validation, an unknown path, and each kind of cut that ends a connection.
const std::vector<Step>& scenario() {
    static const std::vector<Step> steps = {
        {Method::post, "/v1/customers", "name=Ada&metadata[a]=1", "k1"},
        {Method::post, "/v1/customers", "metadata[a]=1&name=Ada", "k1"},
        {Method::post, "/v1/customers", "name=Bea", "k1"},
        {Method::post, "/v1/customers", "nam=Ada", "k2"},
        {Method::post, "/v1/customers", "name=%C3%84da", "k3", "pay"},
        {Method::post, "/v1/customers", "name=%C3%84da", "k3", "pay"},
        {Method::post, "/v1/customers", "name=%C3%84da", "k3", "pay"},
        {Method::get, "/v1/customers"},
        {Method::get, "/v1/quotes"},
        {Method::del, "/v1/customers/cus_none"},
    };
    return steps;
}

std::unique_ptr<Simulator> new_simulator() {
    auto simulator = std::make_unique<Simulator>(
        SimulatorSettings{.seed = 3, .start_us = 1'767'603'600 * kSecond});
    auto& faults = simulator->faults();
    EXPECT_TRUE(faults.add(
        {.operation = "pay", .attempt = 1, .at = CutPoint::request, .kind = FaultKind::reset}));
    EXPECT_TRUE(faults.add(
        {.operation = "pay", .attempt = 2, .at = CutPoint::response, .kind = FaultKind::truncate}));
    EXPECT_TRUE(faults.add({.operation = "GET /v1/customers",
                            .attempt = 1,
                            .at = CutPoint::before_commit,
                            .kind = FaultKind::rate_limit}));
    return simulator;
}

std::string bytes_of(const Step& step) {
    std::string text =
        fmt::format("{} {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_1\r\n",
                    to_string(step.method), step.path);
    if (!step.key.empty()) text += "Idempotency-Key: " + step.key + "\r\n";
    if (!step.operation.empty()) text += "Onsite-Operation: " + step.operation + "\r\n";
    if (!step.form.empty()) text += "Content-Type: application/x-www-form-urlencoded\r\n";
    return text + fmt::format("Content-Length: {}\r\n\r\n{}", step.form.size(), step.form);
}

HttpAnswer serve(Simulator& simulator, const HttpRequest& request) {
    HttpAnswer answered;
    serve_http(simulator, request, [&](HttpAnswer answer) { answered = std::move(answer); });
    return answered;
}

std::uint64_t typed_trace() {
    const auto simulator = new_simulator();
    for (const Step& step : scenario()) {
        Params params;
        EXPECT_TRUE(decode_form(step.form, params));
        simulator->handle({.method = step.method,
                           .path = step.path,
                           .params = std::move(params),
                           .account_key = "sk_test_1",
                           .idempotency_key = step.key,
                           .operation = step.operation});
    }
    return simulator->trace().hash();
}

TEST(TransportTest, GivesTheSameTraceTypedAndAsBytes) {
    const auto simulator = new_simulator();
    std::string all;
    for (const Step& step : scenario()) all += bytes_of(step);
    // One conversation: what follows a request is the next one.
    converse(all, [&](const HttpRequest& request) { return serve(*simulator, request); });
    EXPECT_EQ(simulator->trace().hash(), typed_trace());
}

TEST(TransportTest, GivesTheSameTraceTypedAndThroughASocket) {
    const auto simulator = new_simulator();
    std::mutex mutex;
    auto server = SocketServer::listen("127.0.0.1", 0, [&](const HttpRequest& request, Peer) {
        const std::lock_guard lock(mutex);
        return serve(*simulator, request);
    });
    ASSERT_TRUE(server) << server.error().message;
    for (const Step& step : scenario()) {
        onsite::testing::RawClient client((*server)->port());
        client.send(bytes_of(step));
        client.finish_sending();
        client.read_all();
        EXPECT_TRUE(client.is_over);
    }
    (*server)->stop();
    EXPECT_EQ(simulator->trace().hash(), typed_trace());
}

// ---- The bytes of a conversation ----

std::string answer_to(const std::string& bytes) {
    const auto simulator = new_simulator();
    return converse(bytes, [&](const HttpRequest& request) { return serve(*simulator, request); });
}

TEST(HttpConversationTest, RefusesWhatIsNoRequest) {
    for (const std::string bad :
         {"nonsense\r\n\r\n", "BREW /v1/customers HTTP/1.1\r\n\r\n",
          "GET /v1/customers HTTP/9\r\n\r\n", "\r\n\r\n", "GET /v1/customers\r\n\r\n"}) {
        EXPECT_THAT(answer_to(bad), StartsWith("HTTP/1.1 400 ")) << bad;
    }
    EXPECT_EQ(answer_to("GET /v1/customers HTTP/1.1\r\nHost: x\r\n"), "") << "half a head";
}

TEST(HttpConversationTest, RefusesLinesAndHeadsWithoutEnd) {
    EXPECT_THAT(answer_to("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\n\r\n"),
                StartsWith("HTTP/1.1 414 "));
    EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nA: " + std::string(100'000, 'a') + "\r\n\r\n"),
                StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nRange: bytes=" + std::string(8'000, '1') + "\r\n\r\n"),
                StartsWith("HTTP/1.1 4"));
}

TEST(HttpConversationTest, RefusesABodyOfDoubtfulLengthAndEndsThere) {
    const std::string post = "POST /v1/customers HTTP/1.1\r\nHost: x\r\n";
    const std::string smuggled = "GET /v1/customers HTTP/1.1\r\n\r\n";
    for (const std::string headers :
         {"Content-Length: 3\r\nContent-Length: 4\r\n", "Content-Length: -1\r\n",
          "Content-Length: 1x\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Content-Length: 99999999999999999999999\r\n"}) {
        const std::string answers = answer_to(post + headers + "\r\n" + smuggled);
        EXPECT_THAT(answers, StartsWith("HTTP/1.1 400 ")) << headers;
        EXPECT_EQ(answers.find("HTTP/1.1", 1), answers.npos) << "a second answer: " << headers;
    }
    const std::string huge = answer_to(post + "Content-Length: 1000000000\r\n\r\n" + smuggled);
    EXPECT_THAT(huge, StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(huge, HasSubstr("Connection: close"));
    EXPECT_THAT(answer_to(post + "Content-Length: 10\r\n\r\nabc"), StartsWith("HTTP/1.1 400 "));
}

TEST(HttpConversationTest, ReadsChunksUpToTheLimitOfABody) {
    const std::string post =
        "POST /v1/customers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_1\r\n"
        "Transfer-Encoding: chunked\r\n\r\n";
    EXPECT_THAT(answer_to(post + "4\r\nname\r\n4\r\n=Ada\r\n0\r\n\r\n"),
                HasSubstr("\"name\":\"Ada\""));
    std::string huge = post;
    for (int i = 0; i < 40; ++i) huge += "8000\r\n" + std::string(0x8000, 'a') + "\r\n";
    EXPECT_THAT(answer_to(huge + "0\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpConversationTest, TakesBodiesLongerThanAPage) {
    std::string form = "description=" + std::string(4'900, 'a');
    for (int i = 0; i < 40; ++i) form += fmt::format("&metadata[k{}]={}", i, std::string(400, 'v'));
    EXPECT_THAT(answer_to(bytes_of({Method::post, "/v1/customers", form})),
                StartsWith("HTTP/1.1 200 "));
}

TEST(HttpConversationTest, RefusesAHundredThousandParameters) {
    std::string form;
    for (int i = 0; i < 100'000; ++i) form += fmt::format("&a{}=1", i);
    EXPECT_THAT(answer_to(bytes_of({Method::post, "/v1/customers", form})),
                StartsWith("HTTP/1.1 400 "));
}

TEST(HttpConversationTest, KeepsItsPlaceAfterABodyThatNobodyAskedFor) {
    const std::string get =
        "GET /v1/customers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_2\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nlimit=1";
    const std::string answers = answer_to(get + get);
    const std::size_t second = answers.find("HTTP/1.1 ", 1);
    ASSERT_NE(second, answers.npos);
    EXPECT_THAT(answers.substr(second), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpConversationTest, AnswersHeadWithoutABodyAndOtherMethodsAsStripe) {
    const std::string head = answer_to("HEAD /v1/customers HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;
    for (const char* method : {"PUT", "PATCH", "OPTIONS"}) {
        const std::string answer =
            answer_to(fmt::format("{} /v1/customers HTTP/1.1\r\nHost: x\r\n"
                                  "Authorization: Bearer sk_test_1\r\n\r\n",
                                  method));
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 ")) << method;
        EXPECT_THAT(answer, HasSubstr("Unrecognized request URL")) << method;
    }
}

TEST(HttpConversationTest, TakesNoPathForAnother) {
    for (const std::string path : {"/v1/customers/../../_onsite/state", "//v1/customers",
                                   "/v1/%2e%2e/_onsite/state", "/v1/customers%00",
                                   "/v1/customers%0a", "http://127.0.0.1/V1/customers", "*",
                                   "/V1/customers"}) {
        // Whatever the error is, it is about the path as it was sent.
        EXPECT_THAT(answer_to(bytes_of({Method::get, path})),
                    ::testing::ContainsRegex("^HTTP/1.1 (400|404|501) "))
            << path;
    }
}

TEST(HttpConversationTest, SaysContinueBeforeItReadsABody) {
    std::string post = bytes_of({Method::post, "/v1/customers", "name=Ada"});
    post.insert(post.find("Content-Length"), "Expect: 100-continue\r\n");
    EXPECT_THAT(answer_to(post),
                ::testing::AllOf(StartsWith("HTTP/1.1 100 "), HasSubstr("HTTP/1.1 200 ")));
}

}  // namespace
}  // namespace onsite::simulator::testing
