// What a state file keeps: moments of real time, and nothing of runs that a reset ended.
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "simulator/server/server.hpp"
#include "tests/support/command.hpp"
#include "tests/support/raw_client.hpp"

namespace onsite::simulator::testing {
namespace {

using onsite::testing::RawClient;
using onsite::testing::read_text;
using onsite::testing::TemporaryFolder;
using onsite::testing::write_text;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::int64_t kStartMs = 1'767'603'600'000;

struct StateFileTest : ::testing::Test {
    void start(bool is_real_time) {
        server.reset();
        auto started = Server::start(
            {.session = {.seed = 7, .is_real_time = is_real_time, .start_us = kStartMs * 1'000},
             .state_file = state},
            clock);
        ASSERT_TRUE(started) << started.error().message;
        server = std::move(*started);
    }
    std::string ask(std::string_view method, std::string_view path, std::string_view body = {}) {
        RawClient client(server->port());
        client.send(
            fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                        "Authorization: Bearer sk_test_1\r\nContent-Length: {}\r\n\r\n{}",
                        method, path, body.size(), body));
        const std::string answer = client.read_all();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 ")) << method << path;
        return answer.substr(answer.find("\r\n\r\n") + 4);
    }
    // All that decides what comes next.
    std::string story() {
        const auto now = nlohmann::json::parse(ask("GET", "/_onsite/state"));
        return fmt::format("{} {} {}", now["trace"].dump(), now["now"].dump(), now["seed"].dump());
    }
    void look(int times) {
        RawClient client(server->port());
        constexpr std::string_view text =
            "GET /v1/customers?limit=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_test_1\r\n"
            "\r\n";
        std::string all;
        for (int i = 0; i < times; ++i) all += text;
        client.send(all);
        client.finish_sending();
        client.read_all();
    }

    TemporaryFolder folder;
    const std::string state = folder.path() / "state";
    SimulatedClock clock{kStartMs};
    std::unique_ptr<Server> server;
};

TEST_F(StateFileTest, RealTimeGoesOnWhereItWas) {
    start(true);
    const std::string made = ask("POST", "/v1/customers", "name=Ada");
    EXPECT_THAT(made, HasSubstr(fmt::format(R"("created":{},)", kStartMs / 1000)));
    server.reset();
    clock.advance_ms(3'600'000);
    start(true);
    const auto list = nlohmann::json::parse(ask("GET", "/v1/customers"));
    EXPECT_EQ(list["data"][0], nlohmann::json::parse(made));
}

TEST_F(StateFileTest, ForgetsWhatAResetEnded) {
    for (const bool is_real_time : {false, true}) {
        write_text(state, "");
        start(is_real_time);
        ask("POST", "/v1/customers", "name=Old");
        look(1'100);
        ask("POST", "/_onsite/reset", R"({"seed": 9})");
        ask("POST", "/v1/customers", "name=New");
        const std::string before = is_real_time ? ask("GET", "/v1/customers") : story();
        const std::string long_text = read_text(state);
        start(is_real_time);
        EXPECT_EQ(is_real_time ? ask("GET", "/v1/customers") : story(), before);
        const std::string text = read_text(state);
        EXPECT_LT(text.size(), 2'000u);
        EXPECT_THAT(text, StartsWith(long_text.substr(0, long_text.find('\n') + 1)));
        EXPECT_THAT(text, Not(HasSubstr("name=Old")));
        EXPECT_THAT(text, HasSubstr("name=New"));
        // It is a state file like any other, and the old one is gone.
        ask("POST", "/v1/customers", "name=Newer");
        const std::string after = is_real_time ? ask("GET", "/v1/customers") : story();
        start(is_real_time);
        EXPECT_EQ(is_real_time ? ask("GET", "/v1/customers") : story(), after);
        EXPECT_FALSE(std::filesystem::exists(state + ".new"));
    }
}

TEST_F(StateFileTest, StaysAsItIsWhereMostOfItLives) {
    start(false);
    look(50);
    ask("POST", "/_onsite/reset");
    look(20);
    const std::string text = read_text(state);
    start(false);
    EXPECT_EQ(read_text(state), text);
}

}  // namespace
}  // namespace onsite::simulator::testing
