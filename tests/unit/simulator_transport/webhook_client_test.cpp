// Endpoints that answer badly, over real sockets: each attempt ends within its limit, and others
// are told meanwhile.
#include "simulator/transport/webhook_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/command.hpp"
#include "tests/support/raw_listener.hpp"

namespace onsite::simulator::testing {
namespace {

using namespace std::chrono_literals;
using onsite::testing::RawListener;
using onsite::testing::wait_until;
using ::testing::HasSubstr;

const std::string kGood = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

struct WebhookClientTest : ::testing::Test {
    WebhookClientTest() { start(5s); }
    void start(std::chrono::milliseconds limit) {
        client = std::make_unique<WebhookClient>(
            [this](std::uint64_t number, int status) {
                const std::lock_guard lock(mutex);
                statuses[number] = status;
            },
            limit);
    }
    void send(std::uint64_t number, const std::string& url) {
        client->send({.number = number,
                      .url = url,
                      .signature = "t=1,v1=ab",
                      .payload = std::make_shared<const std::string>(R"({"id":"evt_1"})")});
    }
    // The status of the attempt's answer; -1 when there was none in time.
    int status_of(std::uint64_t number) {
        wait_until(
            [&] {
                const std::lock_guard lock(mutex);
                return statuses.contains(number);
            },
            10s);
        const std::lock_guard lock(mutex);
        return statuses.contains(number) ? statuses[number] : -1;
    }

    std::mutex mutex;
    std::map<std::uint64_t, int> statuses;
    std::unique_ptr<WebhookClient> client;
};

TEST_F(WebhookClientTest, SendsTheEventAndItsSignature) {
    std::string heard;
    RawListener endpoint([&](const RawListener::Peer& peer) {
        heard = peer.read_until(R"({"id":"evt_1"})");
        peer.send(kGood);
        peer.wait_for_end();
    });
    send(1, endpoint.url() + "?a=1#b");
    EXPECT_EQ(status_of(1), 200);
    EXPECT_THAT(heard, HasSubstr("POST /hook?a=1 HTTP/1.1\r\n"));
    EXPECT_THAT(heard, HasSubstr("\r\nStripe-Signature: t=1,v1=ab\r\n"));
    EXPECT_THAT(heard, HasSubstr("\r\nContent-Type: application/json; charset=utf-8\r\n"));
    EXPECT_THAT(heard, HasSubstr("\r\nContent-Length: 14\r\n"));
}

TEST_F(WebhookClientTest, GivesUpWhoNeverAnswersWhileOthersAreTold) {
    start(1s);
    const auto silent = [](const RawListener::Peer& peer) { peer.wait_for_end(); };
    RawListener first(silent);
    RawListener second(silent);
    RawListener good([](const RawListener::Peer& peer) {
        peer.read_until("evt_1");
        peer.send(kGood);
        peer.wait_for_end();
    });
    send(1, first.url());
    send(2, second.url());
    send(3, good.url());
    EXPECT_EQ(status_of(3), 200);
    EXPECT_EQ(status_of(1), 0);
    EXPECT_EQ(status_of(2), 0);
}

TEST_F(WebhookClientTest, GivesUpWhoAnswersAByteAtATime) {
    start(300ms);
    RawListener endpoint([](const RawListener::Peer& peer) {
        peer.read_until("evt_1");
        peer.send("HTTP/1.1 200 OK\r\nA: ");
        // Each byte comes well within any limit that begins anew.
        for (int i = 0; i < 200 && peer.send("a") && peer.pause(20); ++i) continue;
    });
    send(1, endpoint.url());
    EXPECT_EQ(status_of(1), 0);
}

TEST_F(WebhookClientTest, FollowsNoRedirect) {
    RawListener other([](const RawListener::Peer& peer) { peer.send(kGood); });
    RawListener endpoint([&](const RawListener::Peer& peer) {
        peer.read_until("evt_1");
        peer.send("HTTP/1.1 307 Elsewhere\r\nLocation: " + other.url() +
                  "\r\nContent-Length: 0\r\n\r\n");
        peer.wait_for_end();
    });
    send(1, endpoint.url());
    EXPECT_EQ(status_of(1), 307);
    EXPECT_EQ(other.accepted(), 0);
}

TEST_F(WebhookClientTest, ReadsNoAnswerWithoutEnd) {
    std::atomic<std::size_t> sent = 0;
    RawListener endpoint([&](const RawListener::Peer& peer) {
        peer.read_until("evt_1");
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
        const std::string block(1 << 16, 'a');
        while (sent < (100u << 20) && peer.send(block)) sent += block.size();
    });
    send(1, endpoint.url());
    EXPECT_EQ(status_of(1), 200) << "it said yes, whatever else it says";
    EXPECT_LT(sent, 32u << 20) << "what the buffers between them hold, and no more";
}

TEST_F(WebhookClientTest, TakesWhatIsNoHttpAndNobodyForNoAnswer) {
    RawListener endpoint([](const RawListener::Peer& peer) {
        peer.read_until("evt_1");
        peer.send("nonsense\r\n\r\n");
    });
    send(1, endpoint.url());
    send(2, "http://127.0.0.1:1/hook");
    send(3, "");
    for (const std::uint64_t number : {1u, 2u, 3u}) EXPECT_EQ(status_of(number), 0) << number;
}

TEST_F(WebhookClientTest, StopsAtOnceWhileAnEndpointKeepsItWaiting) {
    RawListener endpoint([](const RawListener::Peer& peer) { peer.wait_for_end(); });
    for (std::uint64_t i = 0; i < 2 * kWebhookThreads; ++i) send(i, endpoint.url());
    wait_until([&] { return endpoint.accepted() > 0; }, 10s);
    client->stop();
    const std::lock_guard lock(mutex);
    EXPECT_TRUE(statuses.empty());
}

}  // namespace
}  // namespace onsite::simulator::testing
