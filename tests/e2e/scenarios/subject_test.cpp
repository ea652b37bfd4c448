// `onsite replay --subject`: a payment client in a folder plays a scenario. The starter of each
// language shows its defect, the reference does not; what cannot be judged is said in a sentence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

CommandResult replay(std::vector<std::string> words) {
    words.insert(words.begin(), {program("onsite-scenario").string(), "replay"});
    return run({.words = std::move(words), .environment = {"ONSITE_ROOT=" + root().string()}});
}

const std::string kId = "retry-with-another-body";
const fs::path kStarters = root() / "exercises/4-idempotency/starter";
const fs::path kSolutions = root() / "solutions/4-idempotency";

// A client in Python: the starter, and this payments.py.
class Client {
public:
    explicit Client(const std::string& payments) {
        for (const char* name : {"contract.py", "main.py"}) {
            write_text(folder_.path() / name, read_text(kStarters / "python" / name));
        }
        write_text(folder_.path() / "payments.py", payments);
    }
    CommandResult plays(const std::string& scenario, std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {scenario, "--subject", folder_.path().string()});
        return replay(std::move(words));
    }

private:
    TemporaryFolder folder_;
};

class SubjectTest : public ::testing::TestWithParam<std::string> {};

TEST_P(SubjectTest, TheStarterShowsItsDefectAndTheReferenceHasNone) {
    const auto starter = (kStarters / GetParam()).string();
    const auto failed = replay({kId, "--subject", starter});
    EXPECT_EQ(failed.status, 1) << failed.errors;
    EXPECT_THAT(failed.output,
                AllOf(StartsWith(kId + "   client " + starter + "   seed 1"),
                      HasSubstr("FAIL  key_discipline   order-1.pay   line "), HasSubstr("  > "),
                      HasSubstr(", ordered\n"), Not(HasSubstr("exact"))));
    EXPECT_THAT(failed.output, HasSubstr("./onsite replay " + kId + " --subject " + starter));
    const auto passed = replay({kId, "--subject", (kSolutions / GetParam()).string(), "--json"});
    EXPECT_EQ(passed.status, 0) << passed.output << passed.errors;
    EXPECT_THAT(passed.output, HasSubstr(R"("determinism":"ordered","verdict":"pass")"));
}

INSTANTIATE_TEST_SUITE_P(Languages, SubjectTest, ::testing::Values("cpp", "python", "typescript"),
                         [](const auto& language) { return language.param; });

TEST(SubjectExportTest, EveryExportIsWrittenAndTheTraceIsJudgedAgain) {
    const TemporaryFolder folder;
    const auto file = [&](const char* name) { return (folder.path() / name).string(); };
    const auto client = (kStarters / "python").string();
    const auto played =
        replay({kId, "--subject", client, "--json", "--trace", file("t.jsonl"), "--har",
                file("t.har"), "--otlp", file("t.otlp"), "--html", file("t.html")});
    EXPECT_EQ(played.status, 1) << played.errors;
    EXPECT_THAT(read_text(file("t.jsonl")), HasSubstr(R"("determinism":"ordered")"));
    EXPECT_THAT(read_text(file("t.har")), HasSubstr("\"version\""));
    EXPECT_THAT(read_text(file("t.otlp")), HasSubstr("resourceSpans"));
    EXPECT_THAT(read_text(file("t.html")), HasSubstr("<svg"));
    const auto judged = replay({"--judge", file("t.jsonl"), "--json"});
    EXPECT_EQ(judged.status, 1);
    EXPECT_EQ(judged.output, played.output);
}

TEST(SubjectExportTest, TheReferencePlaysTheWholeCatalogue) {
    const auto played = replay({"--all", "--subject", (kSolutions / "cpp").string()});
    EXPECT_EQ(played.status, 0) << played.output << played.errors;
    EXPECT_GE(count_of("ok  ", played.output), 50);
}

// ---- Clients that cannot be judged

TEST(HostileSubjectTest, SaysWhatAClientDidInsteadOfPlaying) {
    const auto babbles = Client("import os\nos.write(1, b'hello\\n')\n").plays(kId);
    EXPECT_EQ(babbles.status, 2) << babbles.output;
    EXPECT_THAT(babbles.errors, StartsWith("onsite: the client cannot be judged: expected"));
    const auto crashes = Client("raise SystemExit('\\x1b[2Jno')\n").plays(kId);
    EXPECT_EQ(crashes.status, 2) << crashes.output;
    EXPECT_THAT(crashes.errors,
                AllOf(HasSubstr("the client cannot be judged"), Not(HasSubstr("\x1b"))));
    const auto sleeps =
        Client("import time\ndef work(job, world):\n    time.sleep(1e6)\n").plays(kId);
    EXPECT_EQ(sleeps.status, 2) << sleeps.output;
    EXPECT_THAT(sleeps.errors, HasSubstr("the client cannot be judged"));
    const auto loops = Client(
                           "def work(job, world):\n    while True:\n"
                           "        world.clock.sleep_ms(0)\n")
                           .plays(kId);
    EXPECT_EQ(loops.status, 2) << loops.output;
    EXPECT_THAT(loops.errors, HasSubstr("expected a job that ends"));
}

TEST(HostileSubjectTest, OneThatDoesNothingHasNotPassed) {
    const auto idle = Client(
                          "from contract import Result\n"
                          "def work(job, world):\n    return Result('failed')\n")
                          .plays(kId);
    EXPECT_EQ(idle.status, 1) << idle.errors;
    EXPECT_THAT(idle.output, HasSubstr("FAIL  paid_as_possible   order-1"));
}

TEST(HostileSubjectTest, OneWithDiceIsBestEffort) {
    std::string payments = read_text(kSolutions / "python/payments.py");
    payments +=
        "\n\ndef pause_ms(job, attempt):\n"
        "    import random\n    return random.SystemRandom().randrange(1000, 900000)\n";
    const auto played = Client(payments).plays(kId, {"--json"});
    EXPECT_THAT(played.output, HasSubstr(R"("determinism":"best-effort","parted_at":)"))
        << played.errors;
}

TEST(HostileSubjectTest, SaysWhatIsWrongWithAFolderOrAWord) {
    const TemporaryFolder folder;
    const auto empty = replay({kId, "--subject", folder.path().string()});
    EXPECT_EQ(empty.status, 2);
    EXPECT_THAT(empty.errors, HasSubstr("expected payments.cpp, payments.ts or payments.py"));
    write_text(folder.path() / "payments.cpp", "int main() { return nothing; }\n");
    const auto broken = replay({kId, "--subject", folder.path().string()});
    EXPECT_EQ(broken.status, 2);
    EXPECT_THAT(broken.errors, HasSubstr("does not compile"));
    EXPECT_EQ(replay({kId, "--subject", ".", "--shop", "reference"}).status, 2);
    EXPECT_EQ(replay({"--subject", (kSolutions / "python").string()}).status, 2);
}

}  // namespace
}  // namespace onsite::testing
