// What an attacker or a broken client sends over a real socket: each gets an error of Stripe's form
// or nothing, and somebody else is served right after it. All of it is small by construction.
#include <ifaddrs.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "simulator/server/server.hpp"
#include "tests/support/raw_client.hpp"

namespace onsite::simulator::testing {
namespace {

using namespace std::chrono_literals;
using onsite::testing::RawClient;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kAuthorization = "Authorization: Bearer sk_test_1\r\n";
const std::string kLocal = "Host: 127.0.0.1\r\n";

std::string request(std::string_view method, std::string_view target, std::string_view body = {},
                    const std::string& headers = kLocal + kAuthorization) {
    return fmt::format("{} {} HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{}", method, target, headers,
                       body.size(), body);
}

std::string body_of(const std::string& answer) {
    const std::size_t end = answer.find("\r\n\r\n");
    return end == answer.npos ? std::string() : answer.substr(end + 4);
}

int status_of(const std::string& answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

struct HostileTest : ::testing::Test {
    HostileTest() { start("127.0.0.1"); }
    ~HostileTest() override { expect_another_is_served(); }

    void start(const std::string& host) {
        server.reset();
        auto started = Server::start(
            {.session = {.seed = 7, .start_us = 1'767'603'600 * kSecond}, .host = host}, clock);
        ASSERT_TRUE(started) << started.error().message;
        server = std::move(*started);
    }
    std::string ask(const std::string& bytes) const {
        RawClient client(server->port());
        client.send(bytes);
        client.finish_sending();
        return client.read_all();
    }
    void expect_another_is_served() const {
        EXPECT_EQ(status_of(ask(request("GET", "/v1/customers", {},
                                        kLocal + "Authorization: Bearer sk_test_other\r\n"))),
                  200);
    }
    // An error as Stripe's clients read it.
    void expect_refused(const std::string& bytes, int status) const {
        const std::string answer = ask(bytes);
        EXPECT_EQ(status_of(answer), status) << bytes.substr(0, 200);
        const auto body = nlohmann::json::parse(body_of(answer), nullptr, false);
        ASSERT_TRUE(body.is_object()) << answer.substr(0, 400);
        EXPECT_EQ(body["error"].value("type", ""), "invalid_request_error");
        EXPECT_NE(body["error"].value("message", ""), "");
        expect_another_is_served();
    }

    SystemClock clock;
    std::unique_ptr<Server> server;
};

TEST_F(HostileTest, RefusesParametersWithoutEnd) {
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += fmt::format("&a{}=1", i);
    expect_refused(request("POST", "/v1/customers", many), 400);
    std::string same;
    for (int i = 0; i < 90'000; ++i) same += "&expand[]=a";
    expect_refused(request("POST", "/v1/customers", same), 400);
    std::string deep = "metadata";
    for (int i = 0; i < 100'000; ++i) deep += "[a]";
    expect_refused(request("POST", "/v1/customers", deep + "=1"), 400);
    expect_refused(request("POST", "/v1/customers", std::string(1'000'000, '[')), 400);
    expect_refused(request("POST", "/v1/customers", std::string((1 << 20) + 1, 'a')), 413);
}

TEST_F(HostileTest, RefusesTextsThatAreNoUtf8) {
    for (const char* text : {"%ff", "%c0%80", "%ed%a0%80", "%f4%90%80%80", "%e2%82", "\xff"}) {
        expect_refused(request("POST", "/v1/customers", fmt::format("name={}", text)), 400);
        expect_refused(request("POST", "/v1/customers", fmt::format("{}=1", text)), 400);
    }
    expect_refused(request("GET", "/v1/customers?email=%ff"), 400);
}

TEST_F(HostileTest, RepeatsNoBytesThatAreNoUtf8) {
    for (const std::string header : {"Idempotency-Key: \xff\r\n", "Stripe-Account: \xff\r\n",
                                     "Onsite-Operation: \xff\r\n", "Content-Type: \xff\r\n"}) {
        expect_refused(request("POST", "/v1/customers", "name=a", kLocal + kAuthorization + header),
                       400);
    }
    for (const std::string target : {"/v1/customers/%ff", "/v1/customers/\xff", "/\xff"}) {
        expect_refused(request("GET", target), 400);
        expect_refused(request("PUT", target), 400);
    }
    for (const std::string key :
         {"\xff", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "sk_test_\xff",
          "sk_test_ 1"}) {
        expect_refused(
            request("GET", "/v1/customers", {}, kLocal + "Authorization: Bearer " + key + "\r\n"),
            401);
    }
    EXPECT_TRUE(nlohmann::json::accept(body_of(ask(request("GET", "/_onsite/\xff")))));
}

TEST_F(HostileTest, TakesNoPathForAnother) {
    // Were one of them taken for another path, that one would answer 200 or 401.
    for (const std::string path :
         {"/v1/../_onsite/state", "/v1/%2e%2e/_onsite/state", "/_onsite/../v1/customers",
          "/%5fonsite/state", "//v1/customers", "/v1//customers", "/v1/customers//",
          "/v1/customers%00", "/v1/customers%2f", "/v1/./customers", "/v1/customers;a",
          "/v1/customers%0d%0aX:%20y", "/v1\\customers", "/v1/customers/%ff"}) {
        const std::string answer = ask(request("GET", path));
        EXPECT_THAT(status_of(answer), ::testing::AnyOf(400, 404, 501)) << path;
        EXPECT_TRUE(nlohmann::json::accept(body_of(answer))) << path << answer;
        EXPECT_EQ(answer.find("\r\nX: y"), answer.npos) << path;
    }
}

TEST_F(HostileTest, EchoesNoHeaderThatIsNotOne) {
    const std::string answer = ask(
        request("GET", "/v1/customers", {}, kLocal + kAuthorization + "Stripe-Account: a\tb\r\n"));
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_EQ(status_of(ask(request("GET", "/v1/customers", {},
                                    kLocal + kAuthorization + "Stripe-Account: a\rb\r\n"))),
              400);
}

TEST_F(HostileTest, RefusesAKeyOfAnyOtherForm) {
    for (const std::string header :
         {"", "Authorization: Bearer \r\n", "Authorization: Basic !!!!\r\n",
          "Authorization: Bearer sk_live_1\r\n", "Authorization: Digest sk_test_1\r\n",
          "Authorization: Bearer pk_test_1\r\n"}) {
        expect_refused(request("GET", "/v1/customers", {}, kLocal + header), 401);
    }
    expect_refused(
        request("GET", "/v1/customers", {},
                kLocal + "Authorization: Bearer sk_test_" + std::string(5'000, 'a') + "\r\n"),
        401);
}

TEST_F(HostileTest, ServesOthersWhileManySendSlowlyOrNotAtAll) {
    std::vector<RawClient> slow;
    const std::string bytes = request("POST", "/v1/customers", "name=Ada");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        slow.emplace_back(server->port()).send(bytes.substr(0, i));
        if (i % 16 == 0) expect_another_is_served();
    }
    // Each goes on where it stopped.
    for (std::size_t i = 0; i < bytes.size(); i += 16) {
        slow[i].send(bytes.substr(i));
        EXPECT_THAT(slow[i].read_until("Ada", 10s), StartsWith("HTTP/1.1 200 ")) << i;
    }
}

TEST_F(HostileTest, ServesOthersWhileOneReadsNoAnswer) {
    std::string wide = "name=Ada&description=" + std::string(4'900, 'a');
    for (int i = 0; i < 40; ++i) wide += fmt::format("&metadata[k{}]={}", i, std::string(450, 'v'));
    for (int i = 0; i < 50; ++i) ask(request("POST", "/v1/customers", wide));
    RawClient deaf(server->port());
    // More than the buffers between them hold; whatever cannot be sent is not waited for.
    for (int i = 0; i < 30; ++i) deaf.send(request("GET", "/v1/customers?limit=100"));
    expect_another_is_served();
    EXPECT_EQ(status_of(ask(request("GET", "/v1/customers?limit=1"))), 200);
}

// ---- The control endpoints ----

TEST_F(HostileTest, TakesNoControlFromAPageOfTheWeb) {
    for (const std::string headers :
         {"Host: 127.0.0.1\r\nOrigin: https://evil.example\r\n",
          "Host: 127.0.0.1\r\nOrigin: null\r\n",
          "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1:1\r\n",
          "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1.evil.example\r\n", "Host: evil.example\r\n",
          "Host: evil.example\r\nOrigin: http://evil.example\r\n",
          "Host: localhost.evil.example\r\n", "Host: 127.0.0.1.evil.example:80\r\n",
          "Host: 127.0.0.1@evil.example\r\n", "Host: LOCALHOST.\r\n"}) {
        for (const std::string_view path : {"/reset", "/clock", "/faults", "/seed"}) {
            const std::string answer =
                ask(request("POST", fmt::format("/_onsite{}", path), "{}", headers));
            EXPECT_EQ(status_of(answer), 403) << headers << path;
        }
        EXPECT_EQ(status_of(ask(request("GET", "/_onsite/state", {}, headers))), 403) << headers;
        EXPECT_EQ(status_of(ask(request("GET", "/_onsite/trace", {}, headers))), 403) << headers;
    }
    // Without a Host it is no request of HTTP/1.1 at all.
    EXPECT_EQ(
        status_of(ask(request("POST", "/_onsite/reset", "{}", "Origin: https://evil.example\r\n"))),
        400);
    EXPECT_EQ(status_of(ask(request("GET", "/_onsite/state"))), 200);
}

TEST_F(HostileTest, RefusesControlBodiesThatMakeNoSense) {
    const std::string deep(200'000, '[');
    for (const std::string& body :
         {std::string("{\"advance\": -1}"), std::string("{\"advance\": 1e300}"),
          std::string("{\"advance\": 99999999999999999999}"),
          std::string("{\"to\": \"1969-01-01T00:00:00Z\"}"),
          std::string("{\"to\": \"2026-01-05T08:59:59Z\"}"), std::string("{\"to\": 7}"),
          std::string("\xff"), std::string("nul"), deep, "{\"advance\":" + deep}) {
        const std::string answer = ask(request("POST", "/_onsite/clock", body));
        EXPECT_EQ(status_of(answer), 400) << body.substr(0, 100);
        EXPECT_TRUE(nlohmann::json::accept(body_of(answer)));
    }
    EXPECT_THAT(ask(request("GET", "/_onsite/state")), HasSubstr("2026-01-05T09:00:00Z"));
}

// An address of this machine that is not loopback; empty when it has none.
std::string outer_address() {
    ifaddrs* all = nullptr;
    if (getifaddrs(&all) != 0) return {};
    std::string found;
    for (const ifaddrs* one = all; one != nullptr && found.empty(); one = one->ifa_next) {
        if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
        const auto& address = reinterpret_cast<const sockaddr_in&>(*one->ifa_addr).sin_addr;
        char text[INET_ADDRSTRLEN];
        if (ntohl(address.s_addr) >> 24 != 127)
            found = inet_ntop(AF_INET, &address, text, sizeof text);
    }
    freeifaddrs(all);
    return found;
}

TEST_F(HostileTest, TakesNoControlFromOutsideWhateverItListensOn) {
    const std::string outer = outer_address();
    if (outer.empty()) GTEST_SKIP() << "this machine has no address but loopback";
    EXPECT_THROW(RawClient(server->port(), outer.c_str()), std::runtime_error)
        << "it listens on loopback unless it is told otherwise";
    start("0.0.0.0");
    for (const std::string_view target : {"/_onsite/state", "/v1/customers"}) {
        RawClient client(server->port(), outer.c_str());
        client.send(request("GET", target));
        client.finish_sending();
        EXPECT_EQ(status_of(client.read_all()), target.starts_with("/v1") ? 200 : 403) << target;
    }
    EXPECT_EQ(status_of(ask(request("GET", "/_onsite/state"))), 200);
}

}  // namespace
}  // namespace onsite::simulator::testing
