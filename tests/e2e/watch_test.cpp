// check --watch: no save is lost, and no verdict is about an older content than the newest.
#include <signal.h>

#include "base/hash.hpp"
#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
constexpr std::chrono::seconds kPatience{60};

// The first digits of a content hash, as a verdict shows them.
std::string shown_hash(const std::string& content) { return sha256_hex(content).substr(0, 12); }

class WatchTest : public ::testing::Test {
protected:
    void SetUp() override {
        practice_.onsite({"start", "reconciliation", "--lang", "cpp"});
        answer_ = practice_.attempt("reconciliation-1") / "reconcile.cpp";
        original_ = read_text(answer_);
    }
    std::string version(int number) const {
        return original_ + "\n// version " + std::to_string(number) + "\n";
    }

    Practice practice_;
    std::filesystem::path answer_;
    std::string original_;
};

TEST_F(WatchTest, EverySaveGetsTheVerdictOfItsOwnContent) {
    Running watch(practice_.command({"check", "--watch"}));
    ASSERT_TRUE(watch.wait_for(shown_hash(original_), 1, kPatience)) << watch.output();
    for (int number = 1; number <= 3; ++number) {
        write_text(answer_, version(number));
        ASSERT_TRUE(watch.wait_for(shown_hash(version(number)), 1, kPatience)) << watch.output();
    }
}

TEST_F(WatchTest, ASaveByRenameIsSeen) {
    Running watch(practice_.command({"check", "--watch"}));
    ASSERT_TRUE(watch.wait_for(shown_hash(original_), 1, kPatience));
    const auto beside = answer_.parent_path() / ".reconcile.cpp.swp";
    write_text(beside, version(1));
    std::filesystem::rename(beside, answer_);
    EXPECT_TRUE(watch.wait_for(shown_hash(version(1)), 1, kPatience)) << watch.output();
}

TEST_F(WatchTest, AfterABurstOfSavesTheLastVerdictIsAboutTheLastOne) {
    Running watch(practice_.command({"check", "--watch"}));
    ASSERT_TRUE(watch.wait_for(shown_hash(original_), 1, kPatience));
    for (int number = 1; number <= 30; ++number) write_text(answer_, version(number));
    ASSERT_TRUE(watch.wait_for(shown_hash(version(30)), 1, kPatience)) << watch.output();
    const std::string output = watch.output();
    for (int number = 1; number < 30; ++number) {
        const auto stale = output.rfind(shown_hash(version(number)));
        if (stale == std::string::npos) continue;
        EXPECT_LT(stale, output.rfind(shown_hash(version(30)))) << "version " << number;
    }
}

TEST_F(WatchTest, ASaveWhileTheSubjectHangsCancelsTheOldCheck) {
    const std::string hangs =
        "#include \"contract/reconcile.hpp\"\n"
        "namespace onsite::reconciliation {\n"
        "Reconciliation reconcile(const std::vector<Transaction>&, const "
        "std::vector<Transaction>&) { for (volatile int i = 0;; i = i + 1) {} }\n"
        "Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) "
        "{ return {}; }\n}\n";
    write_text(answer_, hangs);
    Running watch(practice_.command({"check", "--watch"}));
    std::this_thread::sleep_for(std::chrono::milliseconds(1200));  // It is being judged by now.
    write_text(answer_, original_);
    EXPECT_TRUE(watch.wait_for(shown_hash(original_), 1, kPatience)) << watch.output();
}

TEST_F(WatchTest, CtrlCEndsItInOrder) {
    Running watch(practice_.command({"check", "--watch"}));
    ASSERT_TRUE(watch.wait_for(shown_hash(original_), 1, kPatience));
    watch.send(SIGINT);
    EXPECT_EQ(watch.finish(std::chrono::seconds(10)).status, 0);
}

}  // namespace
}  // namespace onsite::testing
