// A reviewer rates attempts that have agreed scores: sees every document beside the reference, and
// hears what was agreed once they have said their own.
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

struct Rating {
    std::string level;   // "clarity=1"
    std::string anchor;  // "clarity=reconcile.py:6"
};

class CalibrateTest : public ::testing::Test {
protected:
    CalibrateTest() { fs::create_directories(practice_.attempts()); }

    // What a reviewer sees who types this and leaves.
    std::string seen(std::vector<std::string> words, const std::string& typed) const {
        words.insert(words.begin(), "calibrate");
        words.insert(words.end(), {"--as", "ada"});
        Command command = practice_.command(std::move(words));
        command.input = typed + "\nq\n";
        return run(command).output;
    }

    std::string rated(const std::string& slug, const std::string& entry,
                      const std::vector<Rating>& ratings) const {
        std::vector<std::string> words = {"calibrate", slug, entry, "--as", "ada", "--done"};
        for (const auto& [level, anchor] : ratings) {
            words.insert(words.end(), {"--set", level, "--anchor", anchor});
        }
        const auto done = practice_.onsite(std::move(words));
        EXPECT_EQ(done.status, 0) << done.errors;
        return done.output;
    }

    Practice practice_;
};

TEST_F(CalibrateTest, TellsWhatWasAgreedOnlyAfterwards) {
    EXPECT_THAT(seen({"reconciliation"}, "b"), Not(HasSubstr("agreed")));
    const std::string told = rated("reconciliation", "05",
                                   {{"clarity=1", "clarity=reconcile.py:6"},
                                    {"scale=2", "scale=notes.md:3"},
                                    {"growth=4", "growth=reconcile.py:13"},
                                    {"unmatched=4", "unmatched=reconcile.py:28"}});
    EXPECT_THAT(told, HasSubstr("clarity        agreed 1, you 1"));
    EXPECT_THAT(told, HasSubstr("scale          agreed 1, you 2"));
    EXPECT_THAT(told, HasSubstr("1 of 10 attempts rated"));
}

TEST_F(CalibrateTest, ShowsEveryDocumentBesideTheReference) {
    const std::string design = seen({"invoicing", "10"}, "d");
    for (const char* file :
         {"design.md", "api.yaml", "schema.sql", "flows.md", "failure-modes.md"}) {
        EXPECT_THAT(design, HasSubstr(std::string(file) + ": left 10, right the reference"));
    }
    EXPECT_THAT(seen({"values", "10"}, "d"), HasSubstr("## 3. The user or the number"));
}

TEST_F(CalibrateTest, TakesAnchorsInAnyDocument) {
    const std::string told = rated("subscriptions", "07",
                                   {{"judgement=3", "judgement=decisions.md:69"},
                                    {"communication=4", "communication=api.yaml:7"},
                                    {"endpoints=3", "endpoints=api.yaml:107"},
                                    {"failed_payments=2", "failed_payments=decisions.md:34"}});
    EXPECT_THAT(told, HasSubstr("  judgement       agreed 2, you 3"));
    EXPECT_THAT(told, HasSubstr("  failed_payments agreed 2, you 2"));
}

}  // namespace
}  // namespace onsite::testing
