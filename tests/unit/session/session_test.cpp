// A session believes one line only: the reply to its open request. Each test writes a small subject
// in Python that behaves in one way, asks it something in a real box, and expects the cause.
#include "harness/subject/session.hpp"

#include <string>

#include <fmt/format.h>

#include "tests/support/command.hpp"

namespace onsite {

// What a failing test shows of a cause.
void PrintTo(Cause cause, std::ostream* out) { *out << to_string(cause); }

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Reads requests; `request` is the line and `identity` its id. Ends when stdin does.
constexpr const char* kLoop = R"(import json, os, signal, sys, time
def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()
{}
for request in sys.stdin:
    identity = json.loads(request)["id"]
{}
)";
constexpr const char* kGoodReply =
    R"(    say('{"id":"%s","seen":%d}\n' % (identity, len(request))))";

constexpr const char* kCountingReply = R"(    count += 1
    say('{"id":"%s","count":%d}\n' % (identity, count)))";

// Goes with the machine's clock, and can be put forward: a process ages without the test waiting.
class AdjustableClock final : public Clock {
public:
    std::int64_t now_ms() override { return clock_.now_ms() + forward_ms_; }
    std::int64_t monotonic_ns() override { return clock_.monotonic_ns() + forward_ms_ * 1'000'000; }
    void advance_ms(std::int64_t ms) { forward_ms_ += ms; }

private:
    SystemClock clock_;
    std::int64_t forward_ms_ = 0;
};

class SessionTest : public ::testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directory(place_); }

    // `first` runs at the start, `then` (indented by four) for each request.
    Session session_with(const std::string& then, const std::string& first = "") {
        testing::write_text(place_ / "main.py", fmt::format(fmt::runtime(kLoop), first, then));
        Subject subject;
        subject.name = "attempt";
        subject.command = {"/usr/bin/python3", "-B", "-S", "/subject/main.py"};
        subject.mounts = {{place_, "/subject"}};
        subject.limits = limits_;
        return Session(std::move(subject), LayerSet::all(), Rng(7), clock_);
    }
    Reply ask(Session& session, std::int64_t timeout_ms = 60'000) {
        auto reply = session.ask("reconcile", R"("ledger":[],"bank":[])", timeout_ms);
        EXPECT_TRUE(reply) << reply.error().message;
        return reply ? *reply : Reply{};
    }
    Reply ask_once(const std::string& then, const std::string& first = "") {
        Session session = session_with(then, first);
        return ask(session);
    }

    testing::TemporaryFolder folder_;  // Closed to others; what is mounted is open.
    std::filesystem::path place_ = folder_.path() / "subject";
    AdjustableClock clock_;
    Limits limits_ = {.memory_bytes = 256 * kMiB, .wall_ms = 60'000};
};

TEST_F(SessionTest, HandsOutTheReplyToItsRequest) {
    Session session = session_with(kGoodReply);
    for (int i = 0; i < 3; ++i) {
        const Reply reply = ask(session);
        EXPECT_EQ(reply.cause, Cause::none) << reply.problem;
        EXPECT_THAT(reply.body, StartsWith("{\"id\":\""));
        EXPECT_GT(reply.wall_ns, 0);
    }
    EXPECT_TRUE(session.isolation().layers.has(Layer::network));
}

TEST_F(SessionTest, SendsAnotherUnpredictableIdEachTime) {
    Session session = session_with(kGoodReply);
    const std::string first = ask(session).body.substr(7, kRequestIdDigits);
    const std::string second = ask(session).body.substr(7, kRequestIdDigits);
    EXPECT_NE(first, second);
    EXPECT_EQ(first.size(), kRequestIdDigits);
    EXPECT_EQ(first.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST_F(SessionTest, KeepsOneProcessUntilItIsRestarted) {
    Session session = session_with(kCountingReply, "count = 0");
    EXPECT_THAT(ask(session).body, HasSubstr("\"count\":1"));
    EXPECT_THAT(ask(session).body, HasSubstr("\"count\":2"));
    session.restart();
    EXPECT_THAT(ask(session).body, HasSubstr("\"count\":1"));
}

TEST_F(SessionTest, NamesACrashByItsStatus) {
    const Reply reply = ask_once("    sys.exit('gone')");
    EXPECT_EQ(reply.cause, Cause::crash);
    EXPECT_THAT(reply.problem, HasSubstr("status 1"));
    EXPECT_THAT(reply.stderr_tail, HasSubstr("gone"));
}

TEST_F(SessionTest, NamesACrashByItsSignal) {
    const Reply reply = ask_once("    os.kill(os.getpid(), signal.SIGSEGV)");
    EXPECT_EQ(reply.cause, Cause::crash);
    EXPECT_THAT(reply.problem, HasSubstr("signal 11"));
}

TEST_F(SessionTest, CallsAnEarlyGoodEndACrash) {
    const Reply reply = ask_once("    sys.exit(0)");
    EXPECT_EQ(reply.cause, Cause::crash);
    EXPECT_THAT(reply.problem, HasSubstr("status 0"));
}

TEST_F(SessionTest, EndsASubjectThatDoesNotReplyInTime) {
    Session session = session_with("    time.sleep(60)");
    const Reply reply = ask(session, 300);
    EXPECT_EQ(reply.cause, Cause::time);
    EXPECT_GE(reply.wall_ns, 300'000'000);
}

TEST_F(SessionTest, NamesTheCpuLimitAsTime) {
    limits_.cpu_seconds = 1;
    EXPECT_EQ(ask_once("    while True: pass").cause, Cause::time);
}

TEST_F(SessionTest, NamesTheMemoryLimit) {
    const Reply reply = ask_once("    x = bytearray(600 << 20)\n    say('no')");
    EXPECT_EQ(reply.cause, Cause::memory);
}

TEST_F(SessionTest, UnderstandsTheStatusOfAHostThatRanOutOfMemory) {
    EXPECT_EQ(ask_once("    sys.stderr.write('out of memory\\n'); sys.exit(86)").cause,
              Cause::memory);
    EXPECT_EQ(ask_once("    raise MemoryError()").cause, Cause::memory);
}

TEST_F(SessionTest, NamesTheOutputLimit) {
    limits_.stdout_bytes = 1 * kMiB;
    EXPECT_EQ(ask_once("    say('x' * (3 << 20))").cause, Cause::output);
    limits_.stderr_bytes = 1 * kMiB;
    EXPECT_EQ(ask_once("    sys.stderr.write('x' * (3 << 20)); time.sleep(60)").cause,
              Cause::output);
}

TEST_F(SessionTest, RefusesLinesThatBreakTheProtocol) {
    for (const char* line : {"hello", "[]", "{}", R"({"id":7})", R"({"id":"%s" "x"})"}) {
        const Reply reply = ask_once(fmt::format("    say('{}\\n'.replace('%s', identity))", line));
        EXPECT_EQ(reply.cause, Cause::protocol) << line;
        EXPECT_FALSE(reply.problem.empty());
    }
    const Reply reply = ask_once(
        "    sys.stdout.buffer.write(b'{\"id\":\"' + identity.encode() + "
        "b'\",\"x\":\"\\xff\"}\\n')\n"
        "    sys.stdout.buffer.flush()");
    EXPECT_EQ(reply.cause, Cause::protocol);
}

TEST_F(SessionTest, RefusesAnUnfinishedLine) {
    const Reply reply = ask_once("    say('{\"id\":\"' + identity + '\"}'); sys.exit(0)");
    EXPECT_EQ(reply.cause, Cause::protocol);
}

TEST_F(SessionTest, CallsAGuessedIdForged) {
    EXPECT_EQ(ask_once("", "say('{\"id\":\"0123456789abcdef\"}\\n')").cause, Cause::forged);
}

TEST_F(SessionTest, CallsTheAnswerToAnotherRequestForged) {
    Session session = session_with(
        "    say('{\"id\":\"%s\"}\\n' % (before or identity)); before = identity", "before = None");
    EXPECT_EQ(ask(session).cause, Cause::none);
    EXPECT_EQ(ask(session).cause, Cause::forged);
}

TEST_F(SessionTest, CallsASecondLineForged) {
    EXPECT_EQ(
        ask_once("    say('{\"id\":\"%s\"}\\n{\"id\":\"%s\"}\\n' % (identity, identity))").cause,
        Cause::forged);
}

TEST_F(SessionTest, CallsALaterSecondLineForgedAtTheNextRequest) {
    // The second line waits for the test's word, so that it surely comes between two requests.
    Session session = session_with(
        "    say('{\"id\":\"%s\"}\\n' % identity)\n"
        "    while not os.path.exists('/subject/go'): time.sleep(0.01)\n"
        "    say('{\"id\":\"%s\"}\\n' % identity)");
    EXPECT_EQ(ask(session).cause, Cause::none);
    testing::write_text(place_ / "go", "");
    EXPECT_EQ(ask(session).cause, Cause::forged);
}

TEST_F(SessionTest, StartsAFreshProcessAfterAFailure) {
    Session session = session_with(
        "    if os.path.exists('/subject/well'): say('{\"id\":\"%s\"}\\n' % identity)\n"
        "    else: sys.exit(3)");
    EXPECT_EQ(ask(session).cause, Cause::crash);
    testing::write_text(place_ / "well", "");
    EXPECT_EQ(ask(session).cause, Cause::none);
}

TEST_F(SessionTest, ReplacesAProcessBeforeItsOwnAgeFailsARequest) {
    limits_.cpu_seconds = 6000;
    Session session = session_with(kCountingReply, "count = 0");
    for (const char* count : {"1", "2", "1", "2"}) {
        const Reply reply = ask(session);
        EXPECT_EQ(reply.cause, Cause::none) << reply.problem;
        EXPECT_THAT(reply.body, HasSubstr(std::string("\"count\":") + count));
        clock_.advance_ms(limits_.wall_ms * 2 / 5);
    }
}

TEST_F(SessionTest, ReplacesAProcessBeforeItsEarlierWorkFailsARequest) {
    limits_.cpu_seconds = 1;
    Session session = session_with(
        "    end = time.process_time() + 0.3\n"
        "    while time.process_time() < end: pass\n" +
            std::string(kCountingReply),
        "count = 0");
    for (int i = 0; i < 5; ++i) {
        const Reply reply = ask(session);
        EXPECT_EQ(reply.cause, Cause::none) << reply.problem;
    }
}

TEST_F(SessionTest, ReplacesAProcessBeforeItsEarlierRepliesFailARequest) {
    limits_.stdout_bytes = 10'000;
    Session session =
        session_with("    say('{\"id\":\"%s\",\"x\":\"%s\"}\\n' % (identity, 'x' * 3000))");
    for (int i = 0; i < 6; ++i) {
        const Reply reply = ask(session);
        EXPECT_EQ(reply.cause, Cause::none) << reply.problem;
    }
}

TEST_F(SessionTest, SaysThatTheToolFailedWhenThereIsNoBox) {
    Session session = session_with(kGoodReply);
    std::filesystem::remove_all(place_);
    const auto reply = session.ask("reconcile", "", 1'000);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().kind, ErrorKind::tool);
}

TEST_F(SessionTest, CarriesLargeFeedsBothWays) {
    limits_.memory_bytes = 1024 * kMiB;
    Session session = session_with(
        "    sys.stdout.write('{\"id\":\"%s\",\"x\":\"' % identity + 'y' * (20 << 20) + '\"}\\n')\n"
        "    sys.stdout.flush()");
    const std::string feed = "\"ledger\":\"" + std::string(20 << 20, 'x') + "\"";
    const auto reply = session.ask("reconcile", feed, 60'000);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->cause, Cause::none) << reply->problem;
    EXPECT_GT(reply->body.size(), std::size_t{20} << 20);
}

}  // namespace
}  // namespace onsite
