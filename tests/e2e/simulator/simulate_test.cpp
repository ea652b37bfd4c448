// The program as its users meet it: official clients against a real port, a crash, its words.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <signal.h>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"
#include "tests/support/raw_client.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr auto kLimit = std::chrono::seconds(60);

class Simulate {
public:
    explicit Simulate(std::vector<std::string> words) : running_(command(std::move(words))) {
        if (!running_.wait_for("listening on ", 1, kLimit)) {
            throw std::runtime_error("onsite-simulate did not begin to listen");
        }
        const std::string output = running_.output();
        port_ = std::stoi(output.substr(output.find("127.0.0.1:") + 10));
    }
    static Command command(std::vector<std::string> words) {
        words.insert(words.begin(), program("onsite-simulate").string());
        return {.words = std::move(words), .environment = {}};
    }
    int port() const { return port_; }
    Running& running() { return running_; }

private:
    Running running_;
    int port_ = 0;
};

CommandResult simulate(std::vector<std::string> words) {
    return run(Simulate::command(std::move(words)));
}

// ---- Flows: each file in flows/ is a program that ends with 0 ----

std::vector<std::string> flows() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root() / "tests/e2e/simulator/flows")) {
        names.push_back(entry.path().filename());
    }
    std::ranges::sort(names);
    return names;
}

class FlowTest : public ::testing::TestWithParam<std::string> {};

TEST_P(FlowTest, EndsWell) {
    Simulate server({"--port", "0", "--clock", "2026-01-05T09:00:00Z"});
    const fs::path npm = program("..") / "npm";
    const bool is_python = GetParam().ends_with(".py");
    ASSERT_TRUE(is_python || fs::exists(npm / "node_modules/stripe"))
        << "run ./onsite test once: it installs the client";
    const auto result = run({.words = {is_python ? "/usr/bin/python3" : "node",
                                       root() / "tests/e2e/simulator/flows" / GetParam()},
                             .environment = {fmt::format("ONSITE_PORT={}", server.port()),
                                             "ONSITE_NPM=" + npm.string()}});
    EXPECT_EQ(result.status, 0) << result.output << result.errors;
}

INSTANTIATE_TEST_SUITE_P(Sdk, FlowTest, ::testing::ValuesIn(flows()), [](const auto& flow) {
    std::string name = flow.param;
    std::ranges::replace(name, '.', '_');
    return name;
});

// ---- Its end, and what survives it ----

// One write on a connection of its own; empty when no answer came.
std::string make_customer(int port, const std::string& name) {
    RawClient client(port);
    const std::string body = "name=" + name;
    client.send(
        fmt::format("POST /v1/customers HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    "Authorization: Bearer sk_test_1\r\nConnection: close\r\n"
                    "Content-Length: {}\r\n\r\n{}",
                    body.size(), body));
    return client.read_all();
}

std::string get(int port, const std::string& path) {
    RawClient client(port);
    client.send(
        fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    "Authorization: Bearer sk_test_1\r\nConnection: close\r\n\r\n",
                    path));
    return client.read_all();
}

TEST(SimulateTest, LosesNoAcknowledgedWriteWhenItIsKilled) {
    const TemporaryFolder folder;
    const std::vector<std::string> words = {"--port", "0", "--state", folder.path() / "state"};
    std::vector<std::string> acknowledged;
    for (int life = 0; life < 3; ++life) {
        Simulate server(words);
        // In the middle of a write, whichever that is.
        constexpr int kWritesBefore = 25;
        std::atomic<int> written = 0;
        std::jthread killer([&] {
            wait_until([&] { return written >= kWritesBefore; }, kLimit);
            server.running().send(SIGKILL);
        });
        for (int i = 0; i < 500; ++i) {
            const std::string name = fmt::format("n{}x{}", life, i);
            try {
                if (make_customer(server.port(), name).ends_with("}")) acknowledged.push_back(name);
                ++written;
            } catch (const std::runtime_error&) {
                break;  // It is gone.
            }
        }
        killer.join();
        server.running().finish(kLimit);
    }
    EXPECT_GE(acknowledged.size(), 75u);
    Simulate server(words);
    std::string all;
    std::string after;
    for (int page = 0; page < 20; ++page) {
        const std::string answer = get(server.port(), "/v1/customers?limit=100" + after);
        all += answer;
        if (!answer.ends_with("}") || answer.find("\"has_more\":true") == answer.npos) break;
        const std::size_t last = answer.rfind("\"id\":\"cus_") + 6;
        after = "&starting_after=" + answer.substr(last, answer.find('"', last) - last);
    }
    for (const std::string& name : acknowledged) {
        EXPECT_EQ(count_of("\"name\":\"" + name + "\"", all), 1) << name;
    }
}

TEST(SimulateTest, EndsByASignalWithClientsConnected) {
    Simulate server({"--port", "0"});
    RawClient idle(server.port());
    server.running().send(SIGINT);
    EXPECT_EQ(server.running().finish(kLimit).status, 0);
    EXPECT_EQ(idle.read_all(), "");
}

TEST(SimulateTest, GivesTheSameTraceTwice) {
    std::string traces[2];
    for (std::string& trace : traces) {
        Simulate server({"--port", "0", "--clock", "2026-01-05T09:00:00Z", "--seed", "3"});
        for (const char* name : {"a", "b"}) make_customer(server.port(), name);
        const std::string answer = get(server.port(), "/_onsite/trace");
        trace = answer.substr(answer.find("\r\n\r\n"));
    }
    EXPECT_EQ(traces[0], traces[1]);
    EXPECT_THAT(traces[0], HasSubstr("customer.created"));
}

// ---- Its words ----

TEST(SimulateTest, RefusesWrongWordsInOneSentence) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"--clock", "yesterday"},
                                                  {"--clock", "2026-02-30T00:00:00Z"},
                                                  {"--profile", "paypal"},
                                                  {"--port", "70000"},
                                                  {"--forward-to", "ftp://x"},
                                                  {"--host", "256.0.0.1"},
                                                  {"--nonsense"},
                                                  {"--state", "/nowhere/at/all"}}) {
        const auto result = simulate(words);
        EXPECT_THAT(result.status, ::testing::AnyOf(2, 3)) << words[0];
        EXPECT_NE(result.errors, "") << words[0];
    }
    Simulate first({"--port", "0"});
    const auto second = simulate({"--port", std::to_string(first.port())});
    EXPECT_EQ(second.status, 2);
    EXPECT_THAT(second.errors, HasSubstr("--port 0 takes any free port"));
}

TEST(SimulateTest, PrintsTheSecretOfWhatItForwards) {
    Simulate server({"--port", "0", "--forward-to", "http://127.0.0.1:9/hook"});
    EXPECT_TRUE(server.running().wait_for("webhook signing secret whsec_", 1, kLimit));
}

TEST(SimulateTest, HasACurrentTableOfItsFidelity) {
    const auto table = simulate({"--fidelity"});
    EXPECT_EQ(read_text(root() / "docs/reference/fidelity.md"), table.output)
        << "./onsite simulate --fidelity > docs/reference/fidelity.md";
}

}  // namespace
}  // namespace onsite::testing
