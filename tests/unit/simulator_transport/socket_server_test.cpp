// Goal: clients that do nothing never keep a new one out. Method: a server that takes few
// connections, real sockets on loopback.
#include "simulator/transport/socket_server.hpp"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_client.hpp"

namespace onsite::simulator::testing {
namespace {

using namespace std::chrono_literals;
using onsite::testing::RawClient;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kAsk = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kAskSlowly = "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n";

struct SocketServerTest : ::testing::Test {
    // Answers "well"; a request for /slow waits until the test lets it go.
    void start(std::size_t connections_max) {
        auto listening = SocketServer::listen(
            "127.0.0.1", 0,
            [this](const HttpRequest& request, Peer) {
                if (request.target == "/slow") {
                    has_begun.set_value();
                    may_end.get_future().wait();
                }
                return HttpAnswer{.response = {.headers = {}, .body = "well"}};
            },
            connections_max);
        ASSERT_TRUE(listening);
        server = std::move(*listening);
    }
    static std::string answer_of(RawClient& client) {
        client.send(kAsk);
        return client.read_until("well", 10s);
    }

    std::promise<void> has_begun;
    std::promise<void> may_end;
    std::unique_ptr<SocketServer> server;
};

TEST_F(SocketServerTest, EndsTheConnectionThatIsIdleLongestForANewOne) {
    start(3);
    RawClient first(server->port());
    RawClient second(server->port());
    RawClient third(server->port());
    RawClient one_too_many(server->port());
    EXPECT_THAT(answer_of(one_too_many), HasSubstr("well"));
    EXPECT_THAT(first.read_all(10s), IsEmpty());
    EXPECT_TRUE(first.is_over);
    EXPECT_THAT(answer_of(second), HasSubstr("well"));
    EXPECT_THAT(answer_of(third), HasSubstr("well"));
    EXPECT_LE(server->connections(), 3u);
}

TEST_F(SocketServerTest, EndsNoConnectionThatWaitsForItsAnswer) {
    start(2);
    RawClient busy(server->port());
    busy.send(kAskSlowly);
    has_begun.get_future().wait();
    RawClient idle(server->port());
    RawClient one_too_many(server->port());
    EXPECT_THAT(answer_of(one_too_many), HasSubstr("well"));
    EXPECT_THAT(idle.read_all(10s), IsEmpty());
    EXPECT_TRUE(idle.is_over);
    may_end.set_value();
    EXPECT_THAT(busy.read_until("well", 10s), HasSubstr("well"));
}

}  // namespace
}  // namespace onsite::simulator::testing
