// Goal: a reviewer of a section whose work is several documents sees each of them beside the
// reference, and hears what was agreed once they have said their own.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CalibrateDocumentsTest : public ::testing::Test {
protected:
    CalibrateDocumentsTest() { fs::create_directories(practice_.attempts()); }

    // What is shown beside the reference, for an entry of a section.
    std::string difference(const std::string& slug, const std::string& entry) const {
        Command command = practice_.command({"calibrate", slug, entry, "--as", "ada"});
        command.input = "d\nq\n";
        return run(command).output;
    }

    Practice practice_;
};

TEST_F(CalibrateDocumentsTest, ShowsEveryDocumentBesideTheReference) {
    const std::string design = difference("invoicing", "10");
    for (const char* file :
         {"design.md", "api.yaml", "schema.sql", "flows.md", "failure-modes.md"}) {
        EXPECT_THAT(design, HasSubstr(std::string(file) + ": left 10, right the reference"));
    }
    EXPECT_THAT(difference("subscriptions", "08"),
                HasSubstr("api.yaml: left 08, right the reference"));
}

TEST_F(CalibrateDocumentsTest, TakesAnchorsInAnyDocumentAndTellsWhatWasAgreed) {
    const auto rated = practice_.onsite({"calibrate",
                                         "subscriptions",
                                         "07",
                                         "--as",
                                         "ada",
                                         "--set",
                                         "judgement=3",
                                         "--anchor",
                                         "judgement=decisions.md:69",
                                         "--set",
                                         "communication=4",
                                         "--anchor",
                                         "communication=api.yaml:7",
                                         "--set",
                                         "endpoints=3",
                                         "--anchor",
                                         "endpoints=api.yaml:107",
                                         "--set",
                                         "failed_payments=2",
                                         "--anchor",
                                         "failed_payments=decisions.md:34",
                                         "--done"});
    EXPECT_EQ(rated.status, 0) << rated.errors;
    EXPECT_THAT(rated.output, HasSubstr("  judgement       agreed 2, you 3"));
    EXPECT_THAT(rated.output, HasSubstr("  failed_payments agreed 2, you 2"));
}

}  // namespace
}  // namespace onsite::testing
