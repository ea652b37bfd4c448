// `onsite replay --against`: a service of somebody else's plays a scenario over real sockets. One
// that is right keeps every promise; each defect breaks its own; one that misbehaves at the level
// of bytes is contained and named.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A port that was free a moment ago.
int free_port() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
    close(listener);
    return ntohs(address.sin_port);
}

// One service of tests/hostile/services, and the command that plays against it.
class Service {
public:
    explicit Service(std::string program) : program_(std::move(program)) {}

    void start(const std::string& trick) {
        running_ = std::make_unique<Running>(
            Command{.words = {"/usr/bin/python3", "-B",
                              (root() / "tests/hostile/services" / program_).string(),
                              std::to_string(port_), trick},
                    .environment = {"STRIPE_API_BASE=http://127.0.0.1:" + std::to_string(stripe_),
                                    "STRIPE_SECRET_KEY=sk_test_shop",
                                    "STRIPE_WEBHOOK_SECRET=whsec_scenario"}});
    }
    Command command(std::vector<std::string> words) const {
        std::vector<std::string> all = {
            program("onsite-scenario").string(),         "replay",   "--against",
            "http://127.0.0.1:" + std::to_string(port_), "--listen", std::to_string(stripe_)};
        all.insert(all.end(), words.begin(), words.end());
        return {.words = std::move(all), .environment = {"ONSITE_ROOT=" + root().string()}};
    }
    // Tests share the machine: a window that a busy one does not miss.
    CommandResult plays(const std::string& scenario, std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {scenario, "--window", "100"});
        return run(command(std::move(words)));
    }

private:
    std::string program_;
    int port_ = free_port();
    int stripe_ = free_port();
    std::unique_ptr<Running> running_ = {};
};

// GoogleTest allows no hyphens.
std::string test_name(std::string name) {
    std::erase(name, '-');
    return name;
}

CommandResult play(const std::string& scenario, const std::string& defect = "") {
    Service shop("shop.py");
    shop.start(defect);
    return shop.plays(scenario);
}

class RightServiceTest : public ::testing::TestWithParam<std::string> {};

TEST_P(RightServiceTest, KeepsEveryPromise) {
    const auto played = play(GetParam());
    EXPECT_EQ(played.status, 0) << played.output << played.errors;
    EXPECT_THAT(played.output,
                AllOf(HasSubstr("PASS  every promise that is judged is kept"),
                      HasSubstr("service http://127.0.0.1:"),
                      HasSubstr("not judged: crash_anywhere, "), Not(HasSubstr("exact"))));
    EXPECT_THAT(played.errors, StartsWith("STRIPE_API_BASE=http://127.0.0.1:"));
}

INSTANTIATE_TEST_SUITE_P(Scenarios, RightServiceTest,
                         ::testing::Values("retry-with-another-body", "lost-response-fresh-key",
                                           "racing-double-click", "signature-of-last-week",
                                           "cancelled-while-it-is-paid"),
                         [](const auto& scenario) { return test_name(scenario.param); });

// Every scenario of the catalogue: it is kept, or the line says why it proves nothing.
TEST(RightServiceCatalogueTest, KeepsEveryPromiseOfTheCatalogue) {
    Service shop("shop.py");
    shop.start("");
    Running playing(shop.command({"--all"}));
    const auto played = playing.finish(std::chrono::seconds(480));
    EXPECT_EQ(played.status, 0) << played.output << played.errors;
    EXPECT_EQ(count_of("FAIL", played.output), 0) << played.output;
    EXPECT_EQ(count_of("ok    ", played.output), 47) << played.output;
    EXPECT_EQ(count_of("open  ", played.output), 2) << played.output;
    EXPECT_THAT(played.output,
                AllOf(HasSubstr("open  one-key-for-create-and-confirm "),
                      HasSubstr(" two_calls: expected a payment in two requests to happen"),
                      HasSubstr("skip  crash-before-the-request "),
                      HasSubstr("it is about retry_jitter, by which no service is judged")));
}

struct Defect {
    const char* name;
    const char* scenario;
    const char* checker;
};

class WrongServiceTest : public ::testing::TestWithParam<Defect> {};

TEST_P(WrongServiceTest, BreaksItsPromise) {
    const auto played = play(GetParam().scenario, GetParam().name);
    EXPECT_EQ(played.status, 1) << played.output << played.errors;
    EXPECT_THAT(played.output, HasSubstr(std::string("FAIL  ") + GetParam().checker));
    EXPECT_THAT(played.output, HasSubstr("--against http://127.0.0.1:"));
}

INSTANTIATE_TEST_SUITE_P(
    Defects, WrongServiceTest,
    ::testing::Values(Defect{"forgets-its-keys", "lost-response-fresh-key", "no_double_charge"},
                      Defect{"sends-another-body", "retry-with-another-body", "key_discipline"},
                      Defect{"says-paid", "lost-response-fresh-key", "no_lost_charge"},
                      Defect{"believes-everybody", "signature-of-a-stranger", "authenticity"},
                      Defect{"fulfils-at-every-delivery", "event-delivered-twice",
                             "one_effect_per_event"},
                      Defect{"retries-at-once", "lost-response-fresh-key", "retry_discipline"}),
    [](const auto& defect) { return test_name(defect.param.name); });

TEST(ServiceTest, ARunIsOrderedAndItsTraceIsJudgedAgain) {
    const TemporaryFolder folder;
    const auto trace = (folder.path() / "trace.jsonl").string();
    const auto page = (folder.path() / "page.html").string();
    Service shop("shop.py");
    shop.start("");
    const auto played =
        shop.plays("lost-response-fresh-key", {"--json", "--trace", trace, "--html", page});
    EXPECT_EQ(played.status, 0) << played.output << played.errors;
    EXPECT_THAT(played.output, HasSubstr(R"("determinism":"ordered","verdict":"pass")"));
    EXPECT_THAT(read_text(trace),
                AllOf(HasSubstr(R"("transport":"http")"), HasSubstr(R"("window_us":100000)")));
    EXPECT_THAT(read_text(page), HasSubstr("<svg"));
    const auto judged =
        run({.words = {program("onsite-scenario").string(), "replay", "--judge", trace, "--json"},
             .environment = {"ONSITE_ROOT=" + root().string()}});
    EXPECT_EQ(judged.status, 0);
    EXPECT_EQ(judged.output, played.output);
}

TEST(ServiceTest, AStoryThatItNeverMeetsProvesNothing) {
    // This shop pays in one request, and the story is about two.
    const auto played = play("one-key-for-create-and-confirm");
    EXPECT_EQ(played.status, 1) << played.output << played.errors;
    EXPECT_THAT(played.output, AllOf(HasSubstr("INCONCLUSIVE"), Not(HasSubstr("PASS"))));
}

TEST(ServiceTest, SaysWhatIsNotSupported) {
    const auto played = play("crash-with-the-key-in-memory");
    EXPECT_EQ(played.status, 2) << played.output;
    EXPECT_THAT(played.errors, HasSubstr("it crashes the shop"));
    for (const char* url : {"ftp://127.0.0.1", "http://", "127.0.0.1:80", "http://localhost:0",
                            "http://192.0.2.1:80", "http://example.com"}) {
        const auto refused = run({.words = {program("onsite-scenario").string(), "replay",
                                            "racing-double-click", "--against", url},
                                  .environment = {"ONSITE_ROOT=" + root().string()}});
        EXPECT_EQ(refused.status, 2) << url;
        EXPECT_THAT(refused.errors, StartsWith("onsite: expected ")) << url;
        EXPECT_THAT(refused.errors, HasSubstr(url)) << url;
    }
}

TEST(ServiceTest, SaysHowToGetAnotherPort) {
    Service shop("shop.py");
    shop.start("");
    Running first(shop.command({"racing-double-click", "--window", "10000"}));
    ASSERT_TRUE(first.wait_for_error("STRIPE_API_BASE=", std::chrono::seconds(20)));
    const auto second = shop.plays("racing-double-click");
    EXPECT_EQ(second.status, 2) << second.output;
    EXPECT_THAT(second.errors, HasSubstr("--listen 0 takes any free port"));
}

// ---- W42: who listens, and when

TEST(HostileServiceTest, OneThatNeverListensIsNotWaitedForForEver) {
    Service service("raw.py");
    service.start("never-listens");
    const auto played = service.plays("racing-double-click", {"--wait", "1"});
    EXPECT_EQ(played.status, 2) << played.output;
    EXPECT_THAT(played.errors, HasSubstr("within 1 s, found nobody there"));
}

TEST(HostileServiceTest, OneThatListensLateIsWaitedFor) {
    Service shop("shop.py");
    Running playing(shop.command({"lost-response-fresh-key", "--window", "100"}));
    ASSERT_TRUE(playing.wait_for_error("STRIPE_API_BASE=", std::chrono::seconds(20)));
    shop.start("");
    const auto played = playing.finish(std::chrono::seconds(60));
    EXPECT_EQ(played.status, 0) << played.output << played.errors;
}

// ---- W42 and W43: what comes instead of a reply

struct Trick {
    const char* name;
    const char* sentence;
};

// The service of that program, up to that trick, is named for it and judged for nothing.
void expect_contained(const char* program, const Trick& trick, std::vector<std::string> words) {
    Service service(program);
    service.start(trick.name);
    words.insert(words.begin(), "lost-response-fresh-key");
    const auto played = run(service.command(std::move(words)));
    EXPECT_EQ(played.status, 2) << played.output;
    EXPECT_THAT(played.errors, AllOf(HasSubstr("cannot be judged: "), HasSubstr(trick.sentence)));
}

class RawServiceTest : public ::testing::TestWithParam<Trick> {};

TEST_P(RawServiceTest, IsContainedAndNamed) {
    expect_contained("raw.py", GetParam(), {"--window", "100"});
}

INSTANTIATE_TEST_SUITE_P(
    Tricks, RawServiceTest,
    ::testing::Values(
        Trick{"endless-body", "expected a body of at most 262144 bytes, found more"},
        Trick{"huge-head", "expected at most 65536 bytes of headers, found more"},
        Trick{"slow-byte", "expected a whole reply within 10000 ms"},
        Trick{"silence", "expected a whole reply within 10000 ms, found 0 bytes of one"},
        Trick{"too-long-a-length", "expected 170 bytes of body, as Content-Length says, found 17"},
        Trick{"too-short-a-length", "expected 7 bytes of body, as Content-Length says, found more"},
        Trick{"two-lengths", "expected one length of the body"},
        Trick{"babble", "expected a status line and headers of HTTP/1.1"},
        Trick{"drops", "expected a reply, found the end of the connection after 0 bytes of it"},
        Trick{"half-a-reply", "expected 17 bytes of body, as Content-Length says, found 12"},
        Trick{"dies", "expected a reply, found"},
        Trick{"no-json", "expected a JSON object with a `status`"}),
    [](const auto& trick) { return test_name(trick.param.name); });

// ---- W44 and W45: one that begins well

class MisbehavingShopTest : public ::testing::TestWithParam<Trick> {};

TEST_P(MisbehavingShopTest, IsContainedAndNamed) { expect_contained("shop.py", GetParam(), {}); }

INSTANTIATE_TEST_SUITE_P(
    Tricks, MisbehavingShopTest,
    ::testing::Values(
        Trick{"asks-for-ever", "expected at most 120 requests to Stripe in this run, found more"},
        // Which of the two requests that are open then is missed first is a race.
        Trick{"dies-in-the-middle", ": expected a reply, found"},
        Trick{"names-no-order", "POST /v1/payment_intents: expected metadata[order], or that"}),
    [](const auto& trick) { return test_name(trick.param.name); });

}  // namespace
}  // namespace onsite::testing
