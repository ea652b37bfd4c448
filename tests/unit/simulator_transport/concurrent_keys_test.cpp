// Many clients at once with the same idempotency keys, over real sockets: what a key stands for
// happens once, and everybody is told the same.
#include <atomic>
#include <latch>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/rng.hpp"
#include "simulator/server/server.hpp"
#include "tests/support/raw_client.hpp"

namespace onsite::simulator::testing {
namespace {

using onsite::testing::RawClient;

struct Answer {
    int status = 0;
    bool is_replayed = false;
    std::string body = {};
};

struct ConcurrentKeysTest : ::testing::TestWithParam<const char*> {
    ConcurrentKeysTest() {
        auto started = Server::start(
            {.session = {.seed = 7, .profile = &profile, .is_real_time = true}}, clock);
        if (!started) throw std::runtime_error(started.error().message);
        server = std::move(*started);
    }

    Answer post(const std::string& path, const std::string& key, const std::string& body,
                const std::string& account = "sk_test_1") const {
        RawClient client(server->port());
        client.send(
            fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n"
                        "Idempotency-Key: {}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}",
                        path, account, key, body.size(), body));
        const std::string text = client.read_all();
        const std::size_t end = text.find("\r\n\r\n");
        if (end == text.npos) return {};
        return {.status = std::stoi(text.substr(9, 3)),
                .is_replayed = text.substr(0, end).find("Idempotent-Replayed: true") != text.npos,
                .body = text.substr(end + 4)};
    }
    // As a client should: while the first request runs, it asks again.
    Answer pay(const std::string& key, const std::string& amount) {
        for (;;) {
            const Answer answer = post("/v1/payment_intents", key,
                                       fmt::format("amount={}&currency=usd&confirm=true"
                                                   "&payment_method=pm_card_visa",
                                                   amount));
            if (answer.body.find("idempotency_key_in_use") == answer.body.npos) return answer;
            EXPECT_EQ(answer.status, 409);
            EXPECT_FALSE(answer.is_replayed);
            ++in_use;
        }
    }
    void fault(const std::string& json) const {
        ASSERT_EQ(post("/_onsite/faults", "", json).status, 200);
    }
    std::size_t intents() const {
        RawClient client(server->port());
        client.send(
            "GET /v1/payment_intents?limit=100 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Authorization: Bearer sk_test_1\r\nConnection: close\r\n\r\n");
        const std::string text = client.read_all();
        return nlohmann::json::parse(text.substr(text.find("\r\n\r\n")))["data"].size();
    }

    const Profile& profile = *find_profile(GetParam());
    SystemClock clock;
    std::unique_ptr<Server> server;
    std::atomic<int> in_use = 0;
};

TEST_P(ConcurrentKeysTest, HaveOneEffectAndOneAnswer) {
    constexpr std::ptrdiff_t kClients = 8;
    // The first request runs long enough for all others to come meanwhile.
    fault(R"({"operation":"POST /v1/payment_intents","attempt":1,"at":"before_commit",
              "kind":"delay","delay_ms":200})");
    std::mutex mutex;
    std::vector<Answer> answers;
    std::latch together(kClients);
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < kClients; ++i) {
            clients.emplace_back([&] {
                together.arrive_and_wait();
                Answer answer = pay("one", "1999");
                const std::lock_guard lock(mutex);
                answers.push_back(std::move(answer));
            });
        }
    }
    EXPECT_EQ(intents(), 1u);
    EXPECT_GT(in_use, 0);
    int first_ones = 0;
    for (const Answer& answer : answers) {
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, answers[0].body);
        first_ones += answer.is_replayed ? 0 : 1;
    }
    EXPECT_EQ(first_ones, 1);
}

TEST_P(ConcurrentKeysTest, StandForOneRequestWhoeverComesFirst) {
    constexpr std::size_t kClients = 4;
    constexpr std::size_t kKeys = 6;
    std::mutex mutex;
    std::map<std::string, std::set<std::string>> bodies;  // Of each key's successes.
    std::map<std::string, int> firsts;
    std::atomic<int> mismatches = 0;
    std::latch together(kClients);
    {
        std::vector<std::jthread> clients;
        for (std::size_t i = 0; i < kClients; ++i) {
            clients.emplace_back([&, i] {
                Rng rng(i + 1);
                together.arrive_and_wait();
                for (int turn = 0; turn < 25; ++turn) {
                    const std::string key = fmt::format("k{}", rng.below(kKeys));
                    // Two amounts want the same key: one of them is a mismatch, for ever.
                    const Answer answer = pay(key, rng.below(2) == 0 ? "1999" : "2999");
                    const std::lock_guard lock(mutex);
                    if (answer.status == 200) {
                        bodies[key].insert(answer.body);
                        firsts[key] += answer.is_replayed ? 0 : 1;
                    } else {
                        EXPECT_EQ(answer.status, profile.mismatch_status);
                        EXPECT_NE(answer.body.find("idempotency_error"), answer.body.npos);
                        ++mismatches;
                    }
                }
            });
        }
    }
    EXPECT_EQ(intents(), bodies.size());
    EXPECT_GT(mismatches, 0);
    for (const auto& [key, all] : bodies) {
        EXPECT_EQ(all.size(), 1u) << key;
        EXPECT_EQ(firsts[key], 1) << key;
    }
}

TEST_P(ConcurrentKeysTest, KeepNothingOfWhoIsNobodyOrTooMany) {
    EXPECT_EQ(post("/v1/payment_intents", "k", "amount=1", "sk_live_1").status, 401);
    EXPECT_EQ(post("/v1/payment_intents", "k", "amount=%ff").status, 400);
    EXPECT_EQ(post("/v1/payment_intents", "k", "amount=1&currency=usd").status, 400);
    fault(R"({"operation":"POST /v1/payment_intents","attempt":0,"at":"before_commit",
              "kind":"rate_limit"})");
    EXPECT_EQ(pay("k", "2999").status, 429);
    RawClient client(server->port());
    client.send("DELETE /_onsite/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    client.read_all();
    const Answer answer = pay("k", "1999");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_FALSE(answer.is_replayed);
    EXPECT_EQ(intents(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Profiles, ConcurrentKeysTest,
                         ::testing::Values("stripe-v1", "stripe-v2", "ietf", "brief"),
                         [](const auto& test) {
                             std::string name = test.param;
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace onsite::simulator::testing
