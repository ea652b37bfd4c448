// Payment clients as processes in real boxes: the reference in Python passes everything, the
// starter does not end the incident, and a patch that hides it loses points for its own reason. A
// client that is silent, floods or babbles is named.
#include <fmt/format.h>

#include "base/files.hpp"
#include "exercises/4-idempotency/checks/checks.hpp"
#include "exercises/4-idempotency/checks/mitigation.hpp"
#include "exercises/4-idempotency/checks/subject_shop.hpp"
#include "tests/support/command.hpp"

namespace onsite::idempotency {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kRoot = ONSITE_SOURCE_ROOT;
const fs::path kStarter = kRoot / "exercises/4-idempotency/starter/python";
const fs::path kSolution = kRoot / "solutions/4-idempotency/python";

std::string text_of(const fs::path& file) { return *read_file(file, 1 << 20); }

// A client in Python: the protocol's files, and `payments` as its payments.py.
class Client {
public:
    explicit Client(const std::string& payments, const std::string& main = "") {
        write("contract.py", text_of(kStarter / "contract.py"));
        write("main.py", main.empty() ? text_of(kStarter / "main.py") : main);
        write("payments.py", payments);
    }
    Subject subject() const {
        return {.name = "client",
                .language = "python",
                .content_hash = "",
                .command = {"/usr/bin/python3", "-B", "/subject/main.py"},
                .mounts = {{folder_.path(), "/subject"}},
                .limits = {.memory_bytes = 256 * kMiB,
                           .processes = 16,
                           .file_bytes = 1 * kMiB,
                           .tmp_bytes = 1 * kMiB,
                           .open_files = 64,
                           .cpu_seconds = 60,
                           .wall_ms = 120'000,
                           .stdout_bytes = 16 * kMiB,
                           .stderr_bytes = 1 * kMiB}};
    }

private:
    void write(const char* name, const std::string& text) {
        const fs::path file = folder_.path() / name;
        ASSERT_TRUE(write_file(file, text));
        fs::permissions(folder_.path(), fs::perms(0755));
        fs::permissions(file, fs::perms(0644));
    }
    testing::TemporaryFolder folder_;
};

std::vector<scenarios::Scenario> visible_incident() {
    auto cases = cases_from(text_of(kRoot / "exercises/4-idempotency/cases.json"));
    EXPECT_TRUE(cases) << (cases ? "" : cases.error().message);
    return std::move(*cases);
}

MitigationReport mitigation_of(const std::string& payments, const std::string& main = "") {
    const Client client(payments, main);
    SystemClock clock;
    auto report = judge_mitigation({.subject = client.subject(),
                                    .incident = visible_incident(),
                                    .family_runs = 80,
                                    .catalogue = kRoot / "scenarios/catalog"},
                                   Rng(1), clock);
    EXPECT_TRUE(report) << (report ? "" : report.error().message);
    return report ? std::move(*report) : MitigationReport{};
}

std::string in_words(const MitigationReport& report) {
    std::string words;
    for (const auto& line : report.lines) {
        words +=
            fmt::format("{} of {}  {}: {}\n", line.points, line.points_max, line.what, line.why);
    }
    return words;
}

// What was lost, in words.
std::string lost_of(const MitigationReport& report) {
    std::string words;
    for (const auto& line : report.lines) {
        if (line.points < line.points_max) words += line.what + "; " + line.why + "\n";
    }
    return words;
}

// A text with one thing changed, which has to be there.
std::string changed(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return at == text.npos ? text : text.replace(at, from.size(), to);
}

TEST(ClientTest, TheReferenceEarnsAllPoints) {
    const auto report = mitigation_of(text_of(kSolution / "payments.py"));
    EXPECT_EQ(report.points, kMitigationPoints) << in_words(report);
    EXPECT_EQ(report.lines.size(), 11u);
    EXPECT_EQ(report.cap, "");
}

TEST(ClientTest, TheStarterDoesNotEndTheIncident) {
    const auto report = mitigation_of(text_of(kStarter / "payments.py"));
    EXPECT_EQ(report.points, 0);
    ASSERT_EQ(report.lines.size(), 1u);
    EXPECT_THAT(report.lines[0].why, HasSubstr("is told that the payment failed"));
    EXPECT_THAT(report.lines[0].evidence, HasSubstr("send"));
}

TEST(ClientTest, RetryingLessLosesPaymentsThatCanBeMade) {
    // One attempt, and what it does not know it calls failed, but for what the incident shows.
    std::string patch =
        changed(text_of(kSolution / "payments.py"), "range(1, job.attempts + 1)", "range(1, 2)");
    patch = changed(
        patch, "if reply.status in (409, 429) or reply.status >= 500:", "if reply.status == 409:");
    const auto lost = lost_of(mitigation_of(patch));
    EXPECT_THAT(lost, HasSubstr("payments that can be made are made"));
    EXPECT_THAT(lost, Not(HasSubstr("charged twice")));
}

// Every payment is made in the end, by the deliveries that come minutes later.
TEST(ClientTest, LeavingTheRetriesToTheNextDeliveryIsRetryingLess) {
    const auto lost = lost_of(mitigation_of(
        changed(text_of(kSolution / "payments.py"), "range(1, job.attempts + 1)", "range(1, 2)")));
    EXPECT_THAT(lost, HasSubstr("expected 3 attempts before the payment is called pending"));
    EXPECT_THAT(lost, Not(HasSubstr("charged twice")));
}

TEST(ClientTest, SwallowingTheErrorMarksOrdersPaidThatAreNot) {
    const auto lost = lost_of(mitigation_of(changed(
        text_of(kStarter / "payments.py"), "    return \"failed\"\n", "    return \"paid\"\n")));
    EXPECT_THAT(lost, HasSubstr("no key is sent with another body"));
    EXPECT_THAT(lost, HasSubstr("\"paid\" is said of money that moved"));
}

// It keeps every promise about charges: there are none.
TEST(ClientTest, DoingNothingProvesNothing) {
    const std::string reference = text_of(kSolution / "payments.py");
    const std::string begin = "def work(job, world):\n";
    for (const char* answer : {"duplicate", "pending", "declined", "failed", "paid"}) {
        const auto report = mitigation_of(
            changed(reference, begin, fmt::format("{}    return Result(\"{}\")\n", begin, answer)));
        EXPECT_EQ(report.points, 0) << answer << "\n" << in_words(report);
        EXPECT_THAT(in_words(report), HasSubstr("no payment is made")) << answer;
    }
}

// The visible incident can be told from the others by the names of its orders.
TEST(ClientTest, DoingNothingWhereNobodyLooksProvesNothing) {
    const std::string begin = "def work(job, world):\n";
    const auto report = mitigation_of(changed(
        text_of(kSolution / "payments.py"), begin,
        begin + "    if \"order-47\" not in job.order.id:\n        return Result(\"pending\")\n"));
    EXPECT_EQ(report.points, 4) << in_words(report);
    EXPECT_THAT(lost_of(report), HasSubstr("nobody is charged twice; no payment is made"));
}

// Every request is refused: keys have at most 255 characters.
TEST(ClientTest, AKeyThatIsTooLongPaysNobody) {
    const auto report = mitigation_of(
        changed(text_of(kSolution / "payments.py"), "key = f\"{order.id}.{operation}\"",
                "key = f\"{order.id}.{operation}\".ljust(300, \"-\")"));
    EXPECT_EQ(report.points, 0) << in_words(report);
}

TEST(ClientTest, ANewKeyForEachAttemptChargesTwice) {
    std::string patch = changed(text_of(kStarter / "payments.py"), "post(path, make_params(), key)",
                                "post(path, make_params(), f\"{key}-{attempt}\")");
    const auto report = mitigation_of(patch);
    EXPECT_THAT(lost_of(report), HasSubstr("nobody is charged twice"));
    // It keeps most of the other promises, and is worse than no patch.
    EXPECT_EQ(report.points, kMitigationPointsOfHarm) << in_words(report);
    EXPECT_THAT(report.cap, HasSubstr("at most 10 of these"));
}

// No shopper of the incident is told "failed", and its cause is as it was.
TEST(ClientTest, HidingTheConflictIsWorthAsLittleAsHarm) {
    const auto report = mitigation_of(changed(
        text_of(kStarter / "payments.py"), "    return \"failed\"\n", "    return \"pending\"\n"));
    EXPECT_EQ(report.points, kMitigationPointsOfHarm) << in_words(report);
    EXPECT_THAT(report.cap, HasSubstr("its cause goes on"));
}

// Nothing that follows is a consequence of an impolite question about something else.
TEST(ClientTest, BadMannersHideNoOtherPromise) {
    const std::string begin = "def work(job, world):\n";
    const std::string ask =
        "        world.stripe.post(\"/v1/refunds\", {\"payment_intent\": \"x\"}, job.order.id)\n";
    const auto report = mitigation_of(changed(
        changed(text_of(kStarter / "payments.py"), begin,
                begin + "    if job.task != \"refund\":\n" + ask + ask),
        "post(path, make_params(), key)", "post(path, make_params(), f\"{key}-{attempt}\")"));
    EXPECT_EQ(report.points, kMitigationPointsOfHarm) << in_words(report);
    EXPECT_THAT(lost_of(report), HasSubstr("retries pause"));
    EXPECT_THAT(lost_of(report), HasSubstr("new incidents of its family: nobody is charged twice"));
}

TEST(ClientTest, ARefundThatComesAgainIsTheSameRefund) {
    const std::string reference = text_of(kSolution / "payments.py");
    const auto again = lost_of(mitigation_of(changed(
        reference, "f\"refund.{wanted.id}\"", "f\"refund.{wanted.id}.{job.is_redelivered}\"")));
    EXPECT_THAT(again, HasSubstr("nobody is charged twice"));
    const auto failed =
        lost_of(mitigation_of(changed(reference, "\"refunded\" if reply.id else status_of(reply)",
                                      "\"refunded\" if reply.id else \"failed\"")));
    EXPECT_THAT(failed, HasSubstr("refund"));
    EXPECT_THAT(failed, Not(HasSubstr("charged twice")));
}

TEST(ClientTest, ARunIsTheSameEveryTime) {
    const Client client(text_of(kSolution / "payments.py"));
    SystemClock clock;
    Workers workers(client.subject(), LayerSet::all(), Rng(1), clock);
    for (const auto& scenario : family_of(3, 8)) {
        const auto one = play_subject(scenario, workers);
        EXPECT_EQ(one.trace, play_subject(scenario, workers).trace);
        EXPECT_THAT(one.trace, HasSubstr(R"("determinism":"ordered")"));
    }
    EXPECT_FALSE(workers.failure()) << workers.failure()->problem;
}

// ---- Clients that cannot be judged

// Each process, and each line, is within its own limits.
Failure failure_of_all(const std::string& begin_of_job, WorkLimits limits) {
    const std::string begin = "def work(job, world):\n";
    const Client client(
        changed(text_of(kSolution / "payments.py"), begin, begin + begin_of_job + "\n"));
    SystemClock clock;
    Workers workers(client.subject(), LayerSet::all(), Rng(1), clock, limits);
    for (const auto& scenario : family_of(1, 200)) {
        if (workers.failure()) break;
        play_subject(scenario, workers);
    }
    const Failure failure = workers.failure().value_or(Failure{});
    // It stays so, whatever is asked next.
    workers.forget();
    workers.restart();
    play_subject(visible_incident().front(), workers);
    EXPECT_TRUE(workers.failure()) << begin_of_job;
    return failure;
}

// A machine that does other things half of the time: whoever grades waits for a processor, too.
class BusyMachine final : public Clock {
public:
    std::int64_t now_ms() override { return clock_.now_ms(); }
    std::int64_t monotonic_ns() override { return clock_.monotonic_ns(); }
    std::int64_t queued_ns() override { return clock_.monotonic_ns() / 2; }

private:
    SystemClock clock_;
};

TEST(ClientTest, WhatAMachineDoesForOthersIsNotTheClients) {
    const std::string begin = "def work(job, world):\n";
    const std::string slow = begin + "    import time\n    time.sleep(0.2)\n";
    const Client client(changed(text_of(kSolution / "payments.py"), begin, slow));
    const auto failure_by = [&](Clock& clock, std::size_t scenarios) {
        Workers workers(client.subject(), LayerSet::all(), Rng(1), clock, {.wait_seconds = 1});
        for (const auto& scenario : family_of(1, scenarios)) {
            if (!workers.failure()) play_subject(scenario, workers);
        }
        return workers.failure();
    };
    // Many more than it takes: this machine may be a little busy as well.
    SystemClock quiet;
    const auto failure = failure_by(quiet, 100);
    ASSERT_TRUE(failure);
    EXPECT_THAT(failure->problem, HasSubstr("lines take 1 s in all"));
    BusyMachine busy;
    EXPECT_FALSE(failure_by(busy, 6));
}

TEST(ClientTest, WhatAllRunsTakeTogetherIsBounded) {
    // Four children of each process: its number of processes has a limit of its own.
    const auto spins = failure_of_all(
        "    import os\n    world.children = getattr(world, 'children', 0) + 1\n"
        "    if world.children <= 4 and os.fork() == 0:\n        while True: pass",
        {.cpu_seconds = 2});
    EXPECT_EQ(spins.cause, Cause::time);
    EXPECT_THAT(spins.problem, HasSubstr("2 s of CPU time in all"));
    const auto naps = failure_of_all("    import time\n    time.sleep(0.5)", {.wait_seconds = 2});
    EXPECT_EQ(naps.cause, Cause::time);
    EXPECT_THAT(naps.problem, HasSubstr("lines take 2 s in all"));
    // The first line of a process has a limit of its own.
    const auto begins = failure_of_all(
        "    import time\n    hasattr(world, 'woke') or time.sleep(0.5)\n    world.woke = True",
        {.begin_seconds = 2});
    EXPECT_EQ(begins.cause, Cause::time);
    EXPECT_THAT(begins.problem, HasSubstr("take 2 s in all at most to begin"));
}

Failure failure_of(const std::string& main) {
    const Client client("", main);
    SystemClock clock;
    Workers workers(client.subject(), LayerSet::all(), Rng(1), clock);
    play_subject(visible_incident().front(), workers);
    return workers.failure().value_or(Failure{});
}

TEST(ClientTest, NamesAClientThatCannotBeJudged) {
    EXPECT_EQ(failure_of("import sys\nsys.exit(3)").cause, Cause::crash);
    EXPECT_EQ(failure_of("print('hello')\ninput()\ninput()").cause, Cause::protocol);
    EXPECT_EQ(failure_of("import json\nwhile True: print('{}', flush=True)").cause,
              Cause::protocol);
    const std::string answer =
        "import json\nfor line in iter(input, ''):\n    id = json.loads(line)['id']\n    ";
    EXPECT_EQ(failure_of(answer + "print(json.dumps({'id': id, 'win': 1}), flush=True)").cause,
              Cause::protocol);
    EXPECT_EQ(
        failure_of(answer + "print(json.dumps({'id': 'x', 'sleep_ms': 1}), flush=True)").cause,
        Cause::forged);
    const auto endless =
        failure_of(answer + "print(json.dumps({'id': id, 'sleep_ms': 0}), flush=True)");
    EXPECT_EQ(endless.cause, Cause::time);
    EXPECT_THAT(endless.problem, HasSubstr("expected a job that ends"));
}

TEST(ClientTest, NamesAClientThatIsSilent) {
    EXPECT_EQ(failure_of("input()\nwhile True: pass").cause, Cause::time);
}

}  // namespace
}  // namespace onsite::idempotency
