// Real sockets on loopback. Every attack is bounded by its own limits.
#include "simulator/server/server.hpp"

#include <sys/resource.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/command.hpp"
#include "tests/support/raw_client.hpp"

namespace onsite::simulator::testing {
namespace {

using namespace std::chrono_literals;
using onsite::testing::RawClient;
using onsite::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::int64_t kStartUs = 1'767'603'600 * kSecond;

std::string request(std::string_view method, std::string_view path, std::string_view body = {},
                    std::string_view type = "application/x-www-form-urlencoded") {
    return fmt::format(
        "{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sk_test_1\r\n"
        "Content-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
        method, path, type, body.size(), body);
}

struct ServerTest : ::testing::Test {
    ServerTest() { start(); }
    void start(const std::string& state = {}) {
        server.reset();
        auto started = Server::start(
            {.session = {.seed = 7, .start_us = kStartUs}, .state_file = state}, clock);
        ASSERT_TRUE(started) << started.error().message;
        server = std::move(*started);
    }
    // On a connection of its own.
    std::string ask(const std::string& bytes) const {
        RawClient client(server->port());
        client.send(bytes);
        client.finish_sending();
        return client.read_all();
    }
    std::string make_customer() const { return ask(request("POST", "/v1/customers", "name=Ada")); }
    void fault(std::string_view json) const {
        ASSERT_THAT(ask(request("POST", "/_onsite/faults", json, "application/json")),
                    StartsWith("HTTP/1.1 200 "));
    }
    static std::string body_of(const std::string& answer) {
        return answer.substr(answer.find("\r\n\r\n") + 4);
    }
    std::string trace_hash() const {
        const auto state = nlohmann::json::parse(body_of(ask(request("GET", "/_onsite/state"))));
        return state["trace"]["hash"];
    }

    SystemClock clock;
    std::unique_ptr<Server> server;
};

TEST_F(ServerTest, ServesMoreRequestsOnOneConnection) {
    RawClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        client.send(request("GET", "/v1/customers"));
        EXPECT_THAT(client.read_until("has_more\":false", 10s), StartsWith("HTTP/1.1 200 "));
    }
}

TEST_F(ServerTest, ServesANewClientWhileAThousandAreIdle) {
    // Both ends of each are in this process.
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    std::vector<RawClient> idle;
    for (int i = 0; i < 1'000; ++i) idle.emplace_back(server->port());
    EXPECT_THAT(make_customer(), StartsWith("HTTP/1.1 200 "));
    // Also the first of them is still served.
    idle.front().send(request("GET", "/v1/customers"));
    EXPECT_THAT(idle.front().read_until("Ada", 10s), StartsWith("HTTP/1.1 200 "));
}

TEST_F(ServerTest, RefusesAGigabyteWithoutReadingIt) {
    RawClient client(server->port());
    client.send("POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
    const std::string megabyte(1 << 20, 'a');
    int taken = 0;
    while (taken < 100 && client.send(megabyte)) ++taken;
    EXPECT_LT(taken, 64) << "it went on reading";
    EXPECT_THAT(make_customer(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(ServerTest, ServesOthersWhileOneSendsHalfARequest) {
    RawClient slow(server->port());
    slow.send("POST /v1/customers HTTP/1.1\r\nContent-Le");
    RawClient half_open(server->port());
    half_open.finish_sending();
    EXPECT_THAT(make_customer(), StartsWith("HTTP/1.1 200 "));
    EXPECT_EQ(half_open.read_all(), "");
}

// ---- Cuts ----

TEST_F(ServerTest, ResetsAConnectionBeforeAndAfterTheWork) {
    fault(R"({"faults":[
        {"operation":"POST /v1/customers","attempt":1,"at":"connect","kind":"refuse"},
        {"operation":"POST /v1/customers","attempt":2,"at":"response","kind":"reset"}]})");
    for (int i = 0; i < 2; ++i) {
        RawClient client(server->port());
        client.send(request("POST", "/v1/customers", "name=Ada"));
        EXPECT_EQ(client.read_all(), "");
        EXPECT_TRUE(client.was_reset) << i;
    }
    const std::string list = ask(request("GET", "/v1/customers"));
    EXPECT_EQ(list.find("Ada"), list.rfind("Ada")) << "only the second one ran";
}

TEST_F(ServerTest, HoldsALostAnswerUntilTheClientGivesUp) {
    fault(R"({"operation":"POST /v1/customers","at":"response","kind":"lost"})");
    RawClient client(server->port());
    client.send(request("POST", "/v1/customers", "name=Ada"));
    EXPECT_EQ(client.read_all(300ms), "");
    EXPECT_FALSE(client.is_over);
    EXPECT_THAT(ask(request("GET", "/v1/customers")), HasSubstr("Ada"));
}

TEST_F(ServerTest, StallsAndComesLate) {
    fault(R"({"operation":"POST /v1/customers","at":"response","kind":"stall","delay_ms":200})");
    RawClient client(server->port());
    client.send(request("POST", "/v1/customers", "name=Ada"));
    EXPECT_EQ(client.read_all(50ms), "");
    EXPECT_THAT(client.read_until("Ada", 10s), StartsWith("HTTP/1.1 200 "));
}

TEST_F(ServerTest, EndsInTheMiddleOfTheBody) {
    fault(R"({"operation":"POST /v1/customers","at":"response","kind":"truncate"})");
    RawClient client(server->port());
    client.send(request("POST", "/v1/customers", "name=Ada"));
    const std::string answer = client.read_all();
    EXPECT_TRUE(client.is_over);
    EXPECT_FALSE(client.was_reset);
    const std::size_t at = answer.find("Content-Length: ") + 16;
    EXPECT_LT(body_of(answer).size(), std::stoul(answer.substr(at)));
    EXPECT_GT(body_of(answer).size(), 0u);
}

TEST_F(ServerTest, DripsAndIsWhole) {
    fault(
        R"({"operation":"POST /v1/customers","at":"response","kind":"slow_drip","delay_ms":400})");
    const std::string answer = make_customer();
    const std::size_t at = answer.find("Content-Length: ") + 16;
    EXPECT_EQ(body_of(answer).size(), std::stoul(answer.substr(at)));
}

TEST_F(ServerTest, SendsWhatIsNoJson) {
    fault(R"({"operation":"POST /v1/customers","at":"response","kind":"bad_json"})");
    const std::string answer = make_customer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
    EXPECT_FALSE(nlohmann::json::accept(body_of(answer)));
}

TEST_F(ServerTest, EndsWhileAnswersAreHeldAndDelayed) {
    fault(R"({"faults":[{"operation":"lost","at":"response","kind":"lost"},
        {"operation":"late","at":"before_commit","kind":"delay","delay_ms":86400000}]})");
    std::vector<RawClient> waiting;
    for (const std::string operation : {"lost", "late"}) {
        std::string bytes = request("POST", "/v1/customers", "name=Ada");
        bytes.insert(bytes.find("Host"), "Onsite-Operation: " + operation + "\r\n");
        waiting.emplace_back(server->port()).send(bytes);
    }
    EXPECT_EQ(waiting[0].read_all(200ms), "");
    server->stop();
    for (RawClient& client : waiting) {
        EXPECT_EQ(client.read_all(), "");
        EXPECT_TRUE(client.is_over);
    }
}

// ---- What survives ----

TEST_F(ServerTest, IsTheSameAfterAReplayOfItsState) {
    const TemporaryFolder folder;
    const std::string state = folder.path() / "state";
    start(state);
    make_customer();
    fault(R"({"operation":"POST /v1/customers","attempt":2,"at":"response","kind":"bad_json"})");
    ask(request("POST", "/v1/customers", "name=%C3%84&description=%ff"));
    make_customer();
    ask(request("POST", "/_onsite/clock", R"({"advance": 60})", "application/json"));
    const std::string list = body_of(ask(request("GET", "/v1/customers")));
    const std::string hash = trace_hash();
    start(state);
    EXPECT_EQ(server->replayed(), 7u);
    EXPECT_EQ(trace_hash(), hash);
    EXPECT_EQ(body_of(ask(request("GET", "/v1/customers"))), list);
}

TEST_F(ServerTest, CutsATornLineOffAndRefusesOneInTheMiddle) {
    const TemporaryFolder folder;
    const std::string state = folder.path() / "state";
    start(state);
    make_customer();
    server.reset();
    const std::string whole = onsite::testing::read_text(state);
    onsite::testing::write_text(state, whole + "{\"t\":17,\"method\":\"PO");
    start(state);
    EXPECT_EQ(server->replayed(), 2u);
    make_customer();
    server.reset();
    const std::string longer = onsite::testing::read_text(state);
    EXPECT_THAT(longer, StartsWith(whole));
    onsite::testing::write_text(state, longer + "nonsense\n" + longer);
    const auto refused =
        Server::start({.session = {.seed = 7, .start_us = kStartUs}, .state_file = state}, clock);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("line 4"));
}

TEST_F(ServerTest, RefusesTheStateOfOtherSettingsAndOfAnotherServer) {
    const TemporaryFolder folder;
    const std::string state = folder.path() / "state";
    start(state);
    const ServerSettings same{.session = {.seed = 7, .start_us = kStartUs}, .state_file = state};
    const auto busy = Server::start(same, clock);
    ASSERT_FALSE(busy);
    EXPECT_THAT(busy.error().message, HasSubstr("another simulator"));
    server.reset();
    ServerSettings other = same;
    other.session.seed = 8;
    const auto refused = Server::start(other, clock);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("same seed"));
}

}  // namespace
}  // namespace onsite::simulator::testing
